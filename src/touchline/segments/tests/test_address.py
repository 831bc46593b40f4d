"""A scope written into an address comes back as it was."""

from __future__ import annotations

from datetime import date
from urllib.parse import parse_qs

import pytest

from touchline.segments.rules.address import scope_from, scope_query
from touchline.segments.rules.scope import Scope


def test_a_scope_survives_the_address() -> None:
    scope = Scope(
        start=date(2026, 1, 1),
        end=date(2026, 3, 31),
        compare_start=date(2025, 10, 3),
        compare_end=date(2025, 12, 31),
        channels=("web", "email"),
        devices=("mobile",),
        intent="spring & sale",
        filter='country = "DE"',
    )

    assert scope_from(parse_qs(scope_query(scope))) == scope


def test_everything_needs_no_query() -> None:
    assert scope_query(Scope()) == ""
    assert scope_from({}) == Scope()


def test_a_day_that_is_none_is_named() -> None:
    with pytest.raises(ValueError, match=r"end is .31\.03\.2026.; expected a day such as 2026-05-31"):
        scope_from({"end": ["31.03.2026"]})
