"""Who has lapsed, where nobody says that they leave; and how long customers go on buying until they do.

A customer counts as lapsed who has been silent for longer than nearly all customers of their own segment ever are between
two purchases (the 95th percentile). Never 'no purchase in 90 days' for everybody: who buys wine every month is gone by
then, who buys a mattress is not. Beside it stands who will hardly buy again: with less than one chance in five, by the
model of buying. That is said of the future; where most buy once only, it holds the day after their purchase.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from touchline.formulas.cannot_say import CannotSay

SILENT_QUANTILE = 0.95
HARDLY_ALIVE = 0.2
"""Chance to buy again below which a customer will hardly do so."""
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
    """How long customers went on buying; arrays of one length, by the customers' numbers."""

    customer: Days
    """Those who bought at least the limit before the data end: of the others nothing is known yet."""
    days: Days
    """From the first purchase to the last one before the silence; 0 for those who did not come back in time."""
    ended: NDArray[np.bool_]
    """False: still buying when the limit began that ends with the data."""


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


def tenures(customer: Days, day: Days, until: int, limit_days: float) -> Tenures:
    """Return how long each customer went on buying; who came back after too long a silence had lapsed all the same.

    Everybody is followed to one limit before the data end, so that each silence counted can be seen to be too long.
    """
    followed_until = int(np.floor(until - limit_days))
    seen = day <= followed_until
    if not seen.any():
        return Tenures(customer[:0], day[:0], np.zeros(0, dtype=bool))
    who, at = np.unique(np.stack([customer, day])[:, np.isin(customer, customer[seen])], axis=1)
    starts = np.flatnonzero(np.append(True, who[1:] != who[:-1]))
    next_seen = np.append(at[1:], until)
    next_seen[np.append(starts[1:], len(who)) - 1] = until
    is_last = (next_seen - at > limit_days) & (at <= followed_until)
    earliest = np.minimum.reduceat(np.where(is_last, np.arange(len(who)), len(who)), starts)
    ended = earliest < len(who)
    last = np.where(ended, at[np.minimum(earliest, len(who) - 1)], followed_until)
    return Tenures(who[starts], last - at[starts], ended)
