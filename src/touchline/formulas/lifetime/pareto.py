"""Buying at a customer's own rate until they leave at any time: Pareto/NBD.

Rates vary between customers as a gamma (r, alpha), rates of leaving as a gamma (s, beta). Sources: Schmittlein, Morrison
& Colombo 1987, Management Science 33:1; Fader & Hardie 2005, "A note on deriving the Pareto/NBD model".
"""

from __future__ import annotations

from dataclasses import dataclass

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
        """Log of the chance density of having left between the last purchase and now."""
        x = histories.repeats
        since_last, since_now = self._log_tail(x, histories.last), self._log_tail(x, histories.age)
        gap = np.minimum(since_now - since_last, -TINY)
        return np.log(self.s / (self.r + self.s + x)) + since_last + np.log(-np.expm1(gap))

    def _log_tail(self, x: Floats, time: Floats) -> Floats:
        from scipy.special import hyp2f1

        power = self.r + self.s + x
        larger, other = (self.alpha, self.s + 1) if self.alpha >= self.beta else (self.beta, self.r + x)
        series = hyp2f1(power, other, power + 1, abs(self.alpha - self.beta) / (larger + time))
        found: Floats = np.log(series) - power * np.log(larger + time)
        return found


LARGEST_EXPONENT = 600.0
"""e to this is still a number; such a customer has left for certain."""

TINY = 1e-300
"""Two tails never quite meet, so that there is a logarithm of what lies between them."""
