"""What is counted: every distinct way with how many took it, reached the outcome, and what they answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from touchline.analyses.kinds.archetypes.kernel import Walked, Whole, walked
from touchline.analyses.questions.matches import Matches
from touchline.analyses.questions.reading import Reading, Relation
from touchline.analyses.rules.steps import Step
from touchline.engine.question import Bucket
from touchline.engine.store import Store
from touchline.engine.sums import used

VISITS = """
select v.unit, v.customer, epoch_us(v.time) as time, epoch_us(v.ended) as ended, v.touchpoint
from {relation} v where {bucket}
"""

THOUSANDTHS = 1000
"""Experience is added up in whole thousandths: sums are the same in whatever order."""

ANSWERS = """
select v.unit, coalesce(r.touchpoint, -1) as touchpoint, count(*) as n,
  sum(round(r.experience * $thousandths)::bigint)::bigint as total,
  sum(round(r.experience * $thousandths)::bigint * round(r.experience * $thousandths)::bigint)::bigint as squares
from {relation} v join responses r on r.event = v.id
where r.experience is not null and {bucket}
group by 1, 2
"""
"""An answer is the unit's whose event it is."""


@dataclass(frozen=True)
class Taken:
    """Distinct ways and what became of those who took them. Arrays of one length per group of fields."""

    ways: tuple[bytes, ...]
    people: Whole
    reached: Whole
    """How many of them reached the outcome."""
    answers: Whole
    """Ways × 6: people who answered, answers, total, Σ n², Σ n·total, Σ total²; totals in thousandths."""
    place: Whole
    """Rows of (way, touchpoint, answers, total, squares): answers by touchpoint, −1 for none."""


@dataclass(frozen=True)
class WaysTaken:
    """Collect the ways of a scope."""

    visits: Relation
    events: Relation
    outcome: Matches | None
    gap_us: int

    @classmethod
    def of(cls, reading: Reading, outcome: Step | None) -> WaysTaken:
        """The ways of a reading."""
        gap = timedelta(days=reading.definition.gap_days) // timedelta(microseconds=1)
        matches = Matches.of(reading, [outcome]) if outcome else None
        return cls(reading.visits(), reading.events(), matches, gap)

    def part(self, store: Store, bucket: Bucket) -> Taken:
        """Look in one bucket."""
        found, _ = ways_in(store, bucket, self.visits, self.gap_us)
        names, way = _distinct(found.way)
        people = np.bincount(way, minlength=len(names))
        units = found.unit
        reached = np.zeros(len(units), bool)
        if self.outcome is not None:
            reached = np.isin(units, self.outcome.matched(store, bucket).unit)
        answered = self._answered(store, bucket)
        answered = answered[np.isin(answered[:, 0], units)]
        at = np.searchsorted(units, answered[:, 0])
        by_place = np.column_stack([way[at], answered[:, 1:]])
        return Taken(
            names,
            people,
            np.bincount(way[reached], minlength=len(names)),
            _per_way(way, _per_unit(at, answered, len(units)), len(names)),
            _added(by_place),
        )

    def combine(self, parts: Sequence[Taken]) -> Taken:
        """Add up equal ways, in alphabetical order of their bytes."""
        names = tuple(sorted({way for part in parts for way in part.ways}))
        number = {way: at for at, way in enumerate(names)}
        people, reached = (np.zeros(len(names), np.int64) for _ in range(2))
        answers = np.zeros((len(names), 6), np.int64)
        places = [np.zeros((0, 5), np.int64)]
        for part in parts:
            at = np.array([number[way] for way in part.ways], np.int64)
            people[at] += part.people
            reached[at] += part.reached
            answers[at] += part.answers
            if len(part.place):
                places.append(np.column_stack([at[part.place[:, 0]], part.place[:, 1:]]))
        return Taken(names, people, reached, answers, _added(np.concatenate(places)))

    def _answered(self, store: Store, bucket: Bucket) -> Whole:
        sql = self.events.statement(ANSWERS.replace("{bucket}", bucket.holds("v.unit")))
        values = used(sql, {**self.events.parameters, "thousandths": THOUSANDTHS})
        return _rows(store, sql, values, ("unit", "touchpoint", "n", "total", "squares"))


@dataclass(frozen=True)
class Members:
    """Find the customers of the units that took some of the ways."""

    visits: Relation
    gap_us: int
    ways: frozenset[bytes]

    def part(self, store: Store, bucket: Bucket) -> Whole:
        """Look in one bucket."""
        found, customers = ways_in(store, bucket, self.visits, self.gap_us)
        units = found.unit[[way in self.ways for way in found.way]] if found.way else found.unit
        return np.unique(customers[np.isin(customers[:, 0], units), 1])

    def combine(self, parts: Sequence[Whole]) -> Whole:
        """Every customer once, in order."""
        return np.unique(np.concatenate(parts))


def ways_in(store: Store, bucket: Bucket, visits: Relation, gap_us: int) -> tuple[Walked, Whole]:
    """The ways of one bucket, and rows of (unit, customer)."""
    sql = visits.statement(VISITS.replace("{bucket}", bucket.holds("v.unit")))
    rows = _rows(store, sql, used(sql, dict(visits.parameters)), ("unit", "customer", "time", "ended", "touchpoint"))
    unit, _, time, ended, touchpoint = rows.T
    return walked(unit, time, ended, touchpoint, gap_us), rows[:, :2]


def _rows(store: Store, sql: str, values: dict[str, object], names: Sequence[str]) -> Whole:
    table = store.table(sql, values)
    return np.column_stack([table.column(name).to_numpy().astype(np.int64, copy=False) for name in names])


def _distinct(ways: Sequence[bytes]) -> tuple[tuple[bytes, ...], Whole]:
    number: dict[bytes, int] = {}
    way = np.array([number.setdefault(each, len(number)) for each in ways], np.int64)
    return tuple(number), way


def _per_unit(at: Whole, answered: Whole, units: int) -> Whole:
    """Answers and their total by unit."""
    sums = np.zeros((units, 2), np.int64)
    np.add.at(sums, at, answered[:, 2:4])
    return sums


def _per_way(way: Whole, sums: Whole, ways: int) -> Whole:
    n, total = sums.T
    found = np.zeros((ways, 6), np.int64)
    np.add.at(found, way, np.column_stack([n > 0, n, total, n * n, n * total, total * total]))
    return found


def _added(rows: Whole) -> Whole:
    """Rows (way, touchpoint, ...) with those of one way and touchpoint added up, in order."""
    if not len(rows):
        return rows
    touchpoints = int(rows[:, 1].max()) + 2
    pair, at = np.unique(rows[:, 0] * touchpoints + rows[:, 1] + 1, return_inverse=True)
    sums: NDArray[np.int64] = np.zeros((len(pair), 3), np.int64)
    np.add.at(sums, at, rows[:, 2:])
    return np.column_stack([pair // touchpoints, pair % touchpoints - 1, sums])
