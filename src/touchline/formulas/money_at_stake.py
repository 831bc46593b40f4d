"""What a pain costs a month: sufferers × effect × value, all three uncertain, by 4,000 joint draws.

Pains rank by the amount we are 90 % sure of: the 10 % quantile, which is the lower end of the 80 % interval. The value
of an outcome is drawn once and used by every pain (common random numbers): two pains differ only by what differs
between them. Amounts of pains overlap where customers suffer from several; what they cost together comes from
touchline.formulas.joint_loss and from nowhere else, so nothing here adds amounts up.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import isfinite

import numpy as np

from touchline.formulas.cannot_say import CannotSay
from touchline.formulas.draws import Draws, normal_draws, rate_draws
from touchline.formulas.evidence import MINIMUM_N

SURE_QUANTILE = 0.1
"""Nine draws of ten are above it."""


@dataclass(frozen=True)
class Amount:
    """An uncertain amount of money, in the currency and over the time its maker says."""

    median: float
    low: float
    """80 % interval."""
    high: float
    draws: Draws = field(repr=False, compare=False)

    @property
    def sure(self) -> float:
        """The amount we are 90 % sure of; at or below zero: not sure that there is any."""
        return self.low


@dataclass(frozen=True)
class Suffering:
    """How often a pain struck and what one strike did, as an estimate with its standard error."""

    sufferers: int
    """Bad visits counted in `months`."""
    months: float
    effect: float
    """Change of the outcome by one bad visit: of its probability (−0.08), or of a number such as contacts (+0.3)."""
    standard_error: float


def amount_of(draws: Draws) -> Amount:
    """Sum draws up as a median and the 80 % interval."""
    low, median, high = np.quantile(draws, (SURE_QUANTILE, 0.5, 1 - SURE_QUANTILE))
    return Amount(float(median), float(low), float(high), draws)


def money_at_stake(pain_id: str, suffering: Suffering, value: Draws | CannotSay) -> Amount | CannotSay:
    """Return what a pain costs a month; positive is a loss.

    `value` are draws of what one outcome is worth to us: positive for one we want (a customer kept), negative for one
    that costs (a contact). The pain's id keys the draws of sufferers and effect, so that an amount does not move when
    other pains come and go.
    """
    if isinstance(value, CannotSay):
        return value
    if suffering.sufferers < MINIMUM_N:
        return CannotSay(
            "too-few-sufferers",
            f"{suffering.sufferers} bad {'visit was' if suffering.sufferers == 1 else 'visits were'} counted;"
            f" an amount needs at least {MINIMUM_N}.",
        )
    if suffering.months <= 0:
        return CannotSay("no-time", "The data cover no time, so nothing can be said about a month.")
    if not (isfinite(suffering.effect) and isfinite(suffering.standard_error) and suffering.standard_error >= 0):
        return CannotSay("no-effect", "The effect of this pain could not be estimated, so it has no amount.")
    sufferers = rate_draws(f"{pain_id}: sufferers", suffering.sufferers, suffering.months, value.size)
    effect = normal_draws(f"{pain_id}: effect", suffering.effect, suffering.standard_error, value.size)
    return amount_of(-sufferers * effect * value)


def ranked(amounts: Mapping[str, Amount | CannotSay]) -> list[str]:
    """Return the ids of pains that have an amount, the largest amount we are sure of first; ties by id."""
    known = {id_: amount for id_, amount in amounts.items() if isinstance(amount, Amount)}
    return sorted(known, key=lambda id_: (-known[id_].sure, id_))


def chance_of_more(first: Amount, second: Amount) -> float:
    """Return the chance, 0..1, that the first amount is the larger one."""
    return float(np.mean(first.draws > second.draws))
