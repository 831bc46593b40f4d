"""The paths that units took: a question asked in buckets, and how its rows come into order.

Rows of one unit at one moment stand in the order of their events' ids, as visits do; what only marks (an anchor or
outcome that is no step) stands behind the steps of its moment.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from touchline.analyses.questions.matches import Matches, condition
from touchline.analyses.questions.path_nodes import Nodes
from touchline.analyses.questions.reading import Relation
from touchline.analyses.rules.steps import Step
from touchline.analyses.rules.taken_paths import (
    ANCHOR,
    NOTHING,
    OUTCOME,
    Flags,
    Rows,
    TakenPaths,
    Whole,
    Window,
    take,
    together,
)
from touchline.engine.question import Bucket
from touchline.engine.store import Store
from touchline.engine.sums import used
from touchline.journeys.facade import of_each_slice

Columns: TypeAlias = dict[str, NDArray[Any]]
Between: TypeAlias = "tuple[int, int] | None"
"""From one unit up to another, which is left out."""

HALVES = "({id} >> 64)::ubigint as high, ({id} & 18446744073709551615::uhugeint)::ubigint as low"
"""Of an event's id: read only where the order needs them."""


@dataclass(frozen=True)
class PathsTaken:
    """The path of every journey that has the origin."""

    visits: Relation
    events: Relation
    nodes: Nodes
    window: Window
    anchor: Step | None
    outcome: Step | None
    bounds: Literal["journey", "session", "unit"]
    """By journeys as the store has them where they can be, else by a pause; unit: one path per unit."""
    of_customers: bool
    """Whether the unit is the customer: the store has cut their visits into journeys, and they lie by customer."""
    pause_us: int
    """A longer pause begins another journey or session."""
    open_after_us: int

    def part(self, store: Store, bucket: Bucket) -> TakenPaths:
        """Take the paths of one bucket, some customers after the other where rows lie by customer."""
        if self.nodes.of_events or self._marking() or not self.of_customers:
            return self._taken(store, bucket)
        parts = of_each_slice(
            store, bucket, len(self.nodes.names), lambda low, high: self._taken(store, bucket, (low, high))
        )
        return together(parts) if parts else self._taken(store, bucket)

    def combine(self, parts: Sequence[TakenPaths]) -> TakenPaths:
        """Put the paths of all buckets behind one another."""
        return together(parts)

    def _taken(self, store: Store, bucket: Bucket, between: Between = None) -> TakenPaths:
        steps = self._steps(store, bucket, between)
        if marking := self._marking():
            steps = _merged(steps, self._marked(store, bucket, marking))
        rows = Rows(steps["unit"], steps["at"], steps["node"], steps["marks"], self._begins(steps))
        return take(rows, self.window, len(self.nodes.names), self.open_after_us)

    def _marks(self) -> list[tuple[int, Step]]:
        return [(bit, step) for bit, step in ((ANCHOR, self.anchor), (OUTCOME, self.outcome)) if step is not None]

    def _marking(self) -> list[tuple[int, Step]]:
        """Those that are no steps of the paths: events where steps are touchpoints, and the other way round."""
        return [(bit, step) for bit, step in self._marks() if step.is_event != self.nodes.of_events]

    @property
    def _by_ordinal(self) -> bool:
        """Whether journeys are told by their number in the store."""
        return self.bounds == "journey" and self.of_customers and not self.nodes.of_events and not self._marking()

    def _steps(self, store: Store, bucket: Bucket, between: Between) -> Columns:
        """Rows that are steps, in order."""
        found = self._read(store, bucket, between)
        if not _in_order(found):
            order = np.lexsort((found["at"], found["unit"]))
            found = {name: column[order] for name, column in found.items()}
        same = (found["unit"][1:] == found["unit"][:-1]) & (found["at"][1:] == found["at"][:-1])
        tied = np.unique(found["unit"][1:][same])
        if tied.size:
            again = self._read(store, bucket, between, tied.tolist())
            order = np.lexsort((again["low"], again["high"], again["at"], again["unit"]))
            places = np.isin(found["unit"], tied)
            for name, column in found.items():
                column[places] = again[name][order]
        return self._numbered(found)

    def _read(self, store: Store, bucket: Bucket, between: Between, tied: Sequence[int] = ()) -> Columns:
        relation = self.events if self.nodes.of_events else self.visits
        values: dict[str, Any] = {**relation.parameters, "tied": list(tied)}
        columns = ["v.unit", "v.time as at", "v.kind as node" if self.nodes.of_events else "v.touchpoint as node"]
        if self._by_ordinal:
            columns.append("v.journey")
        elif not self.nodes.of_events:
            columns.append("v.ended")
        own = [(bit, step) for bit, step in self._marks() if step.is_event == self.nodes.of_events]
        if own:
            bits = [f"case when {condition(step, bit, values)} then {bit} else 0 end" for bit, step in own]
            columns.append(f"({' + '.join(bits)})::utinyint as marks")
        conditions = [bucket.holds("v.unit")]
        if tied:
            columns.append(HALVES.replace("{id}", "v.id" if self.nodes.of_events else "v.first_event"))
            conditions.append("v.unit in (select unnest($tied))")
        if between is not None:
            conditions.append(f"v.unit >= {between[0]:d} and v.unit < {between[1]:d}")
        if self.nodes.kind == "page":
            conditions.append("v.page is not null")
        sql = relation.statement(f"select {', '.join(columns)} from {{relation}} v where {' and '.join(conditions)}")
        return _columns(store.table(sql, used(sql, values)))

    def _numbered(self, found: Columns) -> Columns:
        """Touchpoints or kinds become numbers of steps; every column that is needed is there."""
        if self.nodes.number_of is not None:
            found["node"] = self.nodes.number_of[found["node"]]
        found.setdefault("marks", np.zeros(found["unit"].size, dtype=np.uint8))
        if not self._by_ordinal:
            found.setdefault("ended", found["at"])
        return found

    def _marked(self, store: Store, bucket: Bucket, marking: Sequence[tuple[int, Step]]) -> Columns:
        """Rows of anchors and outcomes that are no steps, in order."""
        found = Matches(self.visits, self.events, tuple(step for _, step in marking)).matched(store, bucket)
        marks = np.zeros(found.unit.size, dtype=np.uint8)
        for place, (bit, _) in enumerate(marking):
            marks |= np.where(found.mask & (1 << place), bit, 0).astype(np.uint8)
        nothing = np.full(found.unit.size, NOTHING)
        return {"unit": found.unit, "at": found.time_us, "node": nothing, "marks": marks, "ended": found.time_us}

    def _begins(self, steps: Columns) -> Flags:
        unit = steps["unit"]
        begins = np.ones(unit.size, dtype=np.bool_)
        np.not_equal(unit[1:], unit[:-1], out=begins[1:])
        if self._by_ordinal:
            begins[1:] |= steps["journey"][1:] != steps["journey"][:-1]
        elif self.bounds != "unit":
            begins[1:] |= steps["at"][1:] - steps["ended"][:-1] > self.pause_us
        return begins


