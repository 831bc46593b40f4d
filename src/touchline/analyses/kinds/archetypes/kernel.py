"""Visits become ways: what each person visited, in order, as one text of numbers that can be counted.

A way is a walk over states: 0 is outside, t + 1 is touchpoint t. It begins and ends outside and passes through it between
two journeys, so that one chain tells how journeys begin, go on and end.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

Whole: TypeAlias = "NDArray[np.int64]"

OUTSIDE = 0
STATE = np.dtype("<i2")
"""A state within a way's bytes."""


@dataclass(frozen=True)
class Walked:
    """The ways of some units, in order of unit."""

    unit: Whole
    way: tuple[bytes, ...]


def walked(unit: Whole, time: Whole, ended: Whole, touchpoint: Whole, gap: int) -> Walked:
    """Put visits in order and write down each unit's way; a pause longer than `gap` begins another journey.

    Visits at one moment are told in the order of the definition. The same touchpoint again within a journey is told once.
    """
    order = np.lexsort((touchpoint, time, unit))
    unit, time, ended, touchpoint = unit[order], time[order], ended[order], touchpoint[order]
    is_other = np.append(True, unit[1:] != unit[:-1])[: len(unit)]
    begins = is_other.copy()
    begins[1:] |= time[1:] - ended[:-1] > gap
    kept = begins.copy()
    kept[1:] |= touchpoint[1:] != touchpoint[:-1]
    unit, touchpoint, begins, is_other = unit[kept], touchpoint[kept], begins[kept], is_other[kept]
    number = np.cumsum(is_other) - 1
    place = np.arange(len(unit)) + np.cumsum(begins) + number
    people = int(is_other.sum())
    states = np.zeros(len(unit) + int(begins.sum()) + people, STATE)
    states[place] = touchpoint + 1
    edges = np.append(place[is_other] - 1, len(states)) * STATE.itemsize
    text = states.tobytes()
    return Walked(unit[is_other], tuple(text[edges[at] : edges[at + 1]] for at in range(people)))


@dataclass(frozen=True)
class Walks:
    """The steps of ways, flat: `way` is the number of the way that each state stands in."""

    way: Whole
    state: Whole

    @classmethod
    def of(cls, ways: Sequence[bytes]) -> Walks:
        """Read ways."""
        lengths = np.array([len(each) // STATE.itemsize for each in ways], np.int64)
        states = np.frombuffer(b"".join(ways), STATE).astype(np.int64)
        return cls(np.repeat(np.arange(len(ways)), lengths), states)

    def transitions(self) -> tuple[csr_matrix, Whole, Whole]:
        """Counts ways × transitions, and the state that each transition leaves and enters."""
        from scipy.sparse import csr_matrix

        states = int(self.state.max()) + 1
        inside = self.way[1:] == self.way[:-1]
        code = (self.state[:-1] * states + self.state[1:])[inside]
        pairs, column = np.unique(code, return_inverse=True)
        counts = csr_matrix(
            (np.ones(len(column)), (self.way[1:][inside], column)), shape=(int(self.way.max()) + 1, len(pairs))
        )
        counts.sum_duplicates()
        return counts, pairs // states, pairs % states

    def journeys(self) -> Whole:
        """How many journeys each way has."""
        return np.bincount(self.way[self.state == OUTSIDE]) - 1

    def first_visits(self) -> tuple[Whole, Whole, Whole]:
        """Way, touchpoint and rank: each touchpoint of a way once, ranked from 1 in the order of first visits."""
        visited = self.state != OUTSIDE
        way, touchpoint = self.way[visited], self.state[visited] - 1
        touchpoints = int(touchpoint.max(initial=0)) + 1
        pair, first = np.unique(way * touchpoints + touchpoint, return_index=True)
        order = np.argsort(first)
        of_way, place = pair[order] // touchpoints, pair[order] % touchpoints
        begins = np.searchsorted(of_way, of_way)
        return of_way, place, np.arange(len(of_way)) - begins + 1


def way_words(way: bytes, names: Sequence[str]) -> tuple[str, ...]:
    """The touchpoints of a way in people's words; journeys are set apart by a bar."""
    states = np.frombuffer(way, STATE)[1:-1]
    return tuple("|" if state == OUTSIDE else names[state - 1] for state in states)
