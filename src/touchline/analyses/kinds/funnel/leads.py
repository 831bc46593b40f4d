"""What else those who entered did on their way, and what is known about them: the counts behind the leads.

A thing counts when it happened within as long from the entrance as half of those who got through took, and not after they
were through. Longer looks would make dropping out the cause of everything: who has not got through is watched for longer.
Who may still get through is left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from touchline.analyses.kinds.funnel.kernel import Plan, Walk
from touchline.analyses.kinds.funnel.question import in_slices, levels_of
from touchline.analyses.questions.matches import Matches
from touchline.analyses.questions.reading import Reading, Relation
from touchline.analyses.rules.steps import Step
from touchline.engine.question import Bucket
from touchline.engine.store import Store
from touchline.engine.sums import used

PROFILE_EVENT = "Profile Updated"
"""Tells a fact about somebody; they did nothing."""

MOST_NAMES = 200
MOST_VALUES = 30
"""A fact with more values than this (a name, an address) is none that groups people."""

TOUCHPOINT, EVENT, FACT, KNOWN = "touchpoint", "event", "fact", "known"

Factor: TypeAlias = tuple[str, str]
"""(TOUCHPOINT, its position), (EVENT, its name), (FACT, 'key = value'), or (KNOWN, key): of whom a fact is known."""

Exposed: TypeAlias = dict[Factor, tuple[int, int]]
"""How many of those who got through, and of the others."""

NEVER_VISITS = """
select k.name from kinds k left join kind_touchpoints t on t.kind = k.kind
group by k.name having not coalesce(bool_or(t.is_visit and t.touchpoint is not null), false)
"""
BELONGS = """
select distinct t.touchpoint from kinds k join kind_touchpoints t on t.kind = k.kind
where list_contains($names, k.name) and t.is_visit and t.touchpoint is not null
"""
FACTS = "select lower(key) from traits group by 1 having count(distinct lower(value)) between 2 and $most order by 1"

TOUCHED = (
    "select v.unit, v.time as at, v.touchpoint::integer as code from {relation} v where v.touchpoint in ({listed})"
)
HAPPENED = """
select v.unit, v.time as at, (list_position($names, v.name) - 1)::integer as code
from {relation} v where list_contains($names, v.name)
"""
KNOWN_FACTS = """
select distinct v.customer as unit, lower(v.key) as key, lower(v.key) || ' = ' || lower(v.value) as fact
from traits v where list_contains($keys, lower(v.key))
"""


@dataclass(frozen=True)
class Span:
    """From when to when each unit is looked at, in order of unit."""

    unit: NDArray[np.int64]
    start_us: NDArray[np.int64]
    end_us: NDArray[np.int64]
    through: NDArray[np.bool_]


@dataclass(frozen=True)
class Factors:
    """What is looked for beside the steps."""

    visits: Relation
    events: Relation
    touchpoints: tuple[int, ...]
    names: tuple[str, ...]
    facts: tuple[str, ...]
    """Keys of traits, in lower case; none where the unit is no customer."""

    @classmethod
    def of(cls, reading: Reading, steps: tuple[Step, ...], order: str) -> Factors:
        """Everything that occurs beside these steps, but for what is a step under another name.

        In strict order nothing comes between the steps, so that only facts are left.
        """
        store, known = reading.workspace.store, reading.known
        named = [name for step in steps for name in step.names]
        same = {place for step in steps for place in step.touchpoints}
        same |= {row[0] for row in store.rows(BELONGS, {"names": named})}
        unplaced = {row[0] for row in store.rows(NEVER_VISITS)} - {*named, PROFILE_EVENT}
        frequent = sorted((name for name in known.events if name in unplaced), key=lambda name: -known.events[name])
        facts = store.rows(FACTS, {"most": MOST_VALUES}) if reading.unit == "customer" else []
        is_strict = order == "strict"
        return cls(
            reading.visits(),
            reading.events(),
            () if is_strict else tuple(sorted(set(known.visits) - same)),
            () if is_strict else tuple(frequent[:MOST_NAMES]),
            tuple(row[0] for row in facts),
        )

    def exposed(self, store: Store, bucket: Bucket, between: tuple[int, int] | None, span: Span) -> Exposed:
        """Count the units of a span that had each factor."""
        if not span.unit.size:
            return {}
        where = f" and {bucket.holds('v.unit')}" + _within("v.unit", between)
        found: Exposed = {}
        if self.touchpoints:
            listed = ", ".join(map(str, self.touchpoints))
            sql = self.visits.statement(TOUCHED.replace("{listed}", listed) + where)
            places = [(TOUCHPOINT, str(place)) for place in range(max(self.touchpoints) + 1)]
            found |= _counted(span, store.columns(sql, used(sql, dict(self.visits.parameters))), places)
        if self.names:
            sql = self.events.statement(HAPPENED + where)
            values = used(sql, {**self.events.parameters, "names": list(self.names)})
            found |= _counted(span, store.columns(sql, values), [(EVENT, name) for name in self.names])
        if self.facts:
            sql = KNOWN_FACTS + f" and {bucket.holds('v.customer')}" + _within("v.customer", between)
            columns = store.columns(sql, {"keys": list(self.facts)})
            for about, column in ((FACT, "fact"), (KNOWN, "key")):
                occurring, code = np.unique(np.asarray(columns[column], dtype=object), return_inverse=True)
                coded = {"unit": columns["unit"], "code": code}
                found |= _counted(span, coded, [(about, str(value)) for value in occurring])
        return found


@dataclass(frozen=True)
class LeadCounts:
    """Who was compared, and what they had."""

    exposed: Exposed
    compared: tuple[int, int]
    """How many got through, and how many others had the time for it."""


@dataclass(frozen=True)
class CountLeads:
    """Count what those who got through had, and what the others."""

    matches: Matches
    plan: Plan
    factors: Factors
    longest_us: int

    def part(self, store: Store, bucket: Bucket) -> LeadCounts:
        """Count one bucket."""
        return self.combine(in_slices(self.matches, store, bucket, partial(self._count, store, bucket)))

    def combine(self, parts: Sequence[LeadCounts]) -> LeadCounts:
        """Add up: no unit is in two parts."""
        through: Counter[Factor] = Counter()
        others: Counter[Factor] = Counter()
        for part in parts:
            for factor, (of_through, of_others) in part.exposed.items():
                through[factor] += of_through
                others[factor] += of_others
        return LeadCounts(
            {factor: (through[factor], others[factor]) for factor in through},
            (sum(part.compared[0] for part in parts), sum(part.compared[1] for part in parts)),
        )

    def _count(self, store: Store, bucket: Bucket, between: tuple[int, int] | None) -> LeadCounts:
        rows = self.matches.matched(store, bucket, between)
        ways = Walk(rows.unit, rows.time_us, rows.mask, self.plan).furthest()
        levels = levels_of(ways, self.plan, rows.unit.size)
        decided = ~ways.open
        through = (ways.depth == len(levels))[decided]
        start = rows.time_us[levels[0, decided]]
        end = start + self.longest_us
        end = np.where(through, np.minimum(end, rows.time_us[levels[-1, decided]]), end)
        span = Span(ways.unit[decided], start, end, through)
        return LeadCounts(
            self.factors.exposed(store, bucket, between, span), (int(through.sum()), int((~through).sum()))
        )


def _within(column: str, between: tuple[int, int] | None) -> str:
    return "" if between is None else f" and {column} >= {between[0]:d} and {column} < {between[1]:d}"


def _counted(span: Span, rows: Mapping[str, Any], factors: list[Factor]) -> Exposed:
    unit, code = np.asarray(rows["unit"]), np.asarray(rows["code"])
    place = np.minimum(np.searchsorted(span.unit, unit), span.unit.size - 1)
    is_counted = span.unit[place] == unit
    if "at" in rows:
        at = np.asarray(rows["at"]).astype("datetime64[us]").astype(np.int64)
        is_counted &= (at >= span.start_us[place]) & (at <= span.end_us[place])
    had = np.zeros((span.unit.size, len(factors)), np.bool_)
    had[place[is_counted], code[is_counted]] = True
    through, others = had[span.through].sum(axis=0), had[~span.through].sum(axis=0)
    counts = zip(factors, through.tolist(), others.tolist(), strict=True)
    return {factor: (of_through, of_others) for factor, of_through, of_others in counts if of_through or of_others}
