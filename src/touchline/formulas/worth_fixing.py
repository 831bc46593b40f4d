"""Whether a fix pays: its net worth, the chance that it does, how soon, and what knowing for certain would be worth.

The expected value of perfect information, E[max(0, net)] − max(0, E[net]), is the most that a test before the fix can be
worth (Raiffa & Schlaifer 1961, Applied Statistical Decision Theory).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from touchline.formulas.cannot_say import CannotSay
from touchline.formulas.draws import Draws
from touchline.formulas.money_at_stake import SURE_QUANTILE, Amount, amount_of

MONTHS_A_YEAR = 12


@dataclass(frozen=True)
class Payback:
    """After how many months the fix has paid for itself."""

    median_months: float | None
    """None: in most draws never within the horizon."""
    late_months: float | None
    """In nine draws of ten it has by then; None where it has not."""


@dataclass(frozen=True)
class WorthFixing:
    """All in money of today, over the horizon."""

    gain: Amount
    """What the fix gives back, before its cost."""
    net: Amount
    chance_to_pay: float
    """Of net > 0, from 0 to 1."""
    payback: Payback
    perfect_information: float
    """Expected value of perfect information: a test that costs more than this is not worth it."""


def worth_fixing(
    loss_a_month: Amount | CannotSay,
    cost: Draws | float,
    *,
    share_avoided: Draws | float = 1.0,
    running_cost_a_month: float = 0.0,
    horizon_months: int = 24,
    discount_a_year: float = 0.10,
) -> WorthFixing | CannotSay:
    """Return what a fix is worth that takes away a share (0..1) of a loss, for a cost now and one every month.

    Amounts are those of the end of each month, discounted at the yearly rate. Raises ValueError for a horizon below one
    month or a discount at or below −100 %.
    """
    if isinstance(loss_a_month, CannotSay):
        return loss_a_month
    today = _worth_today(horizon_months, discount_a_year)
    a_month = loss_a_month.draws * share_avoided - running_cost_a_month
    outlay = np.broadcast_to(np.asarray(cost, dtype=np.float64), a_month.shape)
    net = a_month * today.sum() - outlay
    return WorthFixing(
        gain=amount_of(a_month * today.sum()),
        net=amount_of(net),
        chance_to_pay=float(np.mean(net > 0)),
        payback=_payback(a_month, outlay, np.cumsum(today)),
        perfect_information=float(np.mean(np.maximum(net, 0.0)) - max(float(net.mean()), 0.0)),
    )


def _worth_today(months: int, discount_a_year: float) -> Draws:
    """Worth today of one unit of money at the end of each month."""
    if months < 1:
        raise ValueError(f"A horizon has at least one month, not {months}.")
    if discount_a_year <= -1:
        raise ValueError(f"A discount of {discount_a_year:.0%} a year is none.")
    return (1.0 + discount_a_year) ** (-np.arange(1, months + 1) / MONTHS_A_YEAR)


def _payback(a_month: Draws, outlay: Draws, today: Draws) -> Payback:
    """The first month whose cumulated worth covers the outlay, counted as infinite where none does."""
    needed = np.divide(outlay, a_month, out=np.full(a_month.shape, np.inf), where=a_month > 0)
    needed[outlay <= 0] = 0.0
    position = np.searchsorted(today, needed)
    months = np.where(position < today.size, position + 1.0, np.inf)
    months[outlay <= 0] = 0.0
    middle, late = np.quantile(months, (0.5, 1 - SURE_QUANTILE), method="higher")
    return Payback(*(float(each) if np.isfinite(each) else None for each in (middle, late)))
