"""How many of a cohort renew, year after year: the shifted beta-geometric, for customers who say when they leave.

Each customer ends the contract at every renewal with a chance of their own; chances vary as a beta (alpha, beta). Those
who were going to leave leave first, so retention rises with age without anybody becoming more loyal. Source: Fader &
Hardie 2007, Journal of Interactive Marketing 21:76.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from touchline.formulas.cannot_say import CannotSay
from touchline.formulas.lifetime.histories import Floats
from touchline.formulas.lifetime.maximum import lowest

FEWEST_CONTRACTS = 30

LEAST_LOG, MOST_LOG = -7.0, 10.0
"""Logarithms of parameters stay between these."""


@dataclass(frozen=True)
class ShiftedBetaGeometric:
    """The model with its parameters."""

    alpha: float
    beta: float

    def retention(self, renewals: int) -> Floats:
        """Chance to renew at the 1st, 2nd ... renewal, of those who were still there."""
        at = np.arange(1, renewals + 1)
        return (self.beta + at - 1) / (self.alpha + self.beta + at - 1)

    def survival(self, renewals: int) -> Floats:
        """Share of a cohort still there after 0, 1, 2 ... renewals."""
        return np.concatenate([[1.0], np.cumprod(self.retention(renewals))])

    def residual(self, age: int, periods: int, discount_a_period: float) -> float:
        """Payments expected of a customer who has renewed `age` times, at their next `periods` renewals, of today.

        The next payment is due in one period.
        """
        retention = self.retention(age + periods)[age:]
        worth = (1.0 + discount_a_period) ** -np.arange(1.0, periods + 1)
        return float(np.cumprod(retention) @ worth)


def fit_contracts(survivors: Sequence[float]) -> ShiftedBetaGeometric | CannotSay:
    """Fit to how many of one cohort were there at its start and after each renewal: [1000, 869, 743, 653]."""
    counts = np.asarray(survivors, dtype=np.float64)
    if len(counts) < 3:
        return CannotSay(
            "too-few-renewals", "A cohort's renewals can be forecast after the second; this one has fewer."
        )
    left = counts[:-1] - counts[1:]
    if counts[0] < FEWEST_CONTRACTS or (left < 0).any():
        return CannotSay(
            "too-few-contracts",
            f"The cohort has {counts[0]:g} contracts; renewals can be forecast from {FEWEST_CONTRACTS} on, none of which "
            "comes back once it has ended.",
        )
    if left.sum() == 0:
        return CannotSay("nobody-left", "Nobody of this cohort has left yet, so nothing can be said about who will.")

    def loss(logs: Floats) -> float:
        survival = ShiftedBetaGeometric(*np.exp(logs)).survival(len(left))
        gone = survival[:-1] - survival[1:]
        return -float(left @ np.log(gone) + counts[-1] * np.log(survival[-1])) / float(counts[0])

    found = lowest(loss, [(0.0, 0.0)], [(LEAST_LOG, MOST_LOG)] * 2)
    alpha, beta = (float(each) for each in np.exp(found))
    return ShiftedBetaGeometric(alpha, beta)