def _columns(table: pa.Table) -> Columns:
    """Arrays that can be written to; times become microseconds since 1970."""
    found = {}
    for name in table.column_names:
        column = table.column(name).to_numpy()
        column = column.view(np.int64) if column.dtype.kind == "M" else column
        found[name] = column if column.flags.writeable else column.copy()
    return found


def _in_order(found: Columns) -> bool:
    unit, at = found["unit"], found["at"]
    same = unit[1:] == unit[:-1]
    return bool(((unit[1:] > unit[:-1]) | (same & (at[1:] >= at[:-1]))).all())


def _merged(steps: Columns, marks: Columns) -> Columns:
    """Both in one order, steps first where unit and time are the same."""
    names = ("unit", "at", "node", "marks", "ended")
    places = _places(steps, marks)
    return {name: np.insert(steps[name], places, marks[name].astype(steps[name].dtype)) for name in names}


def _places(steps: Columns, marks: Columns) -> Whole:
    """Where each mark goes: behind the steps of its unit up to its time. Sorting both anew takes four times as long."""
    low = np.searchsorted(steps["unit"], marks["unit"], side="left")
    high = np.searchsorted(steps["unit"], marks["unit"], side="right")
    while (searching := np.flatnonzero(low < high)).size:
        middle = (low[searching] + high[searching]) // 2
        later = steps["at"][middle] > marks["at"][searching]
        high[searching[later]] = middle[later]
        low[searching[~later]] = middle[~later] + 1
    return low
