"""Value × confidence ÷ effort, and how sure the order is."""

from __future__ import annotations

import numpy as np
import pytest

from touchline.formulas.cannot_say import CannotSay
from touchline.formulas.draws import DRAWS
from touchline.formulas.money_at_stake import amount_of
from touchline.formulas.quantile_draws import quantile_draws
from touchline.formulas.value_for_effort import Priority, Proposal, priorities


def sure(a_month: float):
    return amount_of(np.full(DRAWS, a_month))


def unsure(key: str, middle: float, half: float):
    return amount_of(quantile_draws(key, middle, middle - half, middle + half))


def test_value_times_confidence_by_effort():
    # 1,000 × 1 ÷ 10 = 100; 1,000 × 0.8 ÷ 4 = 200; 600 × 0.5 ÷ 2 = 150.
    found = priorities([Proposal(sure(1_000), "A", 10), Proposal(sure(1_000), "B", 4), Proposal(sure(600), "C", 2)])

    assert [each.score for each in found] == [100, 200, 150]
    assert [each.place for each in found] == [3, 1, 2]
    assert [each.confidence for each in found] == [1.0, 0.8, 0.5]
    assert [(each.first_place, each.last_place) for each in found] == [(3, 3), (1, 1), (2, 2)]


def test_where_amounts_overlap_the_order_is_not_sure():
    # The first two differ by less than their uncertainty; the third is far behind both.
    found = priorities(
        [
            Proposal(unsure("one", 1_000, 500), "C", 10),
            Proposal(unsure("two", 950, 500), "C", 10),
            Proposal(unsure("three", 10, 5), "C", 10),
        ]
    )

    assert [(each.first_place, each.last_place) for each in found] == [(1, 2), (1, 2), (3, 3)]
    assert found[0].low == pytest.approx(25, rel=0.01)
    assert found[0].high == pytest.approx(75, rel=0.01)


def test_among_the_first_three_is_counted_over_the_draws():
    # Four alike and independent: each is among the first three in about three draws of four.
    alike = [Proposal(unsure(f"{at}", 100, 50), "A", 1) for at in range(4)]
    found = priorities(alike)

    assert sum(each.among_first for each in found) == pytest.approx(3)
    assert all(0.72 < each.among_first < 0.78 for each in found)


@pytest.mark.parametrize(
    ("proposal", "said"),
    [
        (Proposal(CannotSay("no-pain", "No pain."), "E", 5), "No pain."),
        (Proposal(sure(10), "D", 5), "grade D promises no amount"),
        (Proposal(sure(10), "C", None), "No effort is stated"),
        (Proposal(sure(10), "C", 0), "stated as 0 days"),
    ],
)
def test_what_cannot_be_ranked_says_why_and_takes_no_place(proposal, said):
    refused, ranked = priorities([proposal, Proposal(sure(10), "C", 5)])

    assert said in refused.sentence
    assert isinstance(ranked, Priority)
    assert ranked.place == 1


def test_nothing_is_nothing():
    assert priorities([]) == []
