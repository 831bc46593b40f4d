"""A target metric week by week and group by group, and what its past says about measuring a change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import numpy as np
from numpy.typing import NDArray

Counts = NDArray[np.float64]

DAYS_A_WEEK: Final = 7
EVERYBODY: Final = ""
"""Name of the one group where customers are not divided, and of those who are in no group where they are."""
PLACE_WORDS: Final = (
    "area",
    "branch",
    "city",
    "country",
    "county",
    "district",
    "market",
    "province",
    "region",
    "site",
    "state",
    "store",
    "team",
    "territory",
)
"""Facts about customers with one of these words in their name divide them by place; what they did must not divide them."""
MOST_GROUPS: Final = 60


@dataclass(frozen=True)
class WeeklyCounts:
    """How much was counted in each week and group. Weeks are seven days and begin with the launch, or with the day after the data."""

    anchor: date
    """First day of week 0."""
    first_week: int
    """Number of the first column; negative lies before the anchor."""
    groups: tuple[str, ...]
    n: Counts
    """Shape (groups, weeks): visits or answers."""
    total: Counts
    """Sum of the metric over them."""

    @property
    def weeks(self) -> int:
        """How many weeks there are."""
        return int(self.n.shape[1])

    @property
    def before(self) -> int:
        """How many of them lie before the anchor."""
        return max(min(-self.first_week, self.weeks), 0)

    @property
    def after(self) -> int:
        """How many of them lie after it."""
        return self.weeks - self.before

    def day(self, column: int) -> date:
        """First day of a week."""
        return self.anchor + timedelta(days=DAYS_A_WEEK * (self.first_week + column))

    def named(self) -> WeeklyCounts:
        """Without customers who are in no group."""
        kept = [row for row, group in enumerate(self.groups) if group != EVERYBODY]
        return self.of_rows(kept)

    def of_rows(self, rows: Iterable[int]) -> WeeklyCounts:
        """Some of the groups."""
        kept = list(rows)
        return WeeklyCounts(
            self.anchor, self.first_week, tuple(self.groups[row] for row in kept), self.n[kept], self.total[kept]
        )

    def of_columns(self, start: int, stop: int) -> WeeklyCounts:
        """Some of the weeks, by column."""
        return WeeklyCounts(
            self.anchor, self.first_week + start, self.groups, self.n[:, start:stop], self.total[:, start:stop]
        )

    def levels(self) -> Counts:
        """The metric per group and week; NaN where nothing was counted."""
        return _means(self.total, self.n)

    def series(self) -> Counts:
        """The metric of all groups together per week; NaN where nothing was counted."""
        return _means(self.total.sum(axis=0), self.n.sum(axis=0))

    def level(self) -> float | None:
        """The metric over everything counted; None where nothing was."""
        n = float(self.n.sum())
        return float(self.total.sum()) / n if n else None

    def complete(self) -> WeeklyCounts:
        """Only groups that were counted in every week."""
        return self.of_rows(row for row in range(len(self.groups)) if (self.n[row] > 0).all())


def _means(total: Counts, n: Counts) -> Counts:
    means: Counts = np.divide(total, n, out=np.full(n.shape, np.nan), where=n > 0)
    return means


def weekly_counts(
    anchor: date, cells: Mapping[tuple[str, int], tuple[float, float]], first: date, until: date
) -> WeeklyCounts:
    """Lay counted cells (group, week → n and sum) out; only weeks that lie wholly from `first` to the day before `until`."""
    first_week = -((anchor - first).days // DAYS_A_WEEK)
    weeks = max((until - anchor).days // DAYS_A_WEEK - first_week, 0)
    groups = tuple(sorted({group for group, _ in cells}))
    rows = {group: row for row, group in enumerate(groups)}
    n, total = np.zeros((len(groups), weeks)), np.zeros((len(groups), weeks))
    for (group, week), (count, amount) in cells.items():
        if 0 <= week - first_week < weeks:
            n[rows[group], week - first_week] = count
            total[rows[group], week - first_week] = amount
    return WeeklyCounts(anchor, first_week, groups, n, total)


def is_place(key: str) -> bool:
    """Whether a fact about customers says where they are."""
    words = key.casefold().replace("-", "_").replace(" ", "_").split("_")
    return any(word in PLACE_WORDS for word in words)


def changes_by_group(counts: WeeklyCounts, weeks: int) -> list[float]:
    """By how much each group's metric changed between the last two stretches of so many weeks; groups with a gap are left out."""
    complete = counts.named()
    earlier = complete.of_columns(complete.weeks - 2 * weeks, complete.weeks - weeks)
    later = complete.of_columns(complete.weeks - weeks, complete.weeks)
    found = []
    for row in range(len(complete.groups)):
        before, after = earlier.of_rows([row]).level(), later.of_rows([row]).level()
        if before is not None and after is not None:
            found.append(after - before)
    return found
