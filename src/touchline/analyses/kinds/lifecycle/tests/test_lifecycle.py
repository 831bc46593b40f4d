"""Who comes, stays, comes back and goes, counted by hand."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest

from touchline.analyses import facade
from touchline.analyses.conftest import Happened, answer, answer_in_buckets, asked

# Weeks from Monday: 2, 9, 16 and 23 March 2026; the last one is not over.
SHOP = [
    Happened("ada", "2026-03-02 10:00"),
    Happened("ada", "2026-03-10 10:00"),
    Happened("ada", "2026-03-24 10:00"),
    Happened("bob", "2026-03-03 10:00"),
    Happened("bob", "2026-03-03 12:00"),
    Happened("cem", "2026-03-09 00:00"),
    Happened("cem", "2026-03-16 10:00", "Order Completed"),
    Happened("dee", "2026-03-23 00:00"),
]


@pytest.fixture(scope="module")
def shop(make):
    return make(SHOP)


def states(found):
    return [
        (each.label, each.active, each.new, each.returning, each.resurrecting, each.dormant) for each in found.moments
    ]


def test_states_by_week(shop):
    found = answer(shop, "lifecycle")

    assert states(found) == [
        ("2 Mar", 2, 2, 0, 0, 0),  # ada and bob
        ("9 Mar", 2, 1, 1, 0, 1),  # cem is new, ada returns, bob is gone
        ("16 Mar", 1, 0, 1, 0, 1),  # cem returns, ada is gone
        ("23 Mar", 2, 1, 0, 1, 1),  # dee is new, ada is back after a pause, cem is gone
    ]
    assert [each.is_provisional for each in found.moments] == [False, False, False, True]
    assert found.n == 4


def test_shares_are_over_weeks_that_are_over(shop):
    found = answer(shop, "lifecycle")

    assert (found.kept.count, found.kept.of, found.kept.clusters) == (
        2,
        4,
        3,
    )  # of 2 + 2 in the weeks of the 9th and 16th
    assert (found.new.count, found.new.of) == (3, 5)
    assert (found.returning.count, found.resurrecting.count) == (2, 0)


def test_who_was_there_before_the_days_asked_for_is_not_new(shop):
    found = answer(shop, "lifecycle", start="2026-03-16", end="2026-03-24")

    assert states(found) == [("16 Mar", 1, 0, 1, 0, 1), ("23 Mar", 2, 1, 0, 1, 1)]
    assert not found.is_from_the_start


def test_active_may_be_a_step(shop):
    assert states(answer(shop, "lifecycle", step="order-completed")) == [
        ("2 Mar", 0, 0, 0, 0, 0),
        ("9 Mar", 0, 0, 0, 0, 0),
        ("16 Mar", 1, 1, 0, 0, 0),
        ("23 Mar", 0, 0, 0, 0, 1),
    ]


def test_everybody_active_is_in_one_state_and_everybody_of_the_week_before_is_accounted_for(make):
    chance = random.Random(2)
    events = [
        Happened(f"c{chance.randrange(40)}", f"2026-03-{chance.randrange(1, 32):02} {chance.randrange(24):02}:00")
        for _ in range(300)
    ]
    workspace = make(events)

    for per in ("day", "week", "month"):
        moments = answer(workspace, "lifecycle", per=per).moments
        for before, now in pairwise(moments):
            assert now.new + now.returning + now.resurrecting == now.active
            assert now.returning + now.dormant == before.active
        assert answer_in_buckets(workspace, "lifecycle", 8, per=per) == answer(workspace, "lifecycle", per=per)


def test_the_order_of_rows_changes_nothing(make, shop):
    assert answer(make(SHOP[::-1]), "lifecycle") == answer(shop, "lifecycle")


def test_a_step_that_is_not_there(shop):
    with pytest.raises(facade.QuestionError, match="There is no touchpoint or event “basket”"):
        answer(shop, "lifecycle", step="basket")


def test_two_groups_alike_are_called_alike(shop):
    found = facade.answered(shop, asked(shop, "lifecycle", against='visited("page-viewed")')).difference

    assert found.sentence.startswith("No detectable change")
