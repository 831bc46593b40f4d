from __future__ import annotations

from datetime import UTC, datetime

import pytest

from touchline.ui import numbers


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (0, "0"),
        (7, "7"),
        (999, "999"),
        (1000, "1k"),
        (6100, "6.1k"),
        (9990, "10k"),
        (52_000, "52k"),
        (412_345, "412k"),
        (999_400, "999k"),
        (999_600, "1M"),
        (1_840_000, "1.84M"),
        (12_300_000, "12.3M"),
        (-4200, "−4.2k"),
        (None, "cannot say"),
    ],
)
def test_compact(number, written):
    assert numbers.compact(number) == written


@pytest.mark.parametrize(
    ("number", "digits", "written"),
    [(31, 0, "+31"), (-4.4, 0, "−4"), (0.2, 1, "+0.2"), (-0.04, 1, "0.0"), (None, 0, "cannot say")],
)
def test_signed(number, digits, written):
    assert numbers.signed(number, digits) == written


@pytest.mark.parametrize(
    ("share", "written"), [(0.52, "52%"), (0.0, "0%"), (0.001, "under 1%"), (1.0, "100%"), (None, "cannot say")]
)
def test_percent(share, written):
    assert numbers.percent(share) == written


@pytest.mark.parametrize(
    ("days", "written"),
    [(0.0005, "43 s"), (0.01, "14 min"), (0.5, "12 h"), (3.21, "3.2 days"), (45.4, "45 days"), (None, "cannot say")],
)
def test_duration(days, written):
    assert numbers.duration(days) == written


@pytest.mark.parametrize(
    ("size", "written"), [(812, "812 bytes"), (81_200, "81.2 kB"), (812_000, "812 kB"), (3_400_000, "3.4 MB")]
)
def test_file_size(size, written):
    assert numbers.file_size(size) == written


@pytest.mark.parametrize(
    ("amount", "currency", "written"),
    [
        (186_240, "EUR", "€186k"),
        (-4_210.4, "GBP", "−£4.2k"),
        (92_000, "CHF", "92k CHF"),
        (0.2, "EUR", "€0"),
        (-0.2, "EUR", "€0"),
        (512, "", "512"),
        (None, "EUR", "cannot say"),
    ],
)
def test_compact_money(amount, currency, written):
    assert numbers.compact_money(amount, currency) == written


def test_the_rest():
    assert numbers.whole(17040) == "17,040"
    assert numbers.decimal(-0.31) == "−0.3"
    assert numbers.money(1234.5, "EUR") == "1,234.50 EUR"
    assert numbers.money(-3) == "−3.00"
    assert numbers.moment(datetime(2026, 11, 1, 14, 3, tzinfo=UTC)) == "1 Nov 2026, 14:03 UTC"
