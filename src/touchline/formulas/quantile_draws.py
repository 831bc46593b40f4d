"""Draws of an amount of which only the median and the 80 % interval are kept.

Each half of the normal distribution is stretched to its own quantile, so that median, 10 % and 90 % quantile are exactly
those given; between and beyond them the shape is the normal one's. Fechner's two-piece idea (Wallis 2014, Statistical
Science 29:106), split at the median so that each side has half of the draws.
"""

from __future__ import annotations

import numpy as np

from touchline.formulas.draws import DRAWS, Draws, normal_draws
from touchline.formulas.evidence import Z_80


def quantile_draws(key: str, median: float, low: float, high: float, draws: int = DRAWS) -> Draws:
    """Return draws with this median and 80 % interval; the same for the same key. Raises ValueError unless in order."""
    if not low <= median <= high:
        raise ValueError(f"{low:g}, {median:g} and {high:g} are not the ends and the middle of an interval.")
    normal = normal_draws(key, 0.0, 1.0, draws)
    return median + normal * np.where(normal < 0, median - low, high - median) / Z_80
