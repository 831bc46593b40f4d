"""The audit of joins: a random sample of joined pairs every month, what people said of them, and what is known of each."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from touchline.customers.rules.guards import TYPES
from touchline.customers.rules.quality import (
    DIFFERENT,
    SAME,
    UNKNOWN,
    Audit,
    AuditedMonth,
    AuditedRule,
    PairEnd,
    SampledPair,
    Via,
)
from touchline.customers.sql_files import sql
from touchline.engine.store import Store
from touchline.events.facade import UNDATED
from touchline.formulas.identity_error import PAIRS_A_MONTH, Judged, error_of_rule, overall_error, sampled
from touchline.formulas.proportion import share

FACTS_SHOWN = 6


@dataclass(frozen=True)
class Drawn:
    """A pair of this month's sample, before anything is looked up about it."""

    key: str
    rule: str
    customer: int
    a: int
    b: int
    via: int | None
    names: tuple[str, str, str, str]
    """Type and value of a, type and value of b."""
    judgement: str | None


def draw(store: Store, month: str) -> tuple[dict[str, int], list[Drawn]]:
    """How many pairs each rule joined, and this month's sample: the rules take turns, so that each gets judged."""
    rows = store.rows(sql("joined_pairs"), {"types": list(TYPES), "month": month, "most": PAIRS_A_MONTH})
    pairs = dict(sorted({(row[1], row[11]) for row in rows}))
    taken = dict(zip(pairs, sampled(list(pairs.values())), strict=True))
    return pairs, [
        Drawn(key, rule, customer, a, b, via, (a_type, a_value, b_type, b_value), judgement)
        for key, rule, customer, a, b, via, a_type, a_value, b_type, b_value, judgement, _, place in rows
        if place <= taken[rule]
    ]


def audit(store: Store, month: str) -> Audit:
    """What is to be judged this month, and what all months found."""
    pairs, drawn = draw(store, month)
    said = store.rows("select rule, judgement, count(*) from audited_pairs group by all order by all")
    counts: dict[str, dict[str, int]] = {}
    for rule, judgement, count in said:
        counts.setdefault(rule, {})[judgement] = count
    rules = {
        rule: Judged(
            pairs.get(rule, 0), *(counts.get(rule, {}).get(judgement, 0) for judgement in (SAME, DIFFERENT, UNKNOWN))
        )
        for rule in sorted({*pairs, *counts})
    }
    months = store.rows(
        """
        select month, count_if(judgement = $different), count_if(judgement in ($same, $different))
        from audited_pairs group by month order by month desc
        """,
        {"same": SAME, "different": DIFFERENT},
    )
    return Audit(
        month=month,
        sampled=len(drawn),
        judged=sum(pair.judgement is not None for pair in drawn),
        rules=tuple(
            AuditedRule(rule, judged.pairs, judged.same, judged.different, judged.unknown, error_of_rule(judged))
            for rule, judged in rules.items()
        ),
        overall=overall_error(list(rules.values())),
        months=tuple(AuditedMonth(name, share(different, both)) for name, different, both in months),
    )


def described(store: Store, drawn: Drawn) -> SampledPair:
    """What a person needs to judge a pair."""
    known = {
        row[0]: row[1:]
        for row in store.rows(_KNOWN, {"ends": [drawn.a, drawn.b], "undated": UNDATED.replace(tzinfo=None)})
    }
    links = store.rows(_LINKS, {"a": drawn.a, "b": drawn.b, "via": drawn.via})
    a_type, a_value, b_type, b_value = drawn.names
    return SampledPair(
        drawn.key,
        drawn.rule,
        drawn.customer,
        _end(drawn.a, a_type, a_value, known.get(drawn.a)),
        _end(drawn.b, b_type, b_value, known.get(drawn.b)),
        tuple(Via(*row) for row in links),
        drawn.judgement,
    )


def _end(number: int, type_: str, value: str, known: tuple[Any, ...] | None) -> PairEnd:
    if known is None:
        return PairEnd(number, type_, value, 0, None, None, (), (), ())
    events, first, last, sources, devices, told = known
    return PairEnd(number, type_, value, events, first, last, tuple(sources), tuple(devices), tuple(_facts(told)))


def _facts(told: Iterable[str]) -> list[tuple[str, str]]:
    """Single values of the profiles told under an identifier, the latest of each key."""
    facts: dict[str, str] = {}
    for text in told:
        try:
            found = json.loads(text)
        except ValueError:
            continue
        if isinstance(found, dict):
            facts |= {key: str(value) for key, value in found.items() if isinstance(value, str | int | float)}
    return sorted(facts.items())[:FACTS_SHOWN]


_KNOWN = """
select e.who, count(*), min(e.time) filter (where e.time > $undated), max(e.time) filter (where e.time > $undated),
  list_sort(list(distinct k.source)),
  coalesce(list_sort(list(distinct e.device) filter (where e.device is not null)), []),
  coalesce(list(e.properties order by e.time, e.id)
    filter (where k.name = 'Profile Updated' and e.properties is not null), [])
from events e join kinds k using (kind)
where e.who in (select unnest($ends))
group by e.who
"""

_LINKS = """
with between as (
  select least(a, b) as a, greatest(a, b) as b, arg_min(reason, time) as reason, arg_min(source, time) as source,
    min(time) as time, bool_and(active) as active
  from links
  where (a in ($a, $b) and b in ($a, $b)) or ($via in (a, b) and ($a in (a, b) or $b in (a, b)))
  group by all
)
select between.a, between.b, one.value, other.value, reason, source, time, active
from between
join identifiers one on one.identifier = between.a
join identifiers other on other.identifier = between.b
order by between.a, between.b
"""
