"""The mean of answers on a scale, with Student's t interval, and Welch's comparison of two of them.

Sources: Student 1908, Biometrika 6:1; Welch 1947, Biometrika 34:28.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from touchline.formulas.evidence import DETECTABLE_SE, UNKNOWN_CHANGE, Change, is_enough

LIMB_BITS = 17
"""Products of two such limbs can be added up half a thousand million times before 63 bits are full."""


@dataclass(frozen=True)
class Sample:
    """What a mean needs of its answers: how many, their sum, and the sum of their squares."""

    n: int
    total: float
    squares: float

    @property
    def mean(self) -> float:
        """Sum over count."""
        return self.total / self.n

    @property
    def variance(self) -> float:
        """Unbiased variance; 0 for a single answer."""
        return max(self.squares - self.n * self.mean**2, 0.0) / max(self.n - 1, 1)


@dataclass(frozen=True)
class Mean:
    """A mean on the scale of the answers, with its 95 % interval; None below five answers."""

    value: float | None
    low: float | None
    high: float | None
    n: int


def sample(answers: Mapping[float, int]) -> Sample:
    """Sum up answers given as value → how often."""
    return Sample(
        n=sum(answers.values()),
        total=sum(value * count for value, count in answers.items()),
        squares=sum(value * value * count for value, count in answers.items()),
    )


def sample_of_whole(numbers: NDArray[np.int64], per_unit: int) -> Sample:
    """Sum up whole numbers from 0 to 2^51, `per_unit` of which make one unit of the answer.

    Adding up floating-point numbers gives another last digit in another order; these sums are exact in every order.
    """
    limbs = [(numbers >> shift) & (2**LIMB_BITS - 1) for shift in range(0, 3 * LIMB_BITS, LIMB_BITS)]
    total = sum(int(limb.sum()) << at * LIMB_BITS for at, limb in enumerate(limbs))
    squares = sum(
        int(one @ other) << (i + j) * LIMB_BITS for i, one in enumerate(limbs) for j, other in enumerate(limbs)
    )
    return Sample(n=numbers.size, total=total / per_unit, squares=squares / per_unit**2)


def mean(answers: Sample, low: float, high: float, confidence: float = 0.95) -> Mean:
    """Return the mean with its t interval, kept within the ends of the scale (`low`, `high`)."""
    if not is_enough(answers.n):
        return Mean(None, None, None, answers.n)
    from scipy.special import stdtrit  # takes a fifth of a second to import; most commands ask for no mean

    quantile = float(stdtrit(answers.n - 1, (1 + confidence) / 2))
    margin = quantile * sqrt(answers.variance / answers.n)
    return Mean(answers.mean, max(answers.mean - margin, low), min(answers.mean + margin, high), answers.n)


def mean_change(now: Sample, before: Sample, confidence: float = 0.95) -> Change:
    """Return the difference of two means with Welch's interval; unknown where either has fewer than five answers."""
    if not (is_enough(now.n) and is_enough(before.n)):
        return UNKNOWN_CHANGE
    from scipy.special import stdtr, stdtrit

    gap = now.mean - before.mean
    part_now, part_before = now.variance / now.n, before.variance / before.n
    error = sqrt(part_now + part_before)
    if error == 0:
        return Change(gap, gap, gap, is_noise=gap == 0, p=float(gap == 0), detectable=0.0)
    degrees = error**4 / (part_now**2 / (now.n - 1) + part_before**2 / (before.n - 1))
    margin = float(stdtrit(degrees, (1 + confidence) / 2)) * error
    return Change(
        gap,
        gap - margin,
        gap + margin,
        is_noise=abs(gap) <= margin,
        p=2 * float(stdtr(degrees, -abs(gap) / error)),
        detectable=DETECTABLE_SE * error,
    )
