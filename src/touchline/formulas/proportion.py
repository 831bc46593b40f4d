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


def wilson(count: int, of: int, z: float = Z_95) -> tuple[float, float]:
    """Return both ends of Wilson's score interval (Newcombe 1998a, method 3); needs at least one observation."""
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
    now_low, now_high = wilson(now.count, now.of, z)
    before_low, before_high = wilson(before.count, before.of, z)
    gap = now.value - before.value
    low = gap - sqrt((now.value - now_low) ** 2 + (before_high - before.value) ** 2)
    high = gap + sqrt((now_high - now.value) ** 2 + (before.value - before_low) ** 2)
    pooled = (now.count + before.count) / (now.of + before.of)
    error = sqrt(pooled * (1 - pooled) * (1 / now.of + 1 / before.of))
    return Change(
        gap,
        low,
        high,
        is_noise=low <= 0 <= high,
        p=two_sided_p(gap / error) if error else 1.0,
        detectable=DETECTABLE_SE * error,
    )
