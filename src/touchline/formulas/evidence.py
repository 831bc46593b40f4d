"""How much evidence a number needs, and what a change between two periods may be called."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist

MINIMUM_N = 5
"""Below this we show the answers, never a score."""

SMALL_SAMPLE_N = 30
"""Below this a score is shown with its interval and the words 'small sample'."""

Z_95 = 1.96
"""Normal quantile of a two-sided 95 % interval, as the sources of our formulas print it."""

Z_80 = NormalDist().inv_cdf(0.9)
"""Normal quantile of a two-sided 80 % interval."""

DETECTABLE_SE = 2.8
"""A change of this many standard errors is found with 80 % power at the 5 % level (1.96 + 0.84)."""


@dataclass(frozen=True)
class Change:
    """A difference between now and before, with what it may be called. None: one of the two cannot be said."""

    difference: float | None
    low: float | None
    high: float | None
    is_noise: bool
    """True unless the interval leaves zero out; no arrow is drawn on noise."""
    p: float | None
    """Two-sided p of 'nothing changed'."""
    detectable: float | None
    """The smallest change these two samples would find in four of five cases."""


UNKNOWN_CHANGE = Change(None, None, None, is_noise=True, p=None, detectable=None)


def is_enough(n: int) -> bool:
    """Whether n answers carry a score."""
    return n >= MINIMUM_N


def is_small_sample(n: int) -> bool:
    """Whether a score of n answers must be marked as a small sample."""
    return n < SMALL_SAMPLE_N


def two_sided_p(z: float) -> float:
    """Chance of a standard normal value at least as far from zero as z."""
    return 2.0 * NormalDist().cdf(-abs(z))
