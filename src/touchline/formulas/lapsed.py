"""Who has lapsed, where nobody says that they leave.

A customer counts as lapsed who has been silent for longer than nearly all customers of their own segment ever are between
two purchases (the 95th percentile), or whom the model of buying gives less than one chance in five to be still there.
Never 'no purchase in 90 days' for everybody: who buys wine every month is gone by then, who buys a mattress is not.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from touchline.formulas.cannot_say import CannotSay

SILENT_QUANTILE = 0.95
LEAST_ALIVE = 0.2
FEWEST_GAPS = 30

Days = NDArray[np.int64]


@dataclass(frozen=True)
class Silence:
    """After how many days without a purchase a customer of a segment counts as lapsed."""

    days: float
    gaps: int
    """Gaps between two purchases it is the 95th percentile of."""


@dataclass(frozen=True)
class Tenures:
    """How long customers stayed until they first fell silent for too long; arrays of one length."""

    days: NDArray[np.float64]
    """From the first purchase to the day the silence became too long, or to the end of the data."""
    ended: NDArray[np.bool_]


def silence_limit(customer: Days, day: Days) -> Silence | CannotSay:
    """Return the limit of a segment from its purchases, one entry per purchase; two of one day are one."""
    days = np.unique(np.stack([customer, day]), axis=1)
    gaps = np.diff(days[1])[days[0][1:] == days[0][:-1]]
    if len(gaps) < FEWEST_GAPS:
        return CannotSay(
            "too-few-gaps",
            f"{len(gaps):,} times somebody bought again; how long a usual silence is can be said from {FEWEST_GAPS} on.",
        )
    return Silence(float(np.quantile(gaps, SILENT_QUANTILE)), len(gaps))


def has_lapsed(
    silent_days: NDArray[np.float64], limit_days: NDArray[np.float64], alive: NDArray[np.float64]
) -> NDArray[np.bool_]:
    """Whether each customer has: silent for longer than the limit, or alive with less than one chance in five.

    Infinite limits and chances that are not known (NaN) decide nothing.
    """
    return (silent_days > limit_days) | (np.nan_to_num(alive, nan=1.0) < LEAST_ALIVE)


def tenures(customer: Days, day: Days, until: int, limit_days: float) -> Tenures:
    """Return how long each customer stayed, in the order of their numbers; who came back later had lapsed all the same."""
    if not len(day):
        return Tenures(np.zeros(0), np.zeros(0, dtype=bool))
    who, at = np.unique(np.stack([customer, day]), axis=1)
    starts = np.flatnonzero(np.append(True, who[1:] != who[:-1]))
    next_seen = np.append(at[1:], until)
    next_seen[np.append(starts[1:], len(who)) - 1] = until
    places = np.where(next_seen - at > limit_days, np.arange(len(who)), len(who))
    earliest = np.minimum.reduceat(places, starts)
    ended = earliest < len(who)
    last = np.where(ended, at[np.minimum(earliest, len(who) - 1)] + limit_days, until)
    return Tenures(last - at[starts], ended)
