"""Write a definition back into the text of journey.toml, keeping its comments and everything that did not change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import tomlkit
from tomlkit.items import AoT, Array, InlineTable, Table

from touchline.journeys.rules.definition import JourneyDefinition, Pattern, Stage, Touchpoint
from touchline.journeys.rules.journey_file import LISTS, JourneyFileError, read_journey
from touchline.journeys.rules.planned import PlannedOrder


def write_journey(definition: JourneyDefinition, text: str) -> str:
    """Return `text` changed so that it means `definition`. A text that cannot be read is replaced as a whole."""
    try:
        before = read_journey(text, "journey.toml")
        document = tomlkit.parse(text)
    except JourneyFileError:
        before, document = JourneyDefinition("", (), ()), tomlkit.document()
    if before == definition:
        return text
    _set(document, "name", definition.name, before.name)
    _set(document, "gap_days", _number(definition.gap_days), _number(before.gap_days))
    _set(document, "visit_minutes", _number(definition.visit_minutes), _number(before.visit_minutes))
    _set_patterns(document, "ignore", definition.ignore, before.ignore)
    _set_planned(document, definition.planned, before.planned)
    old = {str(table["id"]): table for table in document.get("stage", [])}
    document["stage"] = _blocks(_stage(old.get(stage.id), stage, definition, before) for stage in definition.stages)
    return tomlkit.dumps(document)


def _blocks(tables: Iterable[Table]) -> AoT:
    blocks = tomlkit.aot()
    for table in tables:
        blocks.append(table)
    return blocks


def _stage(table: Table | None, stage: Stage, definition: JourneyDefinition, before: JourneyDefinition) -> Table:
    old = {} if table is None else {str(each["id"]): each for each in table.get("touchpoint", [])}
    table = tomlkit.table() if table is None else table
    was = next((each for each in before.stages if each.id == stage.id), Stage("", ""))
    for key in ("id", "name", "owner", "note"):
        _set(table, key, getattr(stage, key), getattr(was, key))
    touchpoints = definition.touchpoints_of(stage.id)
    if touchpoints != before.touchpoints_of(stage.id):
        table.pop("touchpoint", None)
        if touchpoints:
            table["touchpoint"] = _blocks(_touchpoint(old.get(each.id), each, before) for each in touchpoints)
    return table


def _touchpoint(table: Table | None, touchpoint: Touchpoint, before: JourneyDefinition) -> Table:
    nothing = Touchpoint("", "", "", (), icon="dot")
    was = nothing if table is None else next(each for each in before.touchpoints if each.id == touchpoint.id)
    table = tomlkit.table() if table is None else table
    for key in ("id", "name", "icon", "owner", "note"):
        _set(table, key, getattr(touchpoint, key), getattr(was, key))
    _set_patterns(table, "any", touchpoint.patterns, was.patterns)
    _set_patterns(table, "answers", touchpoint.answers, was.answers)
    return table


def _set(table: Any, key: str, value: object, was: object) -> None:
    if value == was:
        return
    if value == "":
        table.pop(key, None)
    else:
        table[key] = value


def _set_planned(document: Any, plan: PlannedOrder, was: PlannedOrder) -> None:
    if plan == was:
        return
    if not plan.steps and not plan.anywhere:
        document.pop("planned", None)
        return
    if "planned" not in document:
        stages = document.pop("stage", None)  # a table without a name of its own stands before the blocks
        document["planned"] = tomlkit.table()
        if stages is not None:
            document["stage"] = stages
    table = document["planned"]
    _set_texts(table, "order", tuple(map(str, plan.steps)), tuple(map(str, was.steps)))
    _set_texts(table, "anywhere", plan.anywhere, was.anywhere)


def _set_texts(table: Any, key: str, texts: tuple[str, ...], was: tuple[str, ...]) -> None:
    if texts == was:
        return
    if not texts:
        table.pop(key, None)
        return
    written: Array = tomlkit.array()
    written.extend(texts)
    table[key] = written.multiline(len(texts) > 3)


def _set_patterns(table: Any, key: str, patterns: tuple[Pattern, ...], was: tuple[Pattern, ...]) -> None:
    if patterns == was:
        return
    if not patterns:
        table.pop(key, None)
        return
    if key in table and patterns[: len(was)] == was:
        for pattern in patterns[len(was) :]:
            table[key].append(_rule(pattern))
        return
    rules: Array = tomlkit.array()
    rules.extend(_rule(pattern) for pattern in patterns)
    table[key] = rules.multiline(len(patterns) > 1)


def _rule(pattern: Pattern) -> InlineTable:
    rule = tomlkit.inline_table()
    for key in LISTS:
        values = getattr(pattern, key)
        if values:
            rule[key] = values[0] if len(values) == 1 else list(values)
    if pattern.property:
        rule["property"] = _inline(pattern.property)
    for key in ("occurrence", "after"):
        if getattr(pattern, key):
            rule[key] = getattr(pattern, key)
    if pattern.within_hours:
        rule["within_hours"] = _number(pattern.within_hours)
    return rule


def _inline(values: Mapping[str, str]) -> InlineTable:
    table = tomlkit.inline_table()
    table.update(values)
    return table


def _number(value: float) -> int | float:
    return int(value) if value == int(value) else value


def with_touchpoints(definition: JourneyDefinition, added: Iterable[Touchpoint]) -> JourneyDefinition:
    """Return the definition with more touchpoints, each at the end of its stage; order follows the stages."""
    touchpoints = [*definition.touchpoints, *added]
    order = {stage.id: position for position, stage in enumerate(definition.stages)}
    return replace(definition, touchpoints=tuple(sorted(touchpoints, key=lambda each: order[each.stage])))
