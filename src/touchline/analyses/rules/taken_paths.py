"""Paths out of rows: the steps that follow one another in a journey, around an anchor or from one of its ends.

Pure NumPy over rows in order. A path is one per journey, so that shares add up to one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from touchline.formulas.clustered import ClusterSums

NOTHING = -1
"""Instead of a step: the journey has not begun yet, or is over. Of a row: it marks something and is no step."""

ANCHOR, OUTCOME = 1, 2
"""Bits of a row's marks."""

MOST_REPEATS = 255
"""More visits in a row are counted as so many."""

Whole: TypeAlias = NDArray[np.signedinteger]
Flags: TypeAlias = NDArray[np.bool_]
Origin: TypeAlias = Literal["start", "end", "first", "last"]
"""Where a path is laid from: the journey's first or last step, or the first or last anchor in it."""


@dataclass(frozen=True)
class Rows:
    """What units did, in order of unit and time; arrays of one length."""

    unit: Whole
    at_us: Whole
    """Microseconds since 1970, UTC."""
    node: Whole
    """Number of the step, from 0; NOTHING where the row only marks."""
    marks: NDArray[np.uint8]
    begins: Flags
    """Whether a journey (or session) begins here."""


@dataclass(frozen=True)
class Window:
    """Which steps of a journey are looked at."""

    origin: Origin
    before: int
    """Steps before the origin."""
    after: int
    collapses: bool
    """Whether the same step several times in a row is one."""

    @property
    def offsets(self) -> range:
        """Places of the steps, 0 is the origin."""
        return range(-self.before, self.after + 1)


@dataclass(frozen=True)
class TakenPaths:
    """One row per path."""

    unit: Whole
    steps: Whole
    """Path × place: number of the step, or NOTHING."""
    repeats: NDArray[np.uint8]
    """Path × place: how often in a row."""
    reached: Flags
    """Whether the outcome came later than the anchor, or anywhere in the journey where there is no anchor."""
    may_go_on: Flags
    """Whether its journey may not be over yet."""
    journeys: ClusterSums
    """Of all journeys looked at, x are those with a path."""


def take(rows: Rows, window: Window, anchor_node: int, open_after_us: int) -> TakenPaths:
    """Lay one path in each journey that has the origin.

    `anchor_node` is the number of a step for anchors that are rows of marks only. A journey whose last row is later than
    `open_after_us` may go on.
    """
    starts = np.flatnonzero(rows.begins)
    origin, journey = _origins(rows, starts, window.origin)
    ends = np.append(starts[1:], rows.unit.size)[journey] - 1
    steps, repeats = _steps(rows, window, origin, anchor_node)
    unit = rows.unit[origin]
    return TakenPaths(
        unit=unit,
        steps=steps,
        repeats=repeats,
        reached=_reached(rows, starts, journey, origin if window.origin in ("first", "last") else starts[journey] - 1),
        may_go_on=rows.at_us[ends] > open_after_us,
        journeys=_coverage(rows, starts, unit),
    )


def _origins(rows: Rows, starts: Whole, origin: Origin) -> tuple[Whole, Whole]:
    """The row from which each path is laid, and the place of its journey in `starts`."""
    wanted = rows.marks & ANCHOR if origin in ("first", "last") else rows.node != NOTHING
    if origin in ("start", "end") and wanted.all():
        journey = np.arange(starts.size)
        return (starts if origin == "start" else np.append(starts[1:], rows.unit.size)[: starts.size] - 1), journey
    found = np.flatnonzero(wanted)
    journey = np.searchsorted(starts, found, side="right") - 1
    kept = np.ones(found.size, dtype=np.bool_)
    if origin in ("start", "first"):
        np.not_equal(journey[1:], journey[:-1], out=kept[1:])
    else:
        np.not_equal(journey[1:], journey[:-1], out=kept[:-1])
    return found[kept], journey[kept]


def _steps(rows: Rows, window: Window, origin: Whole, anchor_node: int) -> tuple[Whole, NDArray[np.uint8]]:
    """The steps around each origin and how often in a row, path × place."""
    node, begins = rows.node, rows.begins
    if (node == NOTHING).any():
        node, begins, origin = _without_marks(node, begins, origin, anchor_node)
    new = begins.copy()
    if window.collapses:
        new[1:] |= node[1:] != node[:-1]
    else:
        new[:] = True
    run = np.flatnonzero(new)
    run_node = node[run]
    first = np.flatnonzero(begins[run])
    at = np.searchsorted(run, origin, side="right") - 1
    own = np.searchsorted(first, at, side="right") - 1
    low, high = first[own], np.append(first[1:], run.size)[own] - 1
    run_end = np.append(run, node.size)
    steps = np.full((origin.size, len(window.offsets)), NOTHING, dtype=node.dtype)
    repeats = np.zeros(steps.shape, dtype=np.uint8)
    for column, offset in enumerate(window.offsets):
        inside = np.flatnonzero((at + offset >= low) & (at + offset <= high))
        place = at[inside] + offset
        steps[inside, column] = run_node[place]
        repeats[inside, column] = np.minimum(run_end[place + 1] - run_end[place], MOST_REPEATS)
    return steps, repeats


def _without_marks(node: Whole, begins: Flags, origin: Whole, anchor_node: int) -> tuple[Whole, Flags, Whole]:
    """Leave out rows that only mark, except the origins: these become steps of their own."""
    node = node.copy()
    node[origin[node[origin] == NOTHING]] = anchor_node
    kept = np.flatnonzero(node != NOTHING)
    journey = np.cumsum(begins)[kept]
    begins = np.ones(kept.size, dtype=np.bool_)
    np.not_equal(journey[1:], journey[:-1], out=begins[1:])
    return node[kept], begins, np.searchsorted(kept, origin)


def _reached(rows: Rows, starts: Whole, journey: Whole, later_than: Whole) -> Flags:
    found = np.flatnonzero(rows.marks & OUTCOME)
    last = np.full(starts.size, NOTHING, dtype=np.int64)
    last[np.searchsorted(starts, found, side="right") - 1] = found  # in order: the last of a journey stays
    return last[journey] > later_than


def _coverage(rows: Rows, starts: Whole, with_path: Whole) -> ClusterSums:
    """Count journeys by unit; a journey of outcomes alone is none."""
    counts = (rows.node != NOTHING) | (rows.marks & ANCHOR).astype(np.bool_)
    if not counts.all():
        starts = starts[np.logical_or.reduceat(counts, starts)] if starts.size else starts
    units, n = np.unique(rows.unit[starts], return_counts=True)
    x = np.bincount(np.searchsorted(units, with_path), minlength=units.size)
    return ClusterSums(
        int(x.sum()), int(n.sum()), units.size, int((x * x).sum()), int((x * n).sum()), int((n * n).sum())
    )


def together(parts: Sequence[TakenPaths]) -> TakenPaths:
    """Put the paths of all buckets behind one another: no unit is in two of them."""
    if len(parts) == 1:
        return parts[0]
    journeys = [part.journeys for part in parts]
    return TakenPaths(
        unit=np.concatenate([part.unit for part in parts]),
        steps=np.concatenate([part.steps for part in parts]),
        repeats=np.concatenate([part.repeats for part in parts]),
        reached=np.concatenate([part.reached for part in parts]),
        may_go_on=np.concatenate([part.may_go_on for part in parts]),
        journeys=ClusterSums(*(sum(each) for each in zip(*(vars(one).values() for one in journeys), strict=True))),
    )
