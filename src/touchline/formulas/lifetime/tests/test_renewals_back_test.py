from __future__ import annotations

import pytest

from touchline.formulas.cannot_say import CannotSay
from touchline.formulas.lifetime.renewals_back_test import back_test_renewals

HIGH_END = [1000, 869, 743, 653, 593, 551, 517, 491, 468, 445, 427, 409, 394]
REGULAR = [1000, 631, 468, 382, 326, 289, 262, 241, 223, 207, 194, 183, 173]
"""Fader and Hardie 2007, table 1."""


@pytest.mark.parametrize("survivors", [HIGH_END, REGULAR])
def test_the_last_third_of_the_published_cohorts_is_foretold(survivors):
    found = back_test_renewals(survivors)

    assert (found.seen, found.held_out, found.contracts) == (8, 4, 1000)
    assert found.actual == sum(survivors[9:])
    assert found.ratio == pytest.approx(1, abs=0.02)
    assert found.low < found.ratio < found.high


def test_a_cohort_that_changes_its_ways_is_not_foretold():
    left = [1000, 869, 743, 653, 593, 551, 517, 491, 468, 300, 200, 120, 80]

    assert back_test_renewals(left).low > 1.5


@pytest.mark.parametrize(
    ("survivors", "reason"),
    [
        ([100, 90, 80], "too-few-renewals"),
        ([100], "too-few-renewals"),
        ([20, 19, 18, 17, 16], "no-back-test"),
        ([100, 50, 10, 0, 0], "nobody-renewed"),
    ],
)
def test_what_cannot_be_tried_is_said(survivors, reason):
    found = back_test_renewals(survivors)

    assert isinstance(found, CannotSay)
    assert found.reason == reason
