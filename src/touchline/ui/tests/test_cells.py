"""Cells of opened numbers are written as their column is meant."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import pytest

from touchline.ui.cells import written


@pytest.mark.parametrize(
    ("cell", "kind", "expected"),
    [
        (None, "number", ""),
        (True, "yes", "yes"),
        (False, "yes", "no"),
        (12, "customer", '<a href="/customers/12">#12</a>'),
        (-3, "number", "−3"),
        (-12.5, "number", "−12.5"),
        (0.5, "days", "12 h"),
        (Decimal("12.50"), "money", "12.50"),
        ("a-b", "text", "a-b"),
        (datetime(2026, 3, 1, 9, 5), "time", '<time datetime="2026-03-01T09:05:00Z">2026-03-01 09:05</time>'),  # noqa: DTZ001 - the store's times are naive UTC
    ],
)
def test_cells_are_written_as_their_column_means(client, cell, kind, expected):
    assert written(cell, kind) == expected
