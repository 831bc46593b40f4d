"""A ratio of two sums over the same customers, such as what they spent in a later week for each unit of the first.

Both sums vary from customer to customer, and together: the interval rests on how far each customer lies from the common
ratio. Source: Cochran 1977, Sampling Techniques, 3rd edition, section 6.4 (equation 6.13), with Student's t.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum, sqrt

from touchline.formulas.evidence import DETECTABLE_SE, UNKNOWN_CHANGE, Z_95, Change, is_enough, two_sided_p


@dataclass(frozen=True)
class Ratio:
    """Σ numerators / Σ denominators; None below five customers, or where the denominators do not add up to more than 0."""

    n: int
    value: float | None
    low: float | None
    high: float | None
    error: float | None
    """Standard error."""


def ratio(numerators: Sequence[float], denominators: Sequence[float], confidence: float = 0.95) -> Ratio:
    """Return the ratio of the sums of n customers, in the same order, with its interval."""
    n, below = len(denominators), fsum(denominators)
    if not is_enough(n) or below <= 0:
        return Ratio(n, None, None, None, None)
    from scipy.special import stdtrit  # takes a fifth of a second to import; most commands ask for no ratio

    value = fsum(numerators) / below
    squared = fsum((above - value * under) ** 2 for above, under in zip(numerators, denominators, strict=True))
    error = sqrt(n / (n - 1) * squared) / below
    margin = float(stdtrit(n - 1, (1 + confidence) / 2)) * error
    return Ratio(n, value, value - margin, value + margin, error)


def ratio_change(second: Ratio, first: Ratio, z: float = Z_95) -> Change:
    """Return second − first of two groups of different customers; unknown where one cannot be said."""
    if second.value is None or first.value is None or second.error is None or first.error is None:
        return UNKNOWN_CHANGE
    gap, error = second.value - first.value, sqrt(second.error**2 + first.error**2)
    if error == 0:
        return Change(gap, gap, gap, is_noise=gap == 0, p=float(gap == 0), detectable=0.0)
    return Change(
        gap,
        gap - z * error,
        gap + z * error,
        is_noise=abs(gap) <= z * error,
        p=two_sided_p(gap / error),
        detectable=DETECTABLE_SE * error,
    )
