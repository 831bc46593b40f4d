from datetime import date

import numpy as np
import pytest

from touchline.improvements.rules.weekly import changes_by_group, is_place, weekly_counts

LAUNCH = date(2026, 6, 1)


def test_only_whole_weeks_count_and_week_nought_begins_with_the_launch():
    # Data from Wednesday 20 May to Tuesday 16 June: weeks −1 (25 May), 0 and 1 are whole, −2 is not.
    cells = {("", week): (10 + week, 5.0) for week in range(-2, 3)}

    counts = weekly_counts(LAUNCH, cells, date(2026, 5, 20), date(2026, 6, 17))

    assert (counts.first_week, counts.before, counts.after) == (-1, 1, 2)
    assert counts.n.tolist() == [[9, 10, 11]]
    assert counts.day(0) == date(2026, 5, 25)
    assert counts.level() == pytest.approx(15 / 30)


def test_weeks_without_a_visit_have_no_level():
    counts = weekly_counts(LAUNCH, {("a", 0): (4, 2.0)}, LAUNCH, date(2026, 6, 15))

    assert counts.levels()[0, 0] == 0.5
    assert np.isnan(counts.levels()[0, 1])
    assert counts.complete().groups == ()


def test_customers_in_no_group_are_left_out_of_comparisons_only():
    cells = {("", 0): (6, 6.0), ("North", 0): (4, 2.0)}
    counts = weekly_counts(LAUNCH, cells, LAUNCH, date(2026, 6, 8))

    assert counts.named().groups == ("North",)
    assert counts.series()[0] == pytest.approx(0.8)


def test_no_data_is_no_week():
    counts = weekly_counts(LAUNCH, {}, LAUNCH, LAUNCH)

    assert (counts.weeks, counts.level()) == (0, None)


def test_changes_between_the_last_two_stretches():
    # North: 1, 1 then 3, 3; South has nothing in the last two weeks.
    cells = {("North", week): (1, 1.0 if week < -2 else 3.0) for week in range(-4, 0)}
    cells |= {("South", week): (1, 1.0) for week in (-4, -3)}
    counts = weekly_counts(LAUNCH, cells, date(2026, 5, 4), LAUNCH)

    assert changes_by_group(counts, 2) == [2.0]


@pytest.mark.parametrize(
    ("key", "expected"),
    [("region", True), ("home_city", True), ("Country", True), ("time_zone", False), ("total_orders", False)],
)
def test_places_are_told_from_what_customers_did(key, expected):
    assert is_place(key) is expected
