from __future__ import annotations

import numpy as np
import pytest

from touchline.formulas.cannot_say import CannotSay
from touchline.formulas.lapsed import has_lapsed, silence_limit, tenures


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


def test_too_silent_or_hardly_alive():
    silent = np.array([10.0, 40, 10, 10, 400])
    alive = np.array([0.9, 0.9, 0.1, np.nan, np.nan])

    assert has_lapsed(silent, np.array([30.0, 30, 30, 30, np.inf]), alive).tolist() == [False, True, True, False, False]


def test_tenures_end_on_the_day_the_silence_became_too_long():
    # Limit 30 days, data until day 100. 1: days 0, 10, 100: silent too long after day 10, on day 40, though back later.
    # 2: day 50 only: lapsed on day 80, after 30 days. 3: days 90 and 95: still here after 10 days.
    found = tenures(np.array([3, 1, 1, 1, 2, 3]), np.array([95, 0, 10, 100, 50, 90]), until=100, limit_days=30)

    assert found.days.tolist() == [40, 30, 10]
    assert found.ended.tolist() == [True, True, False]


def test_nobody_has_no_tenure():
    nobody = np.array([], dtype=np.int64)

    assert len(tenures(nobody, nobody, 100, 30).days) == 0
