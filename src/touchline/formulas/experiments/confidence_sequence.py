"""An interval that stays right however often, and whenever, somebody looks at a running experiment.

An ordinary 95 % interval looked at twenty times leaves out the truth in a quarter of experiments that change nothing.
This one does so in at most 5 % of them over all looks together, and is about one and a half times as wide.

Source: Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas 2024, Annals of Statistics 52:2613 (arXiv 2103.06476),
"Time-uniform central limit theory and asymptotic confidence sequences", theorem 2.2; where it is narrowest: their
appendix on the choice of rho, solved exactly.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import e, log, sqrt

from touchline.formulas.cannot_say import CannotSay
from touchline.formulas.experiments.difference import Difference

BURN_IN = 100
"""Customers in each arm before the interval is shown: it holds in the limit, and the limit must have begun."""


@dataclass(frozen=True)
class AnyTimeValid:
    """The 95 % interval that holds over all looks together."""

    low: float
    high: float
    narrowest_at: int
    """The number of customers, both arms, at which it is narrowest beside an ordinary interval."""

    @property
    def excludes_zero(self) -> bool:
        """Whether the experiment may be stopped with a difference found."""
        return not self.low <= 0 <= self.high


def any_time_valid(found: Difference, narrowest_at: int, alpha: float = 0.05) -> AnyTimeValid | CannotSay:
    """Return the confidence sequence at this look.

    `narrowest_at` is the planned number of customers of both arms. It must be fixed before the first look.
    """
    if min(found.control.n, found.treated.n) < BURN_IN:
        return CannotSay(
            "burn-in",
            f"An interval that may be looked at any time is shown from {BURN_IN} customers in each arm on; so far there "
            f"are {found.control.n} and {found.treated.n}.",
        )
    margin = found.standard_error * errors_wide(found.n, narrowest_at, alpha)
    return AnyTimeValid(found.difference - margin, found.difference + margin, narrowest_at)


def errors_wide(n: int, narrowest_at: int, alpha: float = 0.05) -> float:
    """Return the half-width after n customers in standard errors: about 3 where an ordinary interval has 1.96."""
    scaled = n * _rho_squared_times_n(alpha) / narrowest_at
    return sqrt(2 * (scaled + 1) / scaled * log(sqrt(scaled + 1) / alpha))


def _rho_squared_times_n(alpha: float) -> float:
    """Return what n·ρ² must be for the interval to be narrowest at n: the x with x = 2·ln(1/α) + ln(x + 1)."""
    from scipy.special import lambertw  # takes a fifth of a second to import

    return -float(lambertw(-(alpha**2) / e, k=-1).real) - 1
