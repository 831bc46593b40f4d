"""OCEL 2.0 as JSON (https://www.ocel-standard.org/specification/formats/json/)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from touchline.events.exports.ocel_log import (
    EVENT_ATTRIBUTES,
    OBJECT_ATTRIBUTES,
    OBJECT_TYPE_NAMES,
    ocel_events,
    ocel_objects,
)
from touchline.events.exports.stored import EventLog
from touchline.events.readers.ocel_rows import OcelEvent, OcelObject, Relation

_encode = msgspec.json.Encoder().encode


def write_ocel_json(path: Path, log: EventLog) -> None:
    """Write a workspace as OCEL 2.0 JSON. Raises OSError."""
    with path.open("wb") as file:
        file.write(b'{"objectTypes":')
        file.write(_encode([_type(name, OBJECT_ATTRIBUTES.get(name, {})) for name in OBJECT_TYPE_NAMES]))
        file.write(b',\n"eventTypes":')
        file.write(_encode([_type(name, EVENT_ATTRIBUTES) for name in log.event_names()]))
        file.write(b',\n"objects":')
        _write_list(file, (_object(each) for each in ocel_objects(log)))
        file.write(b',\n"events":')
        _write_list(file, (_event(each) for each in ocel_events(log)))
        file.write(b"}\n")


def _write_list(file: BinaryIO, each: Iterable[dict[str, Any]]) -> None:
    before = b"[\n"
    for one in each:
        file.write(before + _encode(one))
        before = b",\n"
    file.write(b"[]" if before == b"[\n" else b"\n]")


def _type(name: str, attributes: Mapping[str, str]) -> dict[str, Any]:
    return {"name": name, "attributes": [{"name": each, "type": type_} for each, type_ in attributes.items()]}


def _event(event: OcelEvent) -> dict[str, Any]:
    return {
        "id": event.id,
        "type": event.type,
        "time": event.time,
        "attributes": [{"name": name, "value": value} for name, value in event.attributes.items()],
        "relationships": _relationships(event.relations),
    }


def _object(each: OcelObject) -> dict[str, Any]:
    return {
        "id": each.id,
        "type": each.type,
        "attributes": [{"name": name, "time": time, "value": value} for name, value, time in each.attributes],
        "relationships": _relationships(each.relations),
    }


def _relationships(relations: Iterable[Relation]) -> list[dict[str, str]]:
    return [{"objectId": id_, "qualifier": qualifier} for id_, qualifier in relations]
