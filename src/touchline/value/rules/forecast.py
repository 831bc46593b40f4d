"""A model of buying fitted to a workspace's purchases, tried on data held out, with what purchases come to."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from touchline.formulas.cannot_say import CannotSay
from touchline.formulas.lifetime.back_test import BackTest, back_test
from touchline.formulas.lifetime.fitting import Fitted, fit
from touchline.formulas.lifetime.histories import Floats
from touchline.formulas.lifetime.spend import Spend, fit_spend
from touchline.value.rules.purchases import Buyers, Purchases, buyers


@dataclass(frozen=True)
class Forecast:
    """What is known about buying in one currency."""

    currency: str
    purchases: Purchases
    buyers: Buyers
    fitted: Fitted
    spend: Spend
    backtest: BackTest | CannotSay
    left_out: int
    """Purchases in other currencies."""

    @property
    def expected_spend(self) -> Floats:
        """What the next purchase of each buyer will come to."""
        return self.spend.model.expected(self.buyers.purchases, np.nan_to_num(self.buyers.mean))

    @property
    def backtest_sentence(self) -> str:
        """What is printed beside every figure of the model."""
        return self.backtest.sentence


def forecast(purchases: Purchases, currency: str, kind: str) -> Forecast | CannotSay:
    """Fit the model; `currency` '' is that of most purchases. A sentence where purchases are too few."""
    if not len(purchases):
        return CannotSay(
            "no-orders",
            "There are no orders yet. Import a file of orders or payments, and what customers are worth is said here.",
        )
    code = currency or purchases.usual_currency()
    ours = purchases.of_currency(code)
    if not len(ours):
        there = ", ".join(sorted(set(purchases.currency.tolist())))
        return CannotSay("other-currency", f"No order is in {code}. Orders are in: {there or 'no currency'}.")
    who = buyers(ours)
    if len(who) == 1:
        return CannotSay("one-customer", "All orders are of one customer, so nothing can be said about customers.")
    fitted = fit(kind, who.histories)
    if isinstance(fitted, CannotSay):
        return fitted
    known = who.purchases > 0
    spend = fit_spend(who.purchases[known], who.mean[known])
    if isinstance(spend, CannotSay):
        return spend
    tried = back_test(kind, ours.customer, ours.day, ours.until)
    return Forecast(code, ours, who, fitted, spend, tried, len(purchases) - len(ours))
