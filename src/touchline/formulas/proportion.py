"""Shares: a count out of a count, with Wilson's interval, and the difference of two shares with Newcombe's.

Sources: Wilson 1927, JASA 22:209; Newcombe 1998, Statistics in Medicine 17:857 (one share) and 17:873 (difference,
method 10).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

from touchline.formulas.evidence import DETECTABLE_SE, UNKNOWN_CHANGE, Z_95, Change, is_enough, two_sided_p


@dataclass(frozen=True)
class Proportion:
    """A share with its counts. value, low and high are 0..1, and None where `of` is below five."""

    count: int
    of: int
    value: float | None
    low: float | None
    high: float | None


def share(count: int, of: int, z: float = Z_95) -> Proportion:
    """Return count / of with its Wilson interval; None below five. Raises ValueError on impossible counts."""
    if not 0 <= count <= of:
        raise ValueError(f"{count} of {of} is not a share: the count must lie between 0 and {of}.")
    if not is_enough(of):
        return Proportion(count, of, None, None, None)
    low, high = wilson(count, of, z)
    return Proportion(count, of, count / of, low, high)


def wilson(count: float, of: float, z: float = Z_95) -> tuple[float, float]:
    """Return both ends of Wilson's score interval (Newcombe 1998a, method 3); needs at least one observation.

    Counts need not be whole: those of clustered observations are divided by their design effect (formulas/clustered.py).
    """
    observed = count / of
    middle = 2 * of * observed + z * z
    spread = z * sqrt(z * z + 4 * of * observed * (1 - observed))
    scale = 2 * (of + z * z)
    low = 0.0 if count == 0 else (middle - spread) / scale
    high = 1.0 if count == of else (middle + spread) / scale
    return low, high


def difference(now: Proportion, before: Proportion, z: float = Z_95) -> Change:
    """Return now − before with Newcombe's hybrid score interval (1998b, method 10); unknown below five."""
    if now.value is None or before.value is None:
        return UNKNOWN_CHANGE
    return newcombe(now.count, now.of, before.count, before.of, z)


def newcombe(now_count: float, now_of: float, before_count: float, before_of: float, z: float = Z_95) -> Change:
    """Return the difference of two shares by their counts, which need not be whole; needs one observation on each side."""
    now, before = now_count / now_of, before_count / before_of
    now_low, now_high = wilson(now_count, now_of, z)
    before_low, before_high = wilson(before_count, before_of, z)
    gap = now - before
    low = gap - sqrt((now - now_low) ** 2 + (before_high - before) ** 2)
    high = gap + sqrt((now_high - now) ** 2 + (before - before_low) ** 2)
    pooled = (now_count + before_count) / (now_of + before_of)
    error = sqrt(pooled * (1 - pooled) * (1 / now_of + 1 / before_of))
    return Change(
        gap,
        low,
        high,
        is_noise=low <= 0 <= high,
        p=two_sided_p(gap / error) if error else 1.0,
        detectable=DETECTABLE_SE * error,
    )
