"""What a share may truly be, given so many of so many: the exact interval, and whether it allows what was promised.

Source: Clopper and Pearson 1934, Biometrika 26:404. It never covers less often than it says, so that a promise is called
broken only where chance does not explain what was seen.
"""

from __future__ import annotations

SURE = 0.99


def exact_interval(count: int, of: int, confidence: float = SURE) -> tuple[float, float]:
    """Return both ends of the interval, 0..1. Raises ValueError on impossible counts; nothing seen allows everything."""
    if not 0 <= count <= of:
        raise ValueError(f"{count} of {of} is not a share: the count must lie between 0 and {of}.")
    if of == 0:
        return 0.0, 1.0
    from scipy.special import betaincinv  # takes a fifth of a second to import

    tail = (1 - confidence) / 2
    low = 0.0 if count == 0 else float(betaincinv(count, of - count + 1, tail))
    high = 1.0 if count == of else float(betaincinv(count + 1, of - count, 1 - tail))
    return low, high


def allows(count: int, of: int, least: float = 0.0, most: float = 1.0, confidence: float = SURE) -> bool:
    """Whether a true share between `least` and `most` may have given so many of so many."""
    low, high = exact_interval(count, of, confidence)
    return low <= most and high >= least
