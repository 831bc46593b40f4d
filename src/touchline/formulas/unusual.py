"""Durations that stand out among others: more than three robust standard deviations above the median, in logarithms.

Durations spread by factors, so they are compared as logarithms; median and MAD do not move with the very waits looked for.
Sources: Hampel 1974, JASA 69:383 (the MAD); Leys et al. 2013, J Experimental Social Psychology 49:764 (three of them).
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from touchline.formulas.evidence import SMALL_SAMPLE_N

STANDS_OUT: Final = 3.0
MAD_TO_SD: Final = 1.4826
"""The standard deviation of a normal distribution over its median absolute deviation."""


def unusually_long(seconds: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Return which durations (above 0) are unusually long; none where fewer than thirty are known or all are alike."""
    if len(seconds) < SMALL_SAMPLE_N:
        return np.zeros(len(seconds), np.bool_)
    logarithm = np.log(seconds)
    middle = np.median(logarithm)
    spread = MAD_TO_SD * np.median(np.abs(logarithm - middle))
    found: NDArray[np.bool_] = logarithm > middle + STANDS_OUT * spread
    return found if spread > 0 else np.zeros(len(seconds), np.bool_)
