from __future__ import annotations

import numpy as np
import pytest

from touchline.formulas.cannot_say import CannotSay
from touchline.formulas.lapsed import silence_limit, tenures


def test_the_limit_is_the_segments_own():
    # Thirty customers each buy again after 1, 2 ... 30 days: the 95th percentile of the gaps is 28.55 days.
    customer, day = np.repeat(np.arange(30), 2), np.array([[0, gap] for gap in range(1, 31)]).ravel()

    found = silence_limit(customer, day)

    assert (found.days, found.gaps) == (pytest.approx(28.55), 30)
    assert silence_limit(customer, 10 * day).days == pytest.approx(285.5)
    assert silence_limit(customer[:-2], day[:-2]) == CannotSay(
        "too-few-gaps", "29 times somebody bought again; how long a usual silence is can be said from 30 on."
    )


def test_a_gap_lies_within_one_customer_and_two_purchases_of_a_day_are_one():
    customer = np.array([1] * 31 + [2] * 2)
    day = np.array([*range(0, 310, 10), 1000, 1000])

    assert silence_limit(customer, day).days == 10


def test_tenures_end_with_the_last_purchase_before_too_long_a_silence():
    # Limit 30 days, data until day 100: everybody is followed to day 70. 1: days 0, 10, 100: the silence after day 10 was
    # too long, though they came back. 2: day 50 only. 3: days 60 and 85: buying on day 70 as far as one can know, 10 days
    # after the first. 4: day 80, too late to be followed. 5: day 70, the last day on which one is.
    customer, day = np.array([3, 1, 1, 1, 2, 3, 4, 5]), np.array([85, 0, 10, 100, 50, 60, 80, 70])

    found = tenures(customer, day, until=100, limit_days=30)

    assert found.customer.tolist() == [1, 2, 3, 5]
    assert found.days.tolist() == [10, 0, 10, 0]
    assert found.ended.tolist() == [True, True, False, False]


def test_nobody_who_was_followed_has_no_tenure():
    nobody = np.array([], dtype=np.int64)

    assert len(tenures(nobody, nobody, 100, 30).days) == 0
    assert len(tenures(np.array([1]), np.array([90]), 100, 30).days) == 0
