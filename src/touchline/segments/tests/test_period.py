"""Which days are meant, counted by hand."""

from __future__ import annotations

from datetime import date

from touchline.segments.facade import Scope
from touchline.segments.rules.period import (
    EVERYTHING,
    NOTHING,
    PREVIOUS,
    DataSpan,
    usual_period,
    with_comparison,
    with_period,
    with_usual_period,
)

YEAR = DataSpan(date(2026, 1, 1), date(2026, 12, 31))


def test_last_days_end_with_the_data():
    assert with_period(Scope(), "30", YEAR) == Scope(date(2026, 12, 2), date(2026, 12, 31))


def test_everything_is_from_the_first_day_to_the_last():
    assert with_period(Scope(), EVERYTHING, YEAR) == Scope(date(2026, 1, 1), date(2026, 12, 31))


def test_the_usual_period_needs_as_many_days_before_it():
    assert usual_period(YEAR) == "90"
    assert usual_period(DataSpan(date(2026, 1, 1), date(2026, 6, 28))) == EVERYTHING  # 179 days
    assert usual_period(None) == EVERYTHING


def test_one_day_given_the_other_end_is_that_of_the_data():
    assert with_usual_period(Scope(start=date(2026, 11, 1)), YEAR) == Scope(date(2026, 11, 1), date(2026, 12, 31))


def test_the_period_before_has_as_many_days():
    march = Scope(date(2026, 3, 1), date(2026, 3, 31))

    compared = with_comparison(march, PREVIOUS, YEAR)

    assert (compared.compare_start, compared.compare_end) == (date(2026, 1, 29), date(2026, 2, 28))


def test_before_the_data_there_is_nothing_to_compare_with():
    assert not with_comparison(with_period(Scope(), EVERYTHING, YEAR), PREVIOUS, YEAR).compares
    assert not with_comparison(with_period(Scope(), "30", YEAR), NOTHING, YEAR).compares
