"""Figures with their intervals, as they leave the capability."""

from __future__ import annotations

from dataclasses import dataclass

from touchline.formulas.proportion import Proportion


@dataclass(frozen=True)
class Range:
    """A figure with its interval: 80 % for money, 95 % for shares and days."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class ShareOf:
    """A share, 0..1, with its 95 % interval and the counts it is made of."""

    value: float
    low: float
    high: float
    count: int
    of: int


def share_of(found: Proportion) -> ShareOf | None:
    """Return the share as it leaves; None where it cannot be said."""
    if found.value is None or found.low is None or found.high is None:
        return None
    return ShareOf(found.value, found.low, found.high, found.count, found.of)
