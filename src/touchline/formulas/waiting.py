"""Time to the next step when some never take it: how many have gone on, left, or not decided yet, by any day.

Going on and leaving compete, and who is still undecided when the data end is censored. The Aalen–Johansen estimator
counts all three; the median of those who moved, or one minus Kaplan–Meier, does not. Source: Aalen and Johansen 1978,
Scandinavian Journal of Statistics 5:141. The engine may count durations in bins; a bin counts at its upper edge.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from touchline.formulas.evidence import is_enough

GONE_ON, LEFT, UNDECIDED = 1, 2, 0


@dataclass(frozen=True)
class WaitingCounts:
    """How many visits ended their waiting in each bin, and how. Arrays of one length; edges grow."""

    edges: NDArray[np.float64]
    """Upper end of each bin, in days."""
    gone_on: NDArray[np.int64]
    left: NDArray[np.int64]
    censored: NDArray[np.int64]

    @property
    def n(self) -> int:
        """All visits."""
        return int(self.gone_on.sum() + self.left.sum() + self.censored.sum())


@dataclass(frozen=True)
class Incidence:
    """Share of visits that had gone on, left, or still waited, after each of `days`."""

    days: NDArray[np.float64]
    gone_on: NDArray[np.float64]
    left: NDArray[np.float64]
    n: int

    @property
    def waiting(self) -> NDArray[np.float64]:
        """Neither gone on nor left yet."""
        return 1.0 - self.gone_on - self.left

    def gone_on_by(self, days: float) -> float | None:
        """Return the share gone on by a day; None where the data do not reach that far."""
        return self._at(self.gone_on, days)

    def left_by(self, days: float) -> float | None:
        """Return the share that had left by a day; None where the data do not reach that far."""
        return self._at(self.left, days)

    def day_when(self, share: float = 0.5) -> float | None:
        """Return the first day by which this share of all visits had gone on; None if that never happens."""
        reached = np.flatnonzero(self.gone_on >= share - 1e-12)
        return float(self.days[reached[0]]) if reached.size else None

    def _at(self, curve: NDArray[np.float64], days: float) -> float | None:
        if not self.days.size or (days > self.days[-1] and self.waiting[-1] > 1e-9):
            return None
        position = int(np.searchsorted(self.days, days, side="right"))
        return float(curve[position - 1]) if position else 0.0


@dataclass(frozen=True)
class Waiting:
    """What the map shows of it; shares are 0..1, and everything is None below five visits."""

    median_days: float | None
    gone_on_within_1_day: float | None
    gone_on_within_7_days: float | None
    gone_on_within_30_days: float | None
    n: int


def incidence(counts: WaitingCounts) -> Incidence:
    """Return the Aalen–Johansen cumulative incidence of going on and of leaving at each edge."""
    ended = counts.gone_on + counts.left + counts.censored
    at_risk = ended.sum() - np.concatenate(([0], np.cumsum(ended)[:-1]))
    safe = np.maximum(at_risk, 1)
    still = np.cumprod(1.0 - (counts.gone_on + counts.left) / safe)
    before = np.concatenate(([1.0], still[:-1]))
    return Incidence(
        days=counts.edges,
        gone_on=np.cumsum(before * counts.gone_on / safe),
        left=np.cumsum(before * counts.left / safe),
        n=counts.n,
    )


def waiting(counts: WaitingCounts) -> Waiting:
    """Return the median wait and the shares gone on within 1, 7 and 30 days of all visits."""
    if not is_enough(counts.n):
        return Waiting(None, None, None, None, counts.n)
    curve = incidence(counts)
    return Waiting(curve.day_when(), curve.gone_on_by(1), curve.gone_on_by(7), curve.gone_on_by(30), counts.n)


def count_durations(days: ArrayLike, ended: ArrayLike) -> WaitingCounts:
    """Count exact durations: `days` waited and how each ended (GONE_ON, LEFT or UNDECIDED), arrays of one length."""
    waited: NDArray[np.float64] = np.asarray(days, dtype=np.float64)
    how: NDArray[Any] = np.asarray(ended)
    edges, position = np.unique(waited, return_inverse=True)

    def counted(kind: int) -> NDArray[np.int64]:
        return np.bincount(position[how == kind], minlength=edges.size)

    return WaitingCounts(edges, counted(GONE_ON), counted(LEFT), counted(UNDECIDED))
