"""Active users of a day, of seven and of 28 days, out of booleans: one row per day, one column per unit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from touchline.analyses.questions.activity import Active, as_rows
from touchline.analyses.questions.cluster_sums import NONE, sums_of

WEEK_DAYS: Final = 7
MONTH_DAYS: Final = 28
"""Four whole weeks: with 30 days some weekdays would count five times."""
PAIRS: Final = ((1, WEEK_DAYS), (1, MONTH_DAYS), (WEEK_DAYS, MONTH_DAYS))
"""Active within the shorter of those active within the longer, both ending on the same day."""
LENGTHS: Final = (1, WEEK_DAYS, MONTH_DAYS)
AT_ONCE = 100_000


@dataclass(frozen=True)
class Days:
    """Which days are counted; positions in the window of the activity."""

    count: int
    first_seen: int
    """The first day with data."""
    stretches: tuple[tuple[int, int], ...]
    """Days of each week or month that are over: from, up to but not including."""
    counted_in: tuple[int, int] | None
    """Days of the last whole week or month."""

    def of(self, start: int, end: int, length: int) -> slice:
        """Those days whose window of so many days lies within the data."""
        return slice(min(max(start, self.first_seen + length - 1), end), end)


@dataclass(frozen=True)
class StickinessCounts:
    """Whole numbers that add up over buckets."""

    n: int
    active: NDArray[np.int64]
    """By length and stretch, the last of which is all of them: sums over its days."""
    sums: NDArray[np.int64]
    """By pair and stretch: what the share rests on."""
    by_days: NDArray[np.int64]
    """By how many active days, from 0."""

    def __add__(self, other: StickinessCounts) -> StickinessCounts:
        return StickinessCounts(
            self.n + other.n, self.active + other.active, self.sums + other.sums, self.by_days + other.by_days
        )


def count_days(active: Active, days: Days) -> StickinessCounts:
    """Count over all units."""
    stretches, longest = len(days.stretches) + 1, 32
    found = StickinessCounts(
        0,
        np.zeros((len(LENGTHS), stretches), np.int64),
        np.zeros((len(PAIRS), stretches, len(NONE)), np.int64),
        np.zeros(longest, np.int64),
    )
    for start in range(0, active.unit.size, AT_ONCE):
        found = found + _count(active.between(start, start + AT_ONCE), days, longest)
    return found


def _count(active: Active, days: Days, longest: int) -> StickinessCounts:
    rows = as_rows(active.began, days.count)
    within = {length: _within(rows, length) for length in LENGTHS}
    stretches = [*days.stretches, (days.stretches[0][0], days.stretches[-1][1])]
    actives = [[int(within[length][days.of(*each, length)].sum()) for each in stretches] for length in LENGTHS]
    sums = [
        [
            sums_of(*(within[length][days.of(*each, longer)].sum(axis=0) for length in (shorter, longer)))
            for each in stretches
        ]
        for shorter, longer in PAIRS
    ]
    by_days = np.zeros(longest, np.int64)
    if days.counted_in is not None:
        by_days = np.bincount(rows[slice(*days.counted_in)].sum(axis=0), minlength=longest)
        by_days[0] = 0
    asked = rows[slice(stretches[-1][0], None)]
    return StickinessCounts(int(asked.any(axis=0).sum()), np.array(actives), np.array(sums), by_days)


def _within(rows: NDArray[np.bool_], length: int) -> NDArray[np.bool_]:
    """Whether a unit was active on a day or on one of the days before it, so many days in all."""
    if length == 1:
        return rows
    so_far = np.concatenate([np.zeros((1, rows.shape[1]), np.int16), rows.cumsum(axis=0, dtype=np.int16)])
    begins = np.maximum(np.arange(1, so_far.shape[0]) - length, 0)
    return so_far[1:] > so_far[begins]
