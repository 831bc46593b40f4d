from __future__ import annotations

import numpy as np
import pytest

from touchline.formulas.cannot_say import CannotSay
from touchline.formulas.money_at_stake import amount_of
from touchline.formulas.worth_fixing import worth_fixing


def test_a_certain_loss_by_hand():
    # 100 a month, half of it taken away, 10 a month to run: 40 a month for 12 months without discount = 480, cost 100.
    # Cumulated 40, 80, 120: paid back in the third month. Nothing is uncertain, so knowing for certain is worth nothing.
    found = worth_fixing(
        amount_of(np.full(4, 100.0)),
        100.0,
        share_avoided=0.5,
        running_cost_a_month=10,
        horizon_months=12,
        discount_a_year=0,
    )

    assert (found.gain.median, found.net.median, found.chance_to_pay) == pytest.approx((480, 380, 1))
    assert (found.payback.median_months, found.payback.late_months) == (3, 3)
    assert found.perfect_information == 0


def test_money_of_later_months_is_worth_less():
    # 10 % a year: a month's end is worth 1.1^(−1/12), a year's end 1 / 1.1.
    found = worth_fixing(amount_of(np.full(4, 120.0)), 0.0, horizon_months=12)

    assert found.gain.median == pytest.approx(120 * sum(1.1 ** (-month / 12) for month in range(1, 13)))
    assert found.payback.median_months == 0


def test_what_a_test_before_the_fix_can_be_worth_at_most():
    # One month without discount; the loss is 0 or 100 with even chances, the fix costs 40: net −40 or 60, 10 on average.
    # Who knew would fix only where it pays: 30 on average. Knowing is worth 30 − 10 = 20.
    found = worth_fixing(amount_of(np.array([0.0, 100.0] * 10)), 40.0, horizon_months=1, discount_a_year=0)

    assert found.chance_to_pay == 0.5
    assert found.perfect_information == pytest.approx(20)
    assert (found.payback.median_months, found.payback.late_months) == (None, None)


def test_a_fix_that_most_probably_pays_may_still_pay_late_or_never():
    found = worth_fixing(amount_of(np.array([0.0] * 2 + [50.0] * 8)), 100.0, horizon_months=12, discount_a_year=0)

    assert (found.payback.median_months, found.payback.late_months) == (2, None)


def test_an_unknown_loss_stays_unknown_and_impossible_assumptions_are_refused():
    loss = amount_of(np.ones(4))

    assert worth_fixing(CannotSay("no-orders", "No orders."), 10.0) == CannotSay("no-orders", "No orders.")
    with pytest.raises(ValueError, match="at least one month"):
        worth_fixing(loss, 1.0, horizon_months=0)
    with pytest.raises(ValueError, match="a year is none"):
        worth_fixing(loss, 1.0, discount_a_year=-1)
