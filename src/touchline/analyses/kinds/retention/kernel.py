"""Groups and their returns out of bits: one row of booleans per period, one column per unit."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from touchline.analyses.questions.activity import Active, as_rows
from touchline.analyses.questions.cluster_sums import sums_of

AT_ONCE = 500_000
"""Units looked at together: some 60 MB at 120 periods."""


@dataclass(frozen=True)
class CohortCounts:
    """Whole numbers that add up over buckets."""

    n: int
    began: NDArray[np.int64]
    """By cohort."""
    came: NDArray[np.int64]
    """By cohort and by how many periods later, 0 left empty."""
    sums: NDArray[np.int64]
    """By how many periods later: x, n, clusters, Σx², Σxn, Σn² of units, over cohorts whose period is over."""

    def __add__(self, other: CohortCounts) -> CohortCounts:
        return CohortCounts(self.n + other.n, self.began + other.began, self.came + other.came, self.sums + other.sums)


def began_in(active: Active, periods: int, *, first_time: bool) -> NDArray[np.bool_]:
    """Periods by units: who belongs to which cohort."""
    if first_time:
        first_in: NDArray[np.bool_] = active.first[None, :] == np.arange(periods)[:, None]
        return first_in
    return as_rows(active.began, periods)


def count_cohorts(
    active: Active, periods: int, whole: int, later: int, *, first_time: bool, or_later: bool
) -> CohortCounts:
    """Count who came back so many periods after beginning; `whole` periods of the window are over."""
    counts = CohortCounts(
        0, np.zeros(periods, np.int64), np.zeros((periods, later + 1), np.int64), np.zeros((later + 1, 6), np.int64)
    )
    for start in range(0, max(active.unit.size, 1), AT_ONCE):
        some = active.between(start, start + AT_ONCE)
        began = began_in(some, periods, first_time=first_time)
        came = as_rows(some.came, periods)
        if or_later:
            came = np.logical_or.accumulate(came[::-1], axis=0)[::-1]
        counts = counts + _count(began, came, whole, later)
    return counts


def _count(began: NDArray[np.bool_], came: NDArray[np.bool_], whole: int, later: int) -> CohortCounts:
    periods, units = began.shape
    counted = np.zeros((periods, later + 1), np.int64)
    sums = np.zeros((later + 1, 6), np.int64)
    for after in range(1, min(later, periods - 1) + 1):
        x, n = np.zeros(units, np.int32), np.zeros(units, np.int32)
        for cohort in range(periods - after):
            both = began[cohort] & came[cohort + after]
            counted[cohort, after] = np.count_nonzero(both)
            if cohort + after < whole:
                x += both
                n += began[cohort]
        sums[after] = sums_of(x, n)
    return CohortCounts(int(began.any(axis=0).sum()), began.sum(axis=1), counted, sums)


def who_came_back(
    active: Active, periods: int, later: int, *, first_time: bool
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Who began, and who of them came back at most so many periods later: one place per unit each."""
    began = began_in(active, periods, first_time=first_time)
    came = as_rows(active.came, periods)
    back: NDArray[np.bool_] = np.zeros(active.unit.size, np.bool_)
    for after in range(1, min(later, periods - 1) + 1):
        back |= (began[:-after] & came[after:]).any(axis=0)
    started: NDArray[np.bool_] = np.any(began, axis=0)
    return started, back


@dataclass(frozen=True)
class Amounts:
    """Value by unit, cohort and how many periods later, in ten-thousandths: one row each, in any order."""

    unit: NDArray[np.int64]
    cohort: NDArray[np.int64]
    later: NDArray[np.int64]
    currency: NDArray[np.str_]
    value: NDArray[np.int64]


def amounts_of(
    active: Active,
    spent: dict[str, NDArray],  # type: ignore[type-arg]
    periods: int,
    later: int,
    *,
    first_time: bool,
) -> Amounts:
    """Give each unit's value of a period to the cohorts to which the unit belongs; `spent` are columns of a table."""
    order = np.argsort(active.unit)
    began = began_in(active, periods, first_time=first_time)[:, order]
    at = np.searchsorted(active.unit[order], spent["unit"])
    period = spent["period"]
    cohort, row = np.nonzero(began[:, at] & (np.arange(periods)[:, None] <= period[None, :]))
    after = period[row] - cohort
    kept = after <= later
    row, cohort, after = row[kept], cohort[kept], after[kept]
    return Amounts(spent["unit"][row], cohort, after, spent["currency"][row], spent["value"][row])
