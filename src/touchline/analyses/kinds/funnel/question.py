"""The question put to the store: how far each unit gets, how long it takes, and by which value."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from touchline.analyses.kinds.funnel.kernel import NOT_TAKEN, Plan, Rows, Walk, Ways
from touchline.analyses.questions.matches import Matched, Matches
from touchline.engine.question import Bucket
from touchline.engine.store import Store
from touchline.journeys.facade import of_each_slice

Counts = NDArray[np.int64]

Part = TypeVar("Part")


@dataclass(frozen=True)
class FunnelCounts:
    """What adds up over units. Steps are as listed; in any order they are the first, the second … that was taken."""

    reached: Counts
    """By step."""
    still_open: Counts
    """By step: those who took it as their last, and may still go further."""
    named: Counts
    """By step as listed, also in any order."""
    took_us: tuple[Counts, ...]
    """How long each took from one required step to the next; at the end, from the first to the last."""
    by_value: Mapping[Any, Counts]
    """By value of the split: how many took each step."""
    through_unbarred: int
    """How many would have got through if nothing were excluded."""


@dataclass(frozen=True)
class CountFunnel:
    """Count how far all get, and how long it takes them."""

    matches: Matches
    plan: Plan
    split_at: str

    def part(self, store: Store, bucket: Bucket) -> FunnelCounts:
        """Count one bucket."""
        return self.combine(in_slices(self.matches, store, bucket, partial(self._count, store, bucket)))

    def combine(self, parts: Sequence[FunnelCounts]) -> FunnelCounts:
        """Add up: no unit is in two parts."""
        steps = len(self.plan.bits)
        nothing = np.zeros(steps, np.int64)
        return FunnelCounts(
            reached=sum((part.reached for part in parts), start=nothing),
            still_open=sum((part.still_open for part in parts), start=nothing),
            named=sum((part.named for part in parts), start=nothing),
            took_us=tuple(
                np.concatenate([np.empty(0, np.int64), *(part.took_us[at] for part in parts)])
                for at in range(len(self.plan.required))
            ),
            by_value=_added([part.by_value for part in parts]),
            through_unbarred=sum(part.through_unbarred for part in parts),
        )

    def _count(self, store: Store, bucket: Bucket, between: tuple[int, int] | None) -> FunnelCounts:
        rows = self.matches.matched(store, bucket, between)
        ways = Walk(rows.unit, rows.time_us, rows.mask, self.plan).furthest()
        levels = levels_of(ways, self.plan, rows.unit.size)
        steps = len(self.plan.bits)
        shown = levels if self.plan.order == "any" else ways.taken
        return FunnelCounts(
            reached=(shown != NOT_TAKEN).sum(axis=1),
            still_open=np.bincount(np.array(self.plan.required)[ways.depth[ways.open] - 1], minlength=steps),
            named=(ways.taken != NOT_TAKEN).sum(axis=1),
            took_us=_durations(rows, levels),
            by_value=self._by_value(rows, ways, levels, shown),
            through_unbarred=self._through_unbarred(rows) if self.plan.barred else 0,
        )

    def _by_value(self, rows: Matched, ways: Ways, levels: Rows, shown: Rows) -> dict[Any, Counts]:
        if not rows.tags:
            return {}
        at_each = rows.tag[shown]
        if self.split_at == "last":
            at_each = np.broadcast_to(rows.tag[levels[ways.depth - 1, np.arange(ways.unit.size)]], shown.shape)
        elif self.split_at == "first":
            at_each = np.broadcast_to(rows.tag[levels[0]], shown.shape)
        counts = np.stack(
            [
                np.bincount(value[row != NOT_TAKEN], minlength=len(rows.tags))
                for value, row in zip(at_each, shown, strict=True)
            ]
        )
        return {value: counts[:, at] for at, value in enumerate(rows.tags) if counts[:, at].any()}

    def _through_unbarred(self, rows: Matched) -> int:
        free = Walk(rows.unit, rows.time_us, rows.mask, replace(self.plan, barred=())).furthest()
        return int((free.depth == len(self.plan.required)).sum())


@dataclass(frozen=True)
class UnitsByDepth:
    """Which units got how far: the customers behind a part of the answer."""

    matches: Matches
    plan: Plan

    def part(self, store: Store, bucket: Bucket) -> tuple[Counts, Counts]:
        """Find the units of one bucket, and how many required steps each took."""
        rows = self.matches.matched(store, bucket)
        ways = Walk(rows.unit, rows.time_us, rows.mask, self.plan).furthest()
        return ways.unit, ways.depth

    def combine(self, parts: Sequence[tuple[Counts, Counts]]) -> tuple[Counts, Counts]:
        """Put them behind one another."""
        unit, depth = (np.concatenate([np.empty(0, np.int64), *(part[at] for part in parts)]) for at in (0, 1))
        order = np.argsort(unit)
        return unit[order], depth[order]


def in_slices(
    matches: Matches, store: Store, bucket: Bucket, count: Callable[[tuple[int, int] | None], Part]
) -> list[Part]:
    """Count slice by slice where the rows lie in order; else all at once."""
    if matches.lies_in_order:
        return of_each_slice(store, bucket, 1, lambda first, end: count((first, end)))
    return [count(None)]


def levels_of(ways: Ways, plan: Plan, rows: int) -> Rows:
    """The rows of the required steps in the order in which they were taken, level × unit."""
    if plan.order != "any":
        return ways.taken[list(plan.required)]
    in_turn = np.sort(np.where(ways.taken == NOT_TAKEN, rows, ways.taken), axis=0)
    return np.where(in_turn == rows, NOT_TAKEN, in_turn)


def _durations(rows: Matched, levels: Rows) -> tuple[Counts, ...]:
    pairs = [*pairwise(levels), (levels[0], levels[-1])]
    return tuple(rows.time_us[end[end != NOT_TAKEN]] - rows.time_us[start[end != NOT_TAKEN]] for start, end in pairs)


def _added(parts: Iterable[Mapping[Any, Counts]]) -> dict[Any, Counts]:
    total: dict[Any, Counts] = {}
    for part in parts:
        for value, counts in part.items():
            total[value] = total[value] + counts if value in total else counts
    return total
