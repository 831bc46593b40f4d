"""What models of buying look at: how often each customer bought again, when last, and for how long they are known."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

DAYS_A_WEEK = 7.0


@dataclass(frozen=True)
class Histories:
    """One entry per customer, arrays of one length. Two purchases of one day are one: the clock ticks in days."""

    repeats: Floats
    """Purchases after the first."""
    last: Floats
    """Weeks from the first purchase to the last; 0 where there was one only."""
    age: Floats
    """Weeks from the first purchase to the end of the data."""

    def __len__(self) -> int:
        return len(self.repeats)

    def of(self, chosen: NDArray[np.bool_] | NDArray[np.int64]) -> Histories:
        """Some of the customers."""
        return Histories(self.repeats[chosen], self.last[chosen], self.age[chosen])

    def older(self, weeks: float) -> Histories:
        """The same customers after so many weeks in which none of them bought."""
        return Histories(self.repeats, self.last, self.age + weeks)


def histories(customer: NDArray[np.int64], day: NDArray[np.int64], until: int) -> tuple[NDArray[np.int64], Histories]:
    """Return the customers of purchases up to and on the day `until`, and their histories in the same order.

    `customer` and `day` (a day number) have one entry per purchase, in any order.
    """
    seen = day <= until
    days = np.unique(np.stack([customer[seen], day[seen]]), axis=1)
    who, first_at, count = np.unique(days[0], return_index=True, return_counts=True)
    first, last = days[1][first_at], days[1][first_at + count - 1]
    return who, Histories((count - 1).astype(np.float64), (last - first) / DAYS_A_WEEK, (until - first) / DAYS_A_WEEK)
