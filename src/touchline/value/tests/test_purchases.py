"""What counts as a purchase, and for how much: every order typed out."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from touchline.engine.workspace import Workspace
from touchline.value.questions.purchases import purchases
from touchline.value.rules.purchases import buyers
from touchline.value.tests.shops import FIRST_DAY, Told, bring_in

DAY_ZERO = (FIRST_DAY - date(1970, 1, 1)).days

ORDERS: list[Told] = [
    ("Order Completed", "ada", 0, 100.0, "EUR", "A1"),
    ("Order Completed", "ada", 0, 100.0, "EUR", "A1"),  # told twice
    ("Order Refunded", "ada", 9, 40.0, "EUR", "A1"),
    ("Order Completed", "ada", 14, 30.0, "EUR", "A2"),
    ("Order Completed", "ada", 14, 20.0, "EUR", "A3"),  # a second order of that day
    ("Order Completed", "bob", 3, 80.0, "EUR", "B1"),
    ("Order Cancelled", "bob", 4, None, "", "B1"),
    ("Order Completed", "cy", 5, 60.0, "EUR", "C1"),
    ("Order Refunded", "cy", 30, 60.0, "EUR", "C1"),  # wholly: no purchase
    ("Order Completed", "cy", 40, None, "EUR", "C2"),  # of unknown amount
    ("Order Completed", "dee", 50, 10.0, "GBP", "D1"),
    ("Payment Made", "dee", 50, 10.0, "GBP", ""),
    ("Product Viewed", "eve", 70, None, "", ""),
]


@pytest.fixture
def typed(page_workspace: Workspace, tmp_path) -> Workspace:
    bring_in(page_workspace, tmp_path, ORDERS)
    return page_workspace


def test_what_was_given_back_is_no_purchase_and_lowers_what_was_bought(typed):
    found = purchases(typed)

    # ada 60, 20 and 30; cy's order of unknown amount; dee 10 pounds. bob's was cancelled. Payments are not orders.
    assert (found.day - DAY_ZERO).tolist() == [0, 14, 14, 40, 50]
    assert found.worth.tolist()[:3] + found.worth.tolist()[4:] == [60, 20, 30, 10]
    assert np.isnan(found.worth[3])
    assert found.currency.tolist() == ["EUR", "EUR", "EUR", "", "GBP"]  # without an amount there is no currency
    assert found.until - DAY_ZERO == 70
    assert (found.usual_currency(), found.are_payments) == ("EUR", False)


def test_buyers_are_known_by_what_they_bought(typed):
    found = buyers(purchases(typed).of_currency("EUR"))

    # ada: two days of buying, two weeks apart, 110 over two; cy once, for nobody knows how much.
    assert found.histories.repeats.tolist() == [1, 0]
    assert found.histories.last.tolist() == [2, 0]
    assert found.histories.age.tolist() == [10, pytest.approx(30 / 7)]
    assert found.purchases.tolist() == [2, 0]
    assert found.mean[0] == 55
    assert np.isnan(found.mean[1])
    assert found.silent_days.tolist() == pytest.approx([56, 30])


def test_without_orders_payments_are_purchases(page_workspace, tmp_path):
    bring_in(page_workspace, tmp_path, [row for row in ORDERS if not row[0].startswith("Order")])

    found = purchases(page_workspace)

    assert (found.worth.tolist(), found.are_payments) == ([10], True)


def test_the_answer_is_the_same_in_any_number_of_buckets(typed):
    one, seven = purchases(typed), purchases(typed, buckets=7)

    assert one.customer.tolist() == seven.customer.tolist()
    assert np.array_equal(one.worth, seven.worth, equal_nan=True)


def test_an_empty_workspace_has_no_purchases(page_workspace):
    found = purchases(page_workspace)

    assert (len(found), found.until, found.usual_currency()) == (0, 0, "")
    assert len(buyers(found)) == 0
