"""Paths in groups: rare steps folded into one, equal paths counted, and what the intervals of their shares rest on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from touchline.analyses.rules.taken_paths import NOTHING, Flags, TakenPaths, Whole
from touchline.formulas.clustered import ClusteredShare, ClusterSums, clustered_share

RARE_SHARE = 0.005
"""Steps that fewer than this share of the paths hold are folded into 'other'."""


def rare_nodes(groups: Sequence[TakenPaths], nodes: int) -> Flags:
    """Which of so many steps are rare in every group of paths; nothing is folded where only one would be.

    A step that does not occur is not rare.
    """
    rare, occurs = np.ones(nodes, dtype=np.bool_), np.zeros(nodes, dtype=np.bool_)
    for taken in groups:
        holding = _paths_holding(taken.steps, nodes)
        rare &= holding < RARE_SHARE * taken.steps.shape[0]
        occurs |= holding > 0
    rare &= occurs
    return rare if rare.sum() > 1 else np.zeros_like(rare)


def _paths_holding(steps: Whole, nodes: int) -> NDArray[np.int64]:
    """How many paths hold each step, however often."""
    within = np.sort(steps, axis=1)
    within[:, 1:][within[:, 1:] == within[:, :-1]] = NOTHING
    return _counted(within.ravel(), nodes)


def _counted(numbers: Whole, nodes: int) -> NDArray[np.int64]:
    """How often each of so many numbers occurs; NOTHING is none of them."""
    return np.bincount(numbers + 1, minlength=nodes + 1)[1:]


def node_counts(taken: TakenPaths, nodes: int) -> NDArray[np.int64]:
    """How often each step stands in the paths."""
    return _counted(taken.steps.ravel(), nodes)


def folded(steps: Whole, rare: Flags, other: int) -> Whole:
    """The steps with every rare one replaced by `other`."""
    if not rare.any():
        return steps
    to = np.where(rare, other, np.arange(rare.size))
    to = np.append(to, NOTHING).astype(np.promote_types(steps.dtype, np.min_scalar_type(-other - 1)))
    return to[steps]  # NOTHING is −1: the last


def packed(steps: Whole, nodes: int) -> NDArray[np.int64]:
    """One whole number per path, equal where the paths are; as many steps as fit are packed at once."""
    width = nodes + 1
    code = steps[:, 0].astype(np.int64) + 1
    room = width
    for column in range(1, steps.shape[1]):
        if room * width >= 2**62:
            held, code = np.unique(code, return_inverse=True)
            room = max(held.size, 1)
        code = code * width + (steps[:, column] + 1)
        room *= width
    return code


@dataclass(frozen=True)
class Groups:
    """Equal paths together; arrays by group."""

    of: NDArray[np.int64]
    """Number of its group, per path."""
    count: NDArray[np.int64]
    steps: Whole
    """Group × place."""


def grouped(steps: Whole, nodes: int) -> Groups:
    """Put equal paths together."""
    _, first, of, count = np.unique(packed(steps, nodes), return_index=True, return_inverse=True, return_counts=True)
    return Groups(of, count, steps[first])


def most_frequent(groups: Groups, names: Sequence[str], most: int) -> list[int]:
    """The numbers of the most frequent groups, equally frequent ones by the names of their steps."""
    taken = np.flatnonzero(groups.count)
    if not taken.size:
        return []
    count = groups.count[taken]
    least = np.partition(count, -min(most, count.size))[-min(most, count.size)]
    candidates: list[int] = taken[count >= least].tolist()
    candidates.sort(key=lambda group: (-groups.count[group], [names[step] for step in groups.steps[group].tolist()]))
    return candidates[:most]


@dataclass(frozen=True)
class Clusters:
    """Whose paths these are: observations of one unit are not independent."""

    unit: NDArray[np.int64]
    """Number of the unit from 0, per path."""
    sizes: NDArray[np.int64]
    """Paths of each unit."""

    @classmethod
    def of(cls, unit: Whole) -> Clusters:
        """Of the unit of each path; those in order of unit, as one bucket gives them, need no sorting."""
        if bool((unit[1:] >= unit[:-1]).all()):
            index = np.zeros(unit.size, dtype=np.int64)
            np.cumsum(unit[1:] != unit[:-1], out=index[1:])
            return cls(index, np.bincount(index))
        _, index, sizes = np.unique(unit, return_inverse=True, return_counts=True)
        return cls(index, sizes)

    def shares(self, cell: Whole, cells: int) -> list[ClusteredShare]:
        """The share of all paths that lie in each cell, given each path's cell; NOTHING lies in none."""
        of, unit, x = self._inside(cell, cells)
        sums = (np.bincount(of, each, minlength=cells).tolist() for each in (x, x * x, x * self.sizes[unit]))
        n, n_squared = int(self.sizes.sum()), int((self.sizes**2).sum())
        return [
            clustered_share(ClusterSums(int(one), n, self.sizes.size, int(squared), int(times_n), n_squared))
            for one, squared, times_n in zip(*sums, strict=True)
        ]

    def units(self, cell: Whole, cells: int) -> list[int]:
        """How many units have paths in each cell."""
        counts: list[int] = np.bincount(self._inside(cell, cells)[0], minlength=cells).tolist()
        return counts

    def _inside(self, cell: Whole, cells: int) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        """For each cell and unit with paths in it: cell, unit, and how many."""
        held = np.flatnonzero(cell != NOTHING)
        key = self.unit[held] * cells + cell[held]
        key.sort(kind="stable")  # units stand in order already: merging takes a fifth of the time
        begins = np.ones(key.size, dtype=np.bool_)
        np.not_equal(key[1:], key[:-1], out=begins[1:])
        first = np.flatnonzero(begins)
        unit, of = np.divmod(key[first], cells)
        return of, unit, np.diff(first, append=key.size)


def share_of(unit: Whole, holds: Flags) -> ClusteredShare:
    """The share of observations for which something holds, given the unit of each."""
    return Clusters.of(unit).shares(np.where(holds, 0, NOTHING), 1)[0]
