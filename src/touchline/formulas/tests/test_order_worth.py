from __future__ import annotations

from decimal import Decimal

import numpy as np

from touchline.formulas.order_worth import order_worth, order_worths


def test_refunds_lower_what_an_order_came_to_whatever_their_sign():
    assert order_worth(Decimal(100), [Decimal(-40), Decimal(10)], is_cancelled=False) == 50


def test_a_cancelled_order_came_to_nothing():
    assert order_worth(Decimal(100), [Decimal(-100)], is_cancelled=True) == 0
    assert order_worth(None, [], is_cancelled=True) == 0


def test_an_order_of_unknown_amount_cannot_be_judged():
    assert order_worth(None, [Decimal(-5)], is_cancelled=False) is None


def test_many_orders_are_worth_what_each_is():
    # 100 less 40; cancelled; unknown; cancelled and unknown.
    found = order_worths(
        np.array([100.0, 100.0, np.nan, np.nan]), np.array([40.0, 0, 5, 0]), np.array([False, True, False, True])
    )

    assert found[:2].tolist() == [60, 0]
    assert np.isnan(found[2])
    assert found[3] == 0
