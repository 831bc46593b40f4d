"""Buying at a customer's own rate until they leave at any time: Pareto/NBD.

Rates vary between customers as a gamma (r, alpha), rates of leaving as a gamma (s, beta). Sources: Schmittlein, Morrison
& Colombo 1987, Management Science 33:1; Fader & Hardie 2005, "A note on deriving the Pareto/NBD model".
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from touchline.formulas.lifetime.histories import Floats, Histories


@dataclass(frozen=True)
class Pareto:
    """The model with its parameters; times in weeks."""

    r: float
    alpha: float
    s: float
    beta: float

    def log_likelihood(self, histories: Histories) -> Floats:
        """Of each customer's history."""
        from scipy.special import gammaln

        x = histories.repeats
        rate = gammaln(self.r + x) - gammaln(self.r) + self.r * np.log(self.alpha) + self.s * np.log(self.beta)
        found: Floats = rate + np.logaddexp(self._log_alive(histories), self._log_left(histories))
        return found

    def alive(self, histories: Histories) -> Floats:
        """Chance of each customer not to have left."""
        left = self._log_left(histories) - self._log_alive(histories)
        return 1.0 / (1.0 + np.exp(np.minimum(left, LARGEST_EXPONENT)))

    def expected(self, histories: Histories, weeks: float) -> Floats:
        """Purchases expected of each customer in the coming weeks."""
        rate = (self.r + histories.repeats) / (self.alpha + histories.age)
        patience = self.beta + histories.age
        if abs(self.s - 1) < 1e-6:
            staying = patience * np.log1p(weeks / patience)
        else:
            staying = patience / (self.s - 1) * (1 - (patience / (patience + weeks)) ** (self.s - 1))
        return rate * staying * self.alive(histories)

    def _log_alive(self, histories: Histories) -> Floats:
        stays: Floats = -(self.r + histories.repeats) * np.log(self.alpha + histories.age)
        return stays - self.s * np.log(self.beta + histories.age)

    def _log_left(self, histories: Histories) -> Floats:
        """Log of the chance density of having left at any time between the last purchase and now.

        The integral over that time, which has a closed form in hypergeometric functions; those overflow where customers
        are much alike, Gauss's rule on parts that double in length does not.
        """
        silent = histories.age - histories.last
        found = np.full(len(histories), -np.inf)
        for at, weight in zip(*_rule(), strict=True):
            then = histories.last + silent * at
            density = -(self.r + histories.repeats) * np.log(self.alpha + then) - (self.s + 1) * np.log(
                self.beta + then
            )
            found = np.logaddexp(found, density + np.log(weight))
        log_density: Floats = np.log(self.s * np.maximum(silent, SHORTEST_SILENCE)) + found
        return log_density


@lru_cache(maxsize=1)
def _rule() -> tuple[Floats, Floats]:
    """Places between 0 and 1 and their weights: six in each of twelve parts, each twice as long as the one before."""
    nodes, weights = np.polynomial.legendre.leggauss(6)
    edges = (2.0 ** np.arange(13) - 1) / (2.0**12 - 1)
    lengths = np.diff(edges)
    return (edges[:-1, None] + lengths[:, None] * (nodes + 1) / 2).ravel(), (lengths[:, None] * weights / 2).ravel()


SHORTEST_SILENCE = 1e-300
"""In weeks: of who bought on the last day, so that it has a logarithm."""

LARGEST_EXPONENT = 600.0
"""e to this is still a number; such a customer has left for certain."""
