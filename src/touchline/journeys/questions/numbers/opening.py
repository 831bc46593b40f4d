"""Open a number: find what is meant, ask for one page of its rows, and put names where the store has numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from touchline.engine.opening import RowsBehind, rows_behind
from touchline.engine.store import Store
from touchline.engine.workspace import Workspace
from touchline.events.facade import CHANNELS
from touchline.journeys.questions.answers import relation
from touchline.journeys.questions.asked import CONTACT_CHANNELS, SERVICE_STAGE, Asked
from touchline.journeys.questions.coverage import span
from touchline.journeys.questions.measured_map import asked_of, scope_of_days, scope_words
from touchline.journeys.questions.numbers import evidence, moves, people
from touchline.journeys.questions.numbers.measure import Measure
from touchline.journeys.rules.definition import JourneyDefinition
from touchline.kit.opened_number import Cell, Column, OpenedNumber, UnknownNumberError
from touchline.segments.facade import Scope

MEASURES: dict[str, Measure] = {
    measure.id: measure for measure in (*people.MEASURES, *moves.MEASURES, *evidence.MEASURES)
}
"""Every number of the map that can be opened, by id."""

OTHER_NAMES = {"goes_on": "went_on", "time_taken": "waiting", "prior_weight": "experience", "distance": "drift"}
"""Fields of the map that are opened under another name."""

STAGE = "stage:"
STEP = ">"


@dataclass(frozen=True)
class Target:
    """What of the map is meant: positions of touchpoints."""

    text: str
    name: str
    places: tuple[int, ...]
    next_places: tuple[int, ...] = ()


def opened(
    workspace: Workspace,
    definition: JourneyDefinition,
    scope: Scope,
    measure: str,
    target: str,
    offset: int,
    limit: int,
) -> OpenedNumber:
    """Open a number of the map of this scope. Raises UnknownNumberError and FilterError."""
    meant = measure_of(measure)
    place = target_of(definition, meant, target)
    data = span(workspace.store)
    filled, choice = scope_of_days(scope, data)
    asked = asked_of(workspace, definition, filled, data)
    found = rows_of(workspace.store, asked, meant, place, offset, limit)
    return replace(found, scope_in_words=scope_words(filled, choice))


def measure_of(measure_id: str) -> Measure:
    """Find a measure. Raises UnknownNumberError."""
    found = MEASURES.get(OTHER_NAMES.get(measure_id, measure_id))
    if found is None:
        raise UnknownNumberError(f"There is no number “{measure_id}”. There are: {', '.join(sorted(MEASURES))}.")
    return found


def target_of(definition: JourneyDefinition, measure: Measure, text: str) -> Target:
    """Find what a target means: '', a touchpoint's id, 'stage:' and an id, 'from>to'. Raises UnknownNumberError."""
    if measure.per == "journey" or not text:
        return Target("", "the whole journey", *_everywhere(definition, measure))
    if measure.per == "step":
        start, _, end = text.partition(STEP)
        first, second = _touchpoint(definition, start), _touchpoint(definition, end)
        return Target(text, f"{first.name} → {second.name}", first.places, second.places)
    if text.startswith(STAGE):
        return _stage(definition, text)
    return _touchpoint(definition, text)


def rows_of(store: Store, asked: Asked, measure: Measure, target: Target, offset: int, limit: int) -> OpenedNumber:
    """Ask for one page of the rows behind a number; `limit` 0 gives all of them."""
    question = RowsBehind(
        _in_scope(measure.anchor, asked), measure.order, measure.details, _in_scope(measure.number, asked)
    )
    shown = [column.id for column in measure.columns]
    rows, total = rows_behind(store, question, shown, _values(asked, target), offset, limit)
    names = _names(asked.definition)
    return OpenedNumber(
        measure=measure.id,
        title=measure.title,
        target=target.text,
        target_name=target.name,
        definition=measure.definition,
        formula=measure.formula,
        page=measure.page,
        scope_in_words="",
        columns=tuple(_shown(column) for column in measure.columns),
        rows=tuple(_named(row, measure.columns, names) for row in rows),
        total=total,
        offset=offset,
        limit=limit,
    )


def _touchpoint(definition: JourneyDefinition, id_: str) -> Target:
    for position, touchpoint in enumerate(definition.touchpoints):
        if touchpoint.id == id_:
            return Target(id_, touchpoint.name, (position,))
    known = ", ".join(touchpoint.id for touchpoint in definition.touchpoints)
    raise UnknownNumberError(f"The journey has no touchpoint “{id_}”. It has: {known}.")


def _stage(definition: JourneyDefinition, text: str) -> Target:
    id_ = text.removeprefix(STAGE)
    for stage in definition.stages:
        if stage.id == id_:
            inside = (position for position, one in enumerate(definition.touchpoints) if one.stage == id_)
            return Target(text, stage.name, tuple(inside))
    known = ", ".join(stage.id for stage in definition.stages)
    raise UnknownNumberError(f"The journey has no stage “{id_}”. It has: {known}.")


def _everywhere(definition: JourneyDefinition, measure: Measure) -> tuple[tuple[int, ...], ...]:
    places = tuple(range(len(definition.touchpoints)))
    return (places, places) if measure.per == "step" else (places,)


def _in_scope(sql: str, asked: Asked) -> str:
    placed = relation(asked)
    return sql.replace("{scope}", asked.scope.sql).replace("{before}", asked.compared_sql).replace("{placed}", placed)


def _values(asked: Asked, target: Target) -> dict[str, Any]:
    stage = asked.stage_of
    here = max((int(stage[place]) for place in target.places), default=0)
    return {
        **asked.parameters,
        "places": list(target.places),
        "next_places": list(target.next_places),
        "everywhere": not target.text,
        "is_stage": target.text.startswith(STAGE),
        "later": [place for place in range(asked.touchpoints) if stage[place] > here],
        "service": [place for place, one in enumerate(asked.definition.touchpoints) if one.stage == SERVICE_STAGE],
        "contact_channels": [CHANNELS.index(channel) for channel in CONTACT_CHANNELS],
        "contact_days": int(asked.contact_window_days),
        "contact_observed_until": asked.data_until - timedelta(days=asked.contact_window_days),
        "gap_days": asked.gap_days,
        "over_before": asked.data_until - timedelta(days=asked.gap_days),
        "data_until": asked.data_until,
        "start": asked.start,
        "end": asked.end,
    }


def _names(definition: JourneyDefinition) -> dict[str, Sequence[str]]:
    return {"touchpoint": [touchpoint.name for touchpoint in definition.touchpoints], "channel": CHANNELS}


def _shown(column: Column) -> Column:
    return replace(column, kind="text") if column.kind in ("touchpoint", "channel") else column


def _named(row: Sequence[Any], columns: Sequence[Column], names: dict[str, Sequence[str]]) -> tuple[Cell, ...]:
    return tuple(
        names[column.kind][cell] if column.kind in names and cell is not None else cell
        for cell, column in zip(row, columns, strict=True)
    )
