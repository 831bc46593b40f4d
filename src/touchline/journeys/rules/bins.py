"""Waiting times in bins: 32 to each doubling, so a bin is at most 3.2 % wide, and 1, 7 and 30 days are edges.

The bin of a duration is read off its floating-point number: exponent and the first five bits of the fraction. A bin
holds what is longer than its lower edge and not longer than its upper one.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

SECONDS_PER_DAY = 86_400.0

_FRACTION_BITS = 5
_SHIFT = 52 - _FRACTION_BITS
_SHORTEST_DAYS = 2.0**-17
"""0.66 s; whatever is shorter falls into the first bin."""
_LONGEST_DAYS = 2.0**12
_FIRST = int(np.array([_SHORTEST_DAYS]).view(np.int64)[0]) >> _SHIFT
_LAST = (int(np.array([_LONGEST_DAYS]).view(np.int64)[0]) - 1) >> _SHIFT

BINS = _LAST - _FIRST + 1


def bin_of_seconds(seconds: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return the bin, 0..BINS − 1, of each duration; shorter and longer ones fall into the outermost bins."""
    days = np.clip(seconds / SECONDS_PER_DAY, _SHORTEST_DAYS * 1.001, _LONGEST_DAYS)
    bits: NDArray[np.int64] = days.view(np.int64)
    bits -= 1
    bits >>= _SHIFT
    bits -= _FIRST
    return bits


def upper_edges_days() -> NDArray[np.float64]:
    """Return the upper edge of every bin, in days."""
    bits: NDArray[np.int64] = (np.arange(BINS, dtype=np.int64) + _FIRST + 1) << _SHIFT
    edges: NDArray[Any] = bits.view(np.float64)
    return edges
