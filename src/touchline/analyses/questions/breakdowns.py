"""The groups of a breakdown: the largest values of a channel, device, intent or fact, each as a scope of its own."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from touchline.analyses.questions.reading import Reading
from touchline.analyses.rules.problem import QuestionError, what_exists
from touchline.engine.sums import used
from touchline.events.facade import CHANNELS, DEVICES
from touchline.segments.facade import Scope

MOST_GROUPS = 6
OF_VISITS = ("channel", "device", "intent")

COUNTED = """
select v.{column}, count(distinct v.unit) as n from {relation} v
where v.{column} is not null group by 1 order by n desc, 1 limit $most
"""
FACTS = "select distinct lower(key) from traits order by 1"
VALUES = """
select any_value(t.value), count(distinct t.customer) as n
from traits t where lower(t.key) = $key and t.customer in (select v.customer from {relation} v)
group by lower(t.value) order by n desc, lower(any_value(t.value)) limit $most
"""


def groups(reading: Reading, breakdown: str) -> list[tuple[str, Scope]]:
    """The largest groups with their scopes, the largest first. Raises QuestionError for a breakdown there is not."""
    name = breakdown.strip().lower()
    if name in OF_VISITS:
        return _of_visits(reading, name)
    facts = [row[0] for row in reading.workspace.store.rows(FACTS)]
    if name not in facts:
        raise QuestionError(what_exists("breakdown", breakdown, (*OF_VISITS, *facts)), "breakdown")
    return _of_customers(reading, name)


def _of_visits(reading: Reading, column: str) -> list[tuple[str, Scope]]:
    found = _ask(reading, COUNTED.replace("{column}", column), {})
    scope = reading.scope
    if column == "intent":
        return [(str(value), replace(scope, intent=str(value))) for value in found]
    if column == "channel":
        return [(CHANNELS[value], replace(scope, channels=(CHANNELS[value],))) for value in found]
    return [(DEVICES[value], replace(scope, devices=(DEVICES[value],))) for value in found]


def _of_customers(reading: Reading, key: str) -> list[tuple[str, Scope]]:
    found = []
    for value in _ask(reading, VALUES, {"key": key}):
        condition = f"customer.{json.dumps(key, ensure_ascii=False)} = {json.dumps(str(value), ensure_ascii=False)}"
        kept = reading.scope.filter.strip()
        found.append((str(value), replace(reading.scope, filter=f"({kept}) and {condition}" if kept else condition)))
    return found


def _ask(reading: Reading, sql: str, more: dict[str, object]) -> list[Any]:
    relation = reading.visits()
    text = relation.statement(sql)
    values = used(text, {**relation.parameters, "most": MOST_GROUPS, **more})
    return [row[0] for row in reading.workspace.store.rows(text, values)]
