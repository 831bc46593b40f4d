"""The furthest way of each unit through the steps: vectorised, over rows in the order of `questions.matches.Matched`.

Every row has its place in that order, and each is used once on one way through. What a way is:

ordered   from an entrance (a row of the first step) the next step is its earliest row behind the last one
strict    the next step is the very next row
any       from any row of any step, the earliest row of every other step at or behind it

A way ends with the window, which starts at the entrance and includes its last moment. An excluded row between two steps
ends it too. Of the ways of a unit the one that leads furthest counts, and of those the first.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.int64]
"""Places of rows; −1 where a step was not taken."""

NOT_TAKEN: Final = -1


@dataclass(frozen=True)
class Plan:
    """What to look for."""

    order: str
    """ordered, strict or any."""
    bits: tuple[int, ...]
    """The bit of each step in a row's mask, steps as listed."""
    optional: tuple[bool, ...]
    """By step. The first and the last are not."""
    window_us: int
    until_us: int
    """The last moment that was read."""
    barred: tuple[tuple[int, int, int], ...] = ()
    """(bit, step, later step): rows with this bit end a way between these two steps, which are not optional."""

    @cached_property
    def required(self) -> tuple[int, ...]:
        """Steps that are not optional."""
        return tuple(step for step, optional in enumerate(self.optional) if not optional)

    def barred_before(self, step: int) -> int:
        """Mask of the rows that must not stand between a step and the required one before it."""
        return sum(1 << bit for bit, low, high in set(self.barred) if low < step <= high)


@dataclass(frozen=True)
class Ways:
    """Ways through the steps, one per column."""

    unit: NDArray[np.int64]
    taken: Rows
    """Row of each step (as listed), step × way."""
    depth: NDArray[np.int64]
    """How many of the required steps were taken, at least 1."""
    open: NDArray[np.bool_]
    """Not through, and may still go further: the window ends after the last moment that was read."""


