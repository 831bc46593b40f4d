"""The values a measurement of a roll-out rests on: one number per group (a region, a shop, a team) and period."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from touchline.formulas.cannot_say import CannotSay

Values = NDArray[np.float64]
NEVER = -1
"""The start of a group that never got the change."""


@dataclass(frozen=True, eq=False)
class Panel:
    """Groups by periods."""

    groups: tuple[str, ...]
    values: Values
    """One row per group, one column per period, in order of time; NaN where a group has no value."""
    starts: NDArray[np.int64]
    """The first period with the change, per group, counted from 0; NEVER for groups without it."""

    @property
    def periods(self) -> int:
        """How many periods there are."""
        return int(self.values.shape[1])

    @property
    def treated(self) -> NDArray[np.bool_]:
        """Which groups got the change."""
        treated: NDArray[np.bool_] = self.starts != NEVER
        return treated

    @property
    def dates(self) -> tuple[int, ...]:
        """The different starts, earliest first."""
        return tuple(int(start) for start in np.unique(self.starts[self.treated]))

    def until(self, period: int) -> Panel:
        """Only the periods before this one; groups that start later never got the change."""
        starts = np.where(self.starts < period, self.starts, NEVER)
        return replace(self, values=self.values[:, :period], starts=starts)


def panel(groups: Sequence[str], values: Sequence[Sequence[float]] | Values, starts: Sequence[int | None]) -> Panel:
    """Put a panel together; a start of None is a group that never got the change.

    Raises ValueError where names, rows and starts differ in number, or a start lies outside the periods.
    """
    table = np.asarray(values, dtype=np.float64)
    if table.ndim != 2 or not len(groups) == table.shape[0] == len(starts):
        raise ValueError(f"{len(groups)} groups, {len(starts)} starts and values of shape {table.shape} do not fit.")
    if any(start is not None and not 0 <= start < table.shape[1] for start in starts):
        raise ValueError(f"Every start must lie within the {table.shape[1]} periods.")
    return Panel(
        tuple(groups), table, np.array([NEVER if start is None else start for start in starts], dtype=np.int64)
    )


def with_holes(found: Panel) -> CannotSay | None:
    """Why a panel with missing values cannot be measured; None where it has a value everywhere."""
    missing = np.isnan(found.values).sum(axis=1)
    if not missing.any():
        return None
    named = [f"{found.groups[at]} ({missing[at]})" for at in np.flatnonzero(missing)[:3]]
    more = f" and {np.count_nonzero(missing) - 3} more" if np.count_nonzero(missing) > 3 else ""
    return CannotSay(
        "holes",
        f"Some groups have no value in some of the {found.periods} periods: {', '.join(named)}{more}. Take longer "
        "periods, or leave these groups out.",
    )
