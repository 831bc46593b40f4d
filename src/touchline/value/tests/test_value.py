"""What is said about a shop of 300 customers, and what of shops about which nothing can be said."""

from __future__ import annotations

import numpy as np
import pytest

from touchline.formulas.cannot_say import CannotSay
from touchline.segments.facade import save_filter
from touchline.value import facade
from touchline.value.tests.shops import bring_in, orders_of_a_shop


@pytest.fixture(autouse=True)
def usual_assumptions(shop):
    yield
    with shop.store.transaction() as writer:
        writer.execute("delete from value_assumptions")


def test_the_report_of_a_shop(shop):
    report = facade.value_report(shop)
    told = orders_of_a_shop()

    assert (report.refusal, report.currency) == ("", "EUR")
    assert (report.customers, report.purchases) == (300, len(told))
    by_orders = {each.name: each.customers for each in report.by_orders}
    assert sum(by_orders.values()) == 300
    assert by_orders["one order"] == sum(
        count == 1 for count in np.unique([who for _, who, *_ in told], return_counts=True)[1]
    )
    everybody = report.everybody
    assert 0 < everybody.each.low < everybody.each.value < everybody.each.high
    assert everybody.together.value == pytest.approx(300 * everybody.each.value)
    assert report.backtest.startswith("Tried on the last 25 weeks: ")
    assert 0.7 < report.backtest_ratio.value < 1.4
    assert report.kept.value > 50 * 0.4  # the margin of the order itself, and of some that follow
    assert 0 < everybody.lapsed.value < 1
    assert report.curve[0].share < 1
    assert report.notes == ()


def test_the_margin_moves_every_amount_and_nothing_else(shop):
    before = facade.value_report(shop)
    facade.set_assumptions(shop, {"margin": "20%"}, "annual accounts")
    after = facade.value_report(shop)

    assert after.everybody.each.value == pytest.approx(before.everybody.each.value / 2)
    assert after.kept.high == pytest.approx(before.kept.high / 2)
    assert after.everybody.lapsed == before.everybody.lapsed
    margin = next(each for each in after.assumptions if each.name == "margin")
    assert (margin.shown, margin.is_default, margin.provenance) == ("20%", False, "annual accounts")


def test_a_longer_horizon_and_a_smaller_discount_are_worth_more(shop):
    usual = facade.value_report(shop).everybody.each.value

    facade.set_assumptions(shop, {"horizon_months": 36})
    longer = facade.value_report(shop).everybody.each.value
    facade.set_assumptions(shop, {"discount_a_year": 0})

    assert usual < longer < facade.value_report(shop).everybody.each.value


@pytest.mark.parametrize("model", ["bg", "pareto"])
def test_other_models_can_be_chosen(shop, model):
    facade.set_assumptions(shop, {"model": model})

    report = facade.value_report(shop)

    assert report.model.lower().startswith(model)
    assert 0.6 < report.backtest_ratio.value < 1.6
    assert report.kept.value > 20


def test_a_kept_customer_has_draws_that_others_can_multiply(shop):
    kept = facade.value_of_kept_customer(shop, draws=1000)

    assert kept.amount.draws.shape == (1000,)
    assert kept.amount.low < kept.amount.median < kept.amount.high
    assert (kept.currency, kept.window_days) == ("EUR", 90)
    assert kept.backtest == facade.value_report(shop).backtest
    assert np.array_equal(kept.amount.draws, facade.value_of_kept_customer(shop, draws=1000).amount.draws)


def test_a_margin_of_nothing_leaves_nobody_worth_keeping(shop):
    facade.set_assumptions(shop, {"margin": 0})

    assert facade.value_of_kept_customer(shop) == CannotSay(
        "no-margin", "The gross margin is set to 0%, so no customer is worth anything."
    )


def test_a_currency_nobody_paid_in(shop):
    facade.set_assumptions(shop, {"currency": "chf"})

    assert facade.value_report(shop).refusal == "No order is in CHF. Orders are in: EUR."


def test_kept_filters_get_a_row_each_and_small_ones_no_figures(page_workspace, tmp_path):
    bring_in(page_workspace, tmp_path, orders_of_a_shop())
    save_filter(page_workspace, "Came back", "orders >= 3")
    save_filter(page_workspace, "Loyal few", "orders >= 9")

    many, few = facade.value_report(page_workspace).segments

    assert (many.name, few.name) == ("Came back", "Loyal few")
    assert many.each.value > facade.value_report(page_workspace).everybody.each.value
    assert many.stays_longer_days.low > 0
    assert few.customers < 10
    assert (few.each, few.lapsed, few.stays_longer_days) == (None, None, None)
    assert few.why.endswith("of this group bought; figures begin at 10.")


SHOPS = {
    "nothing": (
        [],
        "There are no orders yet. Import a file of orders or payments, and what customers are worth is said",
    ),
    "no orders": ([("Product Viewed", "ada", 0, None, "", "")], "There are no orders yet."),
    "one customer": (
        [("Order Completed", "ada", 7 * week, 20.0, "EUR", f"o{week}") for week in range(60)],
        "All orders are of one customer, so nothing can be said about customers.",
    ),
    "nobody came back": (
        [("Order Completed", f"c{who}", who % 300, 20.0, "EUR", f"o{who}") for who in range(200)],
        "0 of 200 customers bought again; what customers will buy can be forecast from 30 such customers on.",
    ),
    "no amounts": (
        [("Order Completed", f"c{n % 50}", n, None, "EUR", f"o{n}") for n in range(200)],
        "Amounts are known of the orders of 0 customers;",
    ),
}


@pytest.mark.parametrize("name", SHOPS)
def test_where_nothing_can_be_said_a_sentence_says_why(page_workspace, tmp_path, name):
    events, sentence = SHOPS[name]
    if events:
        bring_in(page_workspace, tmp_path, events)

    report, kept = facade.value_report(page_workspace), facade.value_of_kept_customer(page_workspace)

    assert report.refusal.startswith(sentence)
    assert isinstance(kept, CannotSay)
    assert kept.sentence == report.refusal
    assert (report.everybody, report.kept, report.curve) == (None, None, ())
    assert [each.shown for each in report.assumptions][:3] == ["40%", "10%", "24 months"]