@dataclass(frozen=True)
class Walk:
    """Rows of some units, in order."""

    unit: NDArray[np.int64]
    time_us: NDArray[np.int64]
    mask: NDArray[np.int64]
    plan: Plan

    def furthest(self) -> Ways:
        """One way per unit that entered, in order of unit."""
        if self.plan.order == "strict":
            return self._strict()
        if self.plan.order == "any":
            return self._in_any_order()
        return self._with_optional(self._ordered())

    def _is(self, step: int) -> NDArray[np.bool_]:
        is_step: NDArray[np.bool_] = self.mask & (1 << self.plan.bits[step]) != 0
        return is_step

    def _ordered(self) -> Ways:
        first, *later = self.plan.required
        entrances = np.flatnonzero(self._is(first))
        limit = self._limit(entrances)
        depth = np.ones(entrances.size, np.int8)
        is_open = limit > self.plan.until_us
        going, here = np.arange(entrances.size), entrances
        levels = [(going, here)]
        for step in later:
            following, exists = self._next(self._is(step), here)
            goes_on = exists & (self.time_us.take(following) <= limit.take(going))
            if barred := self.plan.barred_before(step):
                clear, stays_clear = self._unbarred(barred, here, following)
                is_open[going[np.where(exists, ~clear, ~stays_clear)]] = False
                goes_on &= clear
            going, here = going[goes_on], following[goes_on]
            depth[going] = len(levels) + 1
            levels.append((going, here))
        best = _first_of_the_furthest(self.unit.take(entrances), depth, is_open, len(levels))
        taken = np.full((len(self.plan.bits), best.unit.size), NOT_TAKEN)
        for level, (step, (going, here)) in enumerate(zip(self.plan.required, levels, strict=True)):
            reached = best.depth > level  # entrances beyond `going` were left behind; those within are in order
            taken[step, reached] = here.take(np.searchsorted(going, best.chosen[reached]))
        return Ways(best.unit, taken, best.depth, best.open)

    def _strict(self) -> Ways:
        entrances = np.flatnonzero(self._is(0))
        limit = self._limit(entrances)
        taken = np.full((len(self.plan.bits), entrances.size), NOT_TAKEN)
        taken[0] = entrances
        is_open = limit > self.plan.until_us
        going, here = np.arange(entrances.size), entrances
        for step in range(1, len(self.plan.bits)):
            following = np.minimum(here + 1, self.unit.size - 1)
            exists = (following > here) & (self.unit[following] == self.unit[here])
            goes_on = exists & self._is(step)[following] & (self.time_us[following] <= limit[going])
            taken[step, going[goes_on]] = following[goes_on]
            if self.plan.optional[step]:
                here = np.where(goes_on, following, here)
                continue
            is_open[going[exists & ~goes_on]] = False
            going, here = going[goes_on], following[goes_on]
        return self._best_of(taken, is_open)

    def _in_any_order(self) -> Ways:
        steps = range(len(self.plan.bits))
        is_step = {step: self._is(step) for step in steps}
        starts = np.flatnonzero(np.logical_or.reduce(list(is_step.values())))
        limit = self._limit(starts)
        taken = np.full((len(steps), starts.size), NOT_TAKEN)
        for step in sorted(steps, key=lambda each: int(is_step[each].sum())):  # what is rare has the first choice
            following, exists = self._next(is_step[step], starts, itself=True)
            while bool((used := exists & (taken == following).any(axis=0)).any()):
                following[used], exists[used] = self._next(is_step[step], following[used])
            within = exists & (self.time_us[following] <= limit)
            taken[step, within] = following[within]
        return self._best_of(taken, limit > self.plan.until_us)

    def _best_of(self, taken: Rows, is_open: NDArray[np.bool_]) -> Ways:
        """Of ways with an entrance each, in its order, the one that counts for each unit."""
        required = taken[list(self.plan.required)]
        depth = (required != NOT_TAKEN).sum(axis=0)
        entrances = np.where(taken == NOT_TAKEN, self.unit.size, taken).min(axis=0, initial=self.unit.size)
        best = _first_of_the_furthest(self.unit[entrances], depth, is_open, len(required))
        return Ways(best.unit, taken[:, best.chosen], best.depth, best.open)

    def _limit(self, entrances: Rows) -> NDArray[np.int64]:
        return self.time_us[entrances] + self.plan.window_us

    def _next(self, is_step: NDArray[np.bool_], here: Rows, itself: bool = False) -> tuple[Rows, NDArray[np.bool_]]:
        """The first row of a step behind each place (or at it), and whether there is one of the same unit."""
        places = np.flatnonzero(is_step)
        if not places.size:
            return np.zeros_like(here), np.zeros(here.size, np.bool_)
        number = np.cumsum(is_step, dtype=np.int32).take(here)
        if itself:
            number -= is_step[here]
        following = places.take(number, mode="clip")
        exists = self.unit.take(following) == self.unit.take(here)
        exists &= number < places.size
        return following, exists

    def _unbarred(self, barred: int, here: Rows, following: Rows) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """Whether no barred row stands between two places, and whether none stands behind the first at all."""
        is_barred = self.mask & barred != 0
        so_far = np.cumsum(is_barred, dtype=np.int32)
        clear = so_far[following] - is_barred[following] <= so_far[here]
        last = np.searchsorted(self.unit, self.unit[here], side="right") - 1
        return clear, so_far[last] == so_far[here]

    def _with_optional(self, ways: Ways) -> Ways:
        """Add the optional steps: the earliest row between the steps around it, or up to the window's end."""
        if not any(self.plan.optional):
            return ways
        limit = self._limit(ways.taken[0])
        here, going = ways.taken[0].copy(), np.ones(ways.unit.size, np.bool_)
        for step, is_optional in enumerate(self.plan.optional):
            if not is_optional:
                going &= ways.taken[step] != NOT_TAKEN
                here = np.where(going, ways.taken[step], here)
                continue
            bound = ways.taken[next(each for each in self.plan.required if each > step)]
            following, exists = self._next(self._is(step), here)
            between = going & exists & (self.time_us[following] <= limit)
            between &= (bound == NOT_TAKEN) | (following < bound)
            ways.taken[step, between] = following[between]
            here = np.where(between, following, here)
        return ways


@dataclass(frozen=True)
class _Best:
    """By unit: which of its ways counts."""

    unit: NDArray[np.int64]
    chosen: Rows
    """Column of the way."""
    depth: NDArray[np.int64]
    open: NDArray[np.bool_]


def _first_of_the_furthest(
    unit: NDArray[np.int64], depth: NDArray[Any], is_open: NDArray[np.bool_], steps: int
) -> _Best:
    """Choose among ways in order of unit and entrance."""
    if not unit.size:
        return _Best(unit, np.empty(0, np.int64), depth.astype(np.int64), is_open)
    is_new = np.concatenate(([True], unit[1:] != unit[:-1]))
    firsts = np.flatnonzero(is_new)
    deepest = np.maximum.reduceat(depth, firsts)
    candidates = np.flatnonzero(depth == np.repeat(deepest, np.diff(firsts, append=unit.size)))
    of_unit = unit.take(candidates)
    chosen = candidates[np.concatenate(([True], of_unit[1:] != of_unit[:-1]))]
    open_units = np.logical_or.reduceat(is_open, firsts) & (deepest < steps)
    return _Best(unit.take(firsts), chosen, deepest.astype(np.int64), open_units)
