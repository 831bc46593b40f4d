"""Active users of a day, a week and 28 days, counted by hand."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from touchline.analyses import facade
from touchline.analyses.conftest import Happened, answer, answer_in_buckets, asked

FIRST = date(2026, 3, 2)  # a Monday
ADA = [Happened("ada", f"{FIRST + timedelta(days=day)} 23:00") for day in range(35)]  # until Sunday, 5 April
BOB = [Happened("bob", "2026-03-02 10:00"), Happened("bob", "2026-03-30 10:00")]


@pytest.fixture(scope="module")
def shop(make):
    return make([*ADA, *BOB])


def counts(share):
    return share.count, share.of


def test_only_days_with_28_days_of_data_behind_them_have_a_month(shop):
    found = answer(shop, "stickiness")

    # 5 April is not over. 29 March is the first with 28 days behind it: ada of ada and bob. Then 30 March to 4 April:
    # ada on six days, bob on one, of two each day.
    assert [each.label for each in found.stretches] == ["2 Mar", "9 Mar", "16 Mar", "23 Mar", "30 Mar"]
    assert [counts(each.ratios.day_of_month) for each in found.stretches] == [(0, 0), (0, 0), (0, 0), (1, 2), (7, 12)]
    assert counts(found.overall.day_of_month) == (8, 14)
    assert found.stretches[0].ratios.monthly is None
    assert found.stretches[4].ratios.monthly == 2.0
    assert found.stretches[4].ratios.daily == pytest.approx(7 / 6)
    assert found.stretches[4].is_provisional


def test_seven_days_within_the_data_are_a_week(shop):
    found = answer(shop, "stickiness")

    # 8 March is the first with seven days behind it: ada of ada and bob, who was there on the 2nd.
    assert counts(found.stretches[0].ratios.day_of_week) == (1, 2)
    assert counts(found.stretches[1].ratios.day_of_week) == (7, 7)
    assert counts(found.stretches[4].ratios.day_of_week) == (7, 12)
    assert found.overall.day_of_month.value is None  # two customers are too few to say a share


def test_active_days_of_the_last_whole_week(shop):
    found = answer(shop, "stickiness")

    assert found.counted_in == "23 Mar"
    assert [each.count for each in found.active_days] == [0, 0, 0, 0, 0, 0, 1]
    assert {each.of for each in found.active_days} == {1}


def test_months(shop):
    found = answer(shop, "stickiness", per="month")

    assert [each.label for each in found.stretches] == ["Mar", "Apr"]
    assert found.counted_in == "Mar"
    assert len(found.active_days) == 31
    assert (found.active_days[1].count, found.active_days[29].count) == (1, 1)  # bob on two days, ada on thirty


def test_the_days_before_those_asked_for_are_looked_back_at(shop):
    found = answer(shop, "stickiness", start="2026-03-30", end="2026-04-05")

    assert [counts(each.ratios.day_of_month) for each in found.stretches] == [(7, 12)]


def test_buckets_and_the_order_of_rows_change_nothing(make, shop):
    found = answer(shop, "stickiness")

    assert answer_in_buckets(shop, "stickiness", 8) == found
    assert answer(make([*BOB, *ADA[::-1]]), "stickiness") == found


def test_a_planted_chance_of_being_active_is_found(make):
    active = np.random.default_rng(3).random((40, 60)) < 0.3
    days = [FIRST + timedelta(days=day) for day in range(60)]
    events = [Happened(f"c{who}", f"{days[day]} 12:00") for who in range(40) for day in range(60) if active[who, day]]
    found = answer(make([*events, Happened("last", f"{days[59]} 23:59")]), "stickiness", period="all").overall

    # Practically everybody is active within 28 days, and 1 − 0.7⁷ = 91.8 % within seven.
    assert found.day_of_month.low < 0.3 < found.day_of_month.high
    assert found.day_of_week.low < 0.3 / (1 - 0.7**7) < found.day_of_week.high
    ends = range(27, 59)  # the last day is not over
    weeks = sum(int(active[:, end - 6 : end + 1].any(axis=1).sum()) for end in ends)
    assert counts(found.week_of_month) == (weeks, 40 * len(ends))


def test_bad_questions(shop):
    with pytest.raises(facade.QuestionError, match="There is no touchpoint or event “basket”"):
        answer(shop, "stickiness", step="basket")
    with pytest.raises(facade.QuestionError, match="There is no period “day”"):
        answer(shop, "stickiness", per="day")


def test_two_customers_cannot_be_compared(shop):
    found = facade.answered(shop, asked(shop, "stickiness", against='visited("page-viewed")')).difference

    assert found.sentence.startswith("No detectable change")
