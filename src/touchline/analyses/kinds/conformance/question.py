"""The question asked of the store: journeys of one bucket are aligned and counted; counts of all buckets add up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from touchline.analyses.kinds.conformance.alignments import aligned
from touchline.analyses.kinds.conformance.answers_given import PER_POINT, AnswersGiven, answers_given
from touchline.analyses.kinds.conformance.deviations import (
    Happened,
    chance_of,
    chances,
    course,
    deviations,
    key_numbers,
)
from touchline.analyses.kinds.conformance.plan import ComparedPlan
from touchline.analyses.kinds.conformance.rows import Ints, Journeys, Span, Visits, journeys
from touchline.analyses.questions.reading import Relation
from touchline.engine.question import Bucket
from touchline.engine.store import Store
from touchline.engine.sums import used

VISITS = """
select v.unit, v.customer::bigint as customer, epoch_us(v.time) as at, epoch_us(v.ended) as ended,
  v.touchpoint::bigint as touchpoint
from {relation} v where epoch_us(v.time) >= $since and {bucket}
"""
ANSWERS = """
select r.customer::bigint as customer, epoch_us(r.time) as at, round(r.experience * $per_point)::bigint as score
from responses r
where r.experience is not null and epoch_us(r.time) >= $since
  and r.customer in (select v.customer from {relation} v where {bucket})
"""

Key = tuple[int, ...]


@dataclass(frozen=True)
class Sums:
    """Of one deviation or chance. `people` are units: customers, accounts or cases."""

    people: int = 0
    completed: int = 0
    """Those whose journey reaches the plan's last step that is not optional."""
    answers: int = 0
    """Those with an answer at this moment or after it; their first answers' sum and squares, in thousandths."""
    total: int = 0
    squares: int = 0

    def __add__(self, other: Sums) -> Sums:
        return Sums(*(mine + theirs for mine, theirs in zip(_values(self), _values(other), strict=True)))

    def __sub__(self, other: Sums) -> Sums:
        return Sums(*(mine - theirs for mine, theirs in zip(_values(self), _values(other), strict=True)))


def _values(sums: Sums) -> tuple[int, ...]:
    return sums.people, sums.completed, sums.answers, sums.total, sums.squares


@dataclass(frozen=True)
class Counts:
    """What the journeys of some buckets add up to."""

    journeys: int
    not_over: int
    set_aside: int
    fits: Counter[tuple[int, int]]
    """(cost, worst cost) over the journeys of each of the people → people."""
    deviations: dict[Key, Sums]
    """(kind, touchpoint, step before, step after) → what followed the deviation."""
    others: dict[Key, Sums]
    """The same people from the moment from which those who could have deviated are counted."""
    chances: dict[Key, Sums]
    following: Counter[tuple[Key, int]]
    """(deviation, touchpoint after it) → people; −1: the journey ends."""
    variants: frozenset[bytes]


@dataclass(frozen=True)
class CountConformance:
    """Align and count."""

    visits: Relation
    """Of the scope, without its days."""
    plan: ComparedPlan
    span: Span

    def part(self, store: Store, bucket: Bucket) -> Counts:
        """Look at one bucket."""
        found = self.journeys(store, bucket)
        told = self._read(store, bucket, ANSWERS, {"per_point": PER_POINT})
        answers = answers_given(found, **told, gap=self.span.gap)
        return count_conformance(found, answers, self.plan)

    def journeys(self, store: Store, bucket: Bucket) -> Journeys:
        """The journeys of one bucket that are compared."""
        return journeys(Visits(**self._read(store, bucket, VISITS, {})), self.span, self.plan.anywhere)

    def combine(self, parts: Sequence[Counts]) -> Counts:
        """Add up: nobody is in two parts."""
        return Counts(
            journeys=sum(part.journeys for part in parts),
            not_over=sum(part.not_over for part in parts),
            set_aside=sum(part.set_aside for part in parts),
            fits=sum((part.fits for part in parts), Counter()),
            deviations=_added([part.deviations for part in parts]),
            others=_added([part.others for part in parts]),
            chances=_added([part.chances for part in parts]),
            following=sum((part.following for part in parts), Counter()),
            variants=frozenset().union(*(part.variants for part in parts)),
        )

    def _read(self, store: Store, bucket: Bucket, sql: str, values: dict[str, Any]) -> dict[str, Ints]:
        text = self.visits.statement(sql.replace("{bucket}", bucket.holds("v.unit")))
        given = {**self.visits.parameters, **values, "since": self.span.first - self.span.gap}
        table = store.table(text, used(text, given))
        return {name: table.column(name).to_numpy().astype(np.int64, copy=False) for name in table.column_names}


def _added(parts: Sequence[dict[Key, Sums]]) -> dict[Key, Sums]:
    total: dict[Key, Sums] = {}
    for part in parts:
        for key, sums in part.items():
            total[key] = total[key] + sums if key in total else sums
    return total


def count_conformance(found: Journeys, answers: AnswersGiven, plan: ComparedPlan) -> Counts:
    """Count journeys in memory."""
    steps = aligned(found, plan)
    optional = np.array([step.optional for step in plan.steps])
    way = course(found, steps, len(plan.steps) + 1)
    happened = deviations(found, steps, way, plan.contains, optional)
    possible = chances(found, steps, way)
    tally = _Tally(answers, way.last >= plan.goal)
    by_deviation, by_chance = _grouped(happened), _grouped(possible)
    following: Counter[tuple[Key, int]] = Counter()
    others = {}
    for key, rows in by_deviation.items():
        touchpoints, counts = np.unique(happened.following[rows], return_counts=True)
        following.update({(key, int(each)): int(n) for each, n in zip(touchpoints, counts, strict=True)})
        chance = by_chance[chance_of(key)]
        could = chance[np.isin(found.unit[possible.journey[chance]], found.unit[happened.journey[rows]])]
        others[key] = tally.sums(possible, could)
    first = np.flatnonzero(np.diff(found.unit, prepend=found.unit[:1] - 1))
    costs = np.stack([np.add.reduceat(each, first) if first.size else each for each in (steps.cost, steps.worst)])
    pairs, counts = np.unique(costs, axis=1, return_counts=True)
    return Counts(
        journeys=len(found.unit),
        not_over=found.not_over,
        set_aside=found.set_aside,
        fits=Counter({(int(cost), int(worst)): int(n) for cost, worst, n in zip(*pairs, counts, strict=True)}),
        deviations={key: tally.sums(happened, rows) for key, rows in by_deviation.items()},
        others=others,
        chances={key: tally.sums(possible, rows) for key, rows in by_chance.items()},
        following=following,
        variants=steps.variants,
    )


@dataclass(frozen=True)
class _Tally:
    answers: AnswersGiven
    completed: Any

    def sums(self, happened: Happened, rows: Ints) -> Sums:
        journey = happened.journey[rows]
        return Sums(
            people=len(journey),
            completed=int(np.count_nonzero(self.completed[journey])),
            **dict(
                zip(("answers", "total", "squares"), self.answers.sums_from(journey, happened.at[rows]), strict=True)
            ),
        )


def _grouped(happened: Happened) -> dict[Key, Ints]:
    """Rows by key, each in order of its journeys."""
    if not happened.journey.size:
        return {}
    number = key_numbers(happened.key)
    order = np.lexsort((happened.journey, number))
    starts = np.flatnonzero(np.diff(number[order], prepend=-1))
    parts = np.split(order, starts[1:])
    return {tuple(int(each) for each in happened.key[part[0]]): part for part in parts}
