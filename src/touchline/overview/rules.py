"""How a difference from the journey mean reads: the one place that decides what colour and words say."""

from __future__ import annotations

from enum import Enum
from typing import Final

NEAR_THE_MEAN_POINTS: Final = 5.0
"""The same five points below which no touchpoint is called high or low."""
FAR_FROM_THE_MEAN_POINTS: Final = 20.0


class Tone(Enum):
    """Five readings of a difference; the value is what people read."""

    MUCH_BETTER = "much better"
    BETTER = "better"
    MEAN = "about the mean"
    WORSE = "worse"
    MUCH_WORSE = "much worse"


def tone_of(difference: float) -> Tone:
    """Read a difference from the journey mean, in points of −200 to +200."""
    if difference >= FAR_FROM_THE_MEAN_POINTS:
        return Tone.MUCH_BETTER
    if difference >= NEAR_THE_MEAN_POINTS:
        return Tone.BETTER
    if difference > -NEAR_THE_MEAN_POINTS:
        return Tone.MEAN
    if difference > -FAR_FROM_THE_MEAN_POINTS:
        return Tone.WORSE
    return Tone.MUCH_WORSE
