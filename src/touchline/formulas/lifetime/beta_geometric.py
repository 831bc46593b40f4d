"""Buying at a customer's own rate until they leave after a purchase: BG/NBD and MBG/NBD.

Rates vary between customers as a gamma (r, alpha), chances to leave as a beta (a, b). In the BG/NBD nobody leaves before
the second purchase, so every one-time buyer counts as alive; in the MBG/NBD, the default, the first may be the last.
Sources: Fader, Hardie & Lee 2005, Marketing Science 24:275; Batislam, Denizel & Filiztekin 2007, International Journal
of Research in Marketing 24:201.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from touchline.formulas.lifetime.histories import Floats, Histories


@dataclass(frozen=True)
class BetaGeometric:
    """One of the two models with its parameters; times in weeks."""

    r: float
    alpha: float
    a: float
    b: float
    leaves_at_first: bool = True
    """True: MBG/NBD; False: BG/NBD."""

    def log_likelihood(self, histories: Histories) -> Floats:
        """Of each customer's history."""
        from scipy.special import betaln, gammaln

        x, rest = histories.repeats, self._rest(histories)
        rate = gammaln(self.r + x) - gammaln(self.r) + self.r * np.log(self.alpha)
        stays = betaln(self.a, rest) - betaln(self.a, self.b) - (self.r + x) * np.log(self.alpha + histories.age)
        found: Floats = rate + stays + np.log1p(self._odds_of_having_left(histories))
        return found

    def alive(self, histories: Histories) -> Floats:
        """Chance of each customer not to have left."""
        return 1.0 / (1.0 + self._odds_of_having_left(histories))

    def expected(self, histories: Histories, weeks: float) -> Floats:
        """Purchases expected of each customer in the coming weeks."""
        from scipy.special import hyp2f1

        x, rest, age = histories.repeats, self._rest(histories), histories.age
        shrink = ((self.alpha + age) / (self.alpha + age + weeks)) ** (self.r + x)
        # The series takes long: once for customers who bought as often and are known for as long.
        _, first, alike = np.unique(x + 1j * age, return_index=True, return_inverse=True)
        ratio = weeks / (self.alpha + age[first] + weeks)
        series = hyp2f1(self.r + x[first], rest[first], self.a + rest[first] - 1, ratio)[alike]
        while_alive = (self.a + rest - 1) / (self.a - 1) * (1 - shrink * series)
        found: Floats = while_alive * self.alive(histories)
        return found

    def _rest(self, histories: Histories) -> Floats:
        """The beta's second parameter after the purchases at which the customer stayed."""
        return self.b + histories.repeats + float(self.leaves_at_first)

    def _odds_of_having_left(self, histories: Histories) -> Floats:
        x = histories.repeats
        may_have_left = (x > 0) | self.leaves_at_first
        before = np.where(may_have_left, self._rest(histories) - 1, 1.0)
        silent = (self.r + x) * np.log((self.alpha + histories.age) / (self.alpha + histories.last))
        return np.where(may_have_left, self.a / before * np.exp(np.minimum(silent, LARGEST_EXPONENT)), 0.0)


LARGEST_EXPONENT = 600.0
"""e to this is still a number; such a customer has left for certain."""
