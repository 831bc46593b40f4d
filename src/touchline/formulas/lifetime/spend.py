"""What a customer's next purchase will come to: the customer's own mean, drawn towards everybody's the less they bought.

Gamma-Gamma: amounts of one customer vary as a gamma, customers' means as another. It takes for granted that what is
spent does not go with how often; where the two correlate by .3 or more, means of customers who bought as often stand in.
Source: Fader & Hardie 2013, "The gamma-gamma model of monetary value".
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from touchline.formulas.cannot_say import CannotSay
from touchline.formulas.lifetime.histories import Floats
from touchline.formulas.lifetime.maximum import lowest

FEWEST_BUYERS = 30

LARGEST_CORRELATION = 0.3

GROUPS = (1, 2, 3, 6)
"""The fewest purchases of each group of customers, where group means stand in."""


@dataclass(frozen=True)
class GammaGamma:
    """The model with its parameters; v is an amount of money."""

    p: float
    q: float
    v: float

    def log_likelihood(self, purchases: Floats, mean: Floats) -> Floats:
        """Of each customer's mean amount over so many purchases, at least one."""
        from scipy.special import gammaln

        many = self.p * purchases
        found: Floats = gammaln(many + self.q) - gammaln(many) - gammaln(self.q) + self.q * np.log(self.v)
        total = purchases * mean
        return found + (many - 1) * np.log(mean) + many * np.log(purchases) - (many + self.q) * np.log(self.v + total)

    def expected(self, purchases: Floats, mean: Floats) -> Floats:
        """Mean amount expected of each customer; with no purchases, that of everybody."""
        total = np.where(purchases > 0, purchases * mean, 0.0)
        return self.p * (self.v + total) / (self.p * purchases + self.q - 1)


@dataclass(frozen=True)
class GroupMeans:
    """Means of customers who bought as often; a group without anybody has everybody's."""

    means: tuple[float, ...]
    """By group of GROUPS."""

    def expected(self, purchases: Floats, mean: Floats) -> Floats:
        """Mean amount expected of each customer: that of the group; `mean`, the customer's own, is not looked at."""
        return np.asarray(self.means)[_group(purchases)]


@dataclass(frozen=True)
class Spend:
    """Which of the two holds, and why."""

    model: GammaGamma | GroupMeans
    correlation: float
    """Between how often customers buy and what a purchase comes to."""
    customers: int

    @property
    def sentence(self) -> str:
        """Which model was taken, for whoever reads the amounts."""
        correlation = f"{self.correlation:.2f}".replace("-", "\N{MINUS SIGN}")
        if isinstance(self.model, GammaGamma):
            return f"Amounts by the Gamma-Gamma model (correlation with frequency {correlation}, within ±.3)."
        return (
            f"What customers spend goes with how often they buy (correlation {correlation}), so amounts are means "
            "of customers who bought as often."
        )


def fit_spend(purchases: Floats, mean: Floats) -> Spend | CannotSay:
    """Fit what purchases come to, from customers' purchases (1 or more) and the mean amount of these (above 0)."""
    if len(purchases) < FEWEST_BUYERS:
        return CannotSay(
            "too-few-amounts",
            f"Amounts are known of the orders of {len(purchases):,} customers; what an order will come to can be said "
            f"from {FEWEST_BUYERS} customers on.",
        )
    varies = purchases.std() > 0 and mean.std() > 0
    correlation = float(np.corrcoef(purchases, mean)[0, 1]) if varies else 0.0
    if abs(correlation) < LARGEST_CORRELATION and mean.std() > 1e-6 * mean.mean():
        model = _fitted(purchases, mean)
        if model.q > SMALLEST_Q:
            return Spend(model, correlation, len(purchases))
    return Spend(_group_means(purchases, mean), correlation, len(purchases))


SMALLEST_Q = 1.05
"""At q = 1 and below the mean of everybody is infinite."""

LEAST_LOG, MOST_LOG = -7.0, 7.0
"""Logarithms of parameters stay between these, that of v about that of a mean amount."""


def _fitted(purchases: Floats, mean: Floats) -> GammaGamma:
    typical = float(np.log(mean.mean()))
    starts = [(p, q, typical) for p, q in ((0.0, 0.7), (1.6, 1.4))]
    bounds = [(LEAST_LOG, MOST_LOG), (LEAST_LOG, MOST_LOG), (typical + LEAST_LOG, typical + MOST_LOG)]
    best = lowest(lambda logs: -float(GammaGamma(*np.exp(logs)).log_likelihood(purchases, mean).mean()), starts, bounds)
    p, q, v = (float(each) for each in np.exp(best))
    return GammaGamma(p, q, v)


def _group(purchases: Floats) -> np.ndarray[tuple[int], np.dtype[np.intp]]:
    return np.maximum(np.searchsorted(GROUPS, purchases, side="right") - 1, 0)


def _group_means(purchases: Floats, mean: Floats) -> GroupMeans:
    group, everybody = _group(purchases), float(mean.mean())
    means = [mean[group == at] for at in range(len(GROUPS))]
    return GroupMeans(tuple(float(each.mean()) if len(each) else everybody for each in means))
