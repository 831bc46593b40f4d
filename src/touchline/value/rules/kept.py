"""What one customer is worth who buys rather than not."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from touchline.formulas.cannot_say import CannotSay
from touchline.formulas.lifetime.kept import kept_value
from touchline.formulas.money_at_stake import Amount, amount_of
from touchline.value.rules.assumptions import Assumptions
from touchline.value.rules.forecast import Forecast

FEWEST_SEEN = 30
"""Customers seen lately; where there are fewer, the value is the mean over all who ever bought."""


@dataclass(frozen=True)
class KeptCustomer:
    """What one customer is worth who buys within the window rather than not: margin over the horizon, of today."""

    amount: Amount
    """`amount.draws` are what money_at_stake takes as the value of the outcome 'bought'."""
    currency: str
    """ISO 4217; '' where orders carry none."""
    window_days: int
    customers: int
    """Customers it is the mean of: buyers who were seen within the window before the data end."""
    backtest: str
    """How well the model behind it forecast orders that were held out, in a sentence."""


def kept_customer(
    found: Forecast | CannotSay, seen: NDArray[np.int64], held: Assumptions, window_days: int, draws: int
) -> KeptCustomer | CannotSay:
    """Return the value, averaged over the buyers among those seen lately."""
    if isinstance(found, CannotSay):
        return found
    if held.margin == 0:
        return CannotSay("no-margin", "The gross margin is set to 0%, so no customer is worth anything.")
    lately = np.isin(found.buyers.customer, seen)
    if lately.sum() < FEWEST_SEEN:
        lately = np.ones(len(found.buyers), dtype=bool)
    drawn = kept_value(
        found.fitted,
        found.buyers.histories.of(lately),
        found.expected_spend[lately],
        held.margin,
        window_days,
        held.horizon_months,
        held.discount_a_year,
        draws,
    )
    return KeptCustomer(amount_of(drawn), found.currency, window_days, int(lately.sum()), found.backtest_sentence)
