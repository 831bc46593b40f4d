"""The groups of a breakdown: the largest values of a channel, device, intent or fact, each with a reading of its own.

Channel and device are those of a customer's first visit in the scope: all their steps then count, wherever they were
taken. An order delivered by a carrier still ends the journey of somebody who came by phone.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any, Final

from touchline.analyses.questions.reading import Reading
from touchline.analyses.rules.problem import QuestionError, what_exists
from touchline.engine.sums import used
from touchline.events.facade import CHANNEL_NAMES, CHANNELS, DEVICES
from touchline.segments.facade import Clause, compile_scope

MOST_GROUPS = 6
FIRST_SEEN: Final = {"channel": [CHANNEL_NAMES[each] for each in CHANNELS], "device": [*DEVICES]}
INTENT: Final = "intent"

FIRST = """
select v.customer, arg_min(v.{column}, (v.time, v.touchpoint, v.first_event)) as first
from visits v where {scope} group by v.customer
"""
COUNTED_FIRST = "select first, count(*) as n from ({first}) group by 1 order by n desc, 1 limit $most"
OF_THESE = "v.customer in (select customer from ({first}) where first = $first_seen)"
COUNTED_INTENTS = """
select v.intent, count(distinct v.customer) as n from visits v
where {scope} and v.intent is not null group by 1 order by n desc, 1 limit $most
"""
FACTS = "select distinct lower(key) from traits order by 1"
VALUES = """
select any_value(t.value), count(distinct t.customer) as n
from traits t where lower(t.key) = $key and t.customer in (select v.customer from visits v where {scope})
group by lower(t.value) order by n desc, lower(any_value(t.value)) limit $most
"""


def groups(reading: Reading, breakdown: str) -> list[tuple[str, Reading]]:
    """The largest groups, the largest first. Raises QuestionError for a breakdown there is not."""
    name = breakdown.strip().lower()
    if name in FIRST_SEEN:
        return _by_first_visit(reading, name)
    if name == INTENT:
        found = _ask(reading, COUNTED_INTENTS, {})
        return [(str(value), _within(reading, intent=str(value))) for value in found]
    facts = [row[0] for row in reading.workspace.store.rows(FACTS)]
    if name not in facts:
        raise QuestionError(what_exists("breakdown", breakdown, (*FIRST_SEEN, INTENT, *facts)), "breakdown")
    return [(str(value), _of_fact(reading, name, str(value))) for value in _ask(reading, VALUES, {"key": name})]


def _by_first_visit(reading: Reading, column: str) -> list[tuple[str, Reading]]:
    first = FIRST.replace("{column}", column).replace("{scope}", reading.clause.sql)
    of_these = OF_THESE.replace("{first}", first)
    found = []
    for value in _ask(reading, COUNTED_FIRST.replace("{first}", first), {}):
        values = {**reading.clause.parameters, "first_seen": value}
        clause = Clause(f"{reading.clause.sql} and {of_these}", values)
        found.append((FIRST_SEEN[column][value], replace(reading, clause=clause, narrowed=Clause(of_these, values))))
    return found


def _of_fact(reading: Reading, key: str, value: str) -> Reading:
    condition = f"customer.{json.dumps(key, ensure_ascii=False)} = {json.dumps(value, ensure_ascii=False)}"
    kept = reading.scope.filter.strip()
    return _within(reading, filter=f"({kept}) and {condition}" if kept else condition)


def _within(reading: Reading, **narrowed: str) -> Reading:
    scope = replace(reading.scope, **narrowed)  # type: ignore[arg-type]  # intent and filter are texts
    return replace(reading, scope=scope, clause=compile_scope(reading.workspace, scope))


def _ask(reading: Reading, sql: str, more: dict[str, Any]) -> list[Any]:
    text = sql.replace("{scope}", reading.clause.sql)
    values = used(text, {**reading.clause.parameters, "most": MOST_GROUPS, **more})
    return [row[0] for row in reading.workspace.store.rows(text, values)]
