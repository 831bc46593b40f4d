"""JSON objects that arrive one by one, read through a mapping as the rows of a table would be: the same facts, hence the same
events. Nested fields are columns with dotted names, as in a file of JSON lines."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from collections.abc import Mapping as MappingOf
from dataclasses import replace
from datetime import UTC
from typing import Any

import numpy as np
import pyarrow as pa

from touchline.engine.workspace import Settings
from touchline.events.mapping.application import apply
from touchline.events.mapping.proposal import MappingProposal, correct_mapping, propose_mapping
from touchline.events.mapping.roles import Mapping
from touchline.events.readers.jsonl import flatten
from touchline.events.readers.sheet import Batch
from touchline.events.rules import Event, Refused, Score, Skipped
from touchline.events.sources.protocol import Context
from touchline.events.vocabulary import IDENTIFIER_TYPES

Object = MappingOf[str, Any]


def propose_for_objects(
    objects: Sequence[Object],
    settings: Settings,
    mapping: Mapping | None = None,
    choices: MappingOf[str, str] | None = None,
) -> MappingProposal:
    """Propose how objects become events; with a mapping and choices (role -> field, '' for none) correct it instead.

    Raises MappingError for a role or a field there is not.
    """
    table = table_of_objects(objects)
    columns = table.column_names
    found = propose_mapping(columns, table, settings)
    if choices:
        found = correct_mapping(mapping or found.mapping, choices, columns, table, settings)
    return replace(found, mapping=one_by_one(found.mapping))


def one_by_one(mapping: Mapping) -> Mapping:
    """A mapping for objects that arrive alone: nothing waits for further rows of an order, and an order's number is no id
    of what happened to it."""
    columns = dict(mapping.columns)
    if columns.get("key") == columns.get("order"):
        columns.pop("key", None)
    return replace(mapping, columns=columns, one_event_per="row", value_repeats=False)


def read_collected_object(body: Object, mapping: str, context: Context) -> Iterator[Event | Skipped | Refused]:
    """The event of an object. Raises MappingError for a mapping that cannot be used."""
    batch = Batch(table_of_objects([body]), np.array([1], dtype=np.int64), 0)
    for applied in apply(one_by_one(Mapping.from_json(mapping)), iter([batch]), context):
        yield from applied.skipped
        for refused in applied.refused:
            raise ValueError(refused.reason)
        yield from (_event(row) for row in applied.staged.to_pylist())


def table_of_objects(objects: Sequence[Object]) -> pa.Table:
    """One row for each object, one column of text for each field."""
    rows = [flatten(each) for each in objects]
    names = dict.fromkeys(name for row in rows for name in row)
    return pa.table({name: pa.array([row.get(name) for row in rows], pa.string()) for name in names})


def _event(row: dict[str, Any]) -> Event:
    score = row["score"]
    return Event(
        key=row["key"],
        name=row["name"],
        time=row["time"].replace(tzinfo=UTC),
        line=row["line"],
        channel=row["channel"],
        identifiers={type_: row[type_] for type_ in IDENTIFIER_TYPES if row[type_]},
        label=row["label"],
        page=row["page"],
        device=row["device"],
        campaign=row["campaign"],
        score=None if score is None else Score(row["metric"], score, row["score_min"], row["score_max"]),
        text=row["text"],
        language=row["language"],
        value=row["value"],
        currency=row["currency"],
        objects=tuple((each["type"], each["id"]) for each in row["objects"] or ()),
        session=row["session"],
        properties=json.loads(row["properties"]) if row["properties"] else {},
    )
