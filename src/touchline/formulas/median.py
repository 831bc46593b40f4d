"""The median with an interval that assumes nothing about how the values are spread.

The number of values below the true median is binomial with chance one half, so that the values at two ranks enclose it.
Source: David and Nagaraja 2003, Order Statistics, section 7.1; the ranks by the normal approximation with half a rank
added on both sides, which keeps the chance at 95 % or more from six values on.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import floor, sqrt

import numpy as np
from numpy.typing import ArrayLike, NDArray

from touchline.formulas.evidence import Z_95, is_enough


@dataclass(frozen=True)
class Median:
    """In the unit of the values; None below five of them."""

    value: float | None
    low: float | None
    high: float | None
    n: int


def median(values: ArrayLike, z: float = Z_95) -> Median:
    """Return the median with its 95 % interval."""
    given: NDArray[np.float64] = np.asarray(values, dtype=np.float64)
    n = given.size
    if not is_enough(n):
        return Median(None, None, None, n)
    lowest = max(floor((n - 1) / 2 - z * sqrt(n) / 2), 0)
    ranks = [lowest, (n - 1) // 2, n // 2, n - 1 - lowest]
    low, below, above, high = np.partition(given, ranks)[ranks].tolist()
    return Median((below + above) / 2, low, high, n)
