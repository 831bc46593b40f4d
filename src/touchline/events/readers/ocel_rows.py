"""What the three forms of OCEL 2.0 have in common: events with the objects they touch, and facts about objects, as rows.

Rows are numbered from 1: the objects that tell something, then the events, each in the order of the file. `_json` holds a row
whole. The types of all objects, and which object is related to which, are held in memory while the events are read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from touchline.events.readers.jsonl import RAW_COLUMN, batch_of_objects, encode_json
from touchline.events.readers.raw import check_is_file
from touchline.events.readers.sheet import Batch, Sheet

FORMATS: Final = ("ocel-json", "ocel-sqlite", "ocel-xml")
COLUMNS: Final = ("id", "type", "time", "is_object", RAW_COLUMN)
OWN_MARK: Final = "touchline_source"
"""Attribute of every event in an export of a workspace: the kind of export the event was first read from."""
_ROWS_PER_BATCH = 10_000

Relation = tuple[str, str]
"""(object id, qualifier)."""


@dataclass(frozen=True, slots=True)
class OcelEvent:
    """An event as the file has it."""

    id: str
    type: str
    time: str
    attributes: dict[str, Any]
    relations: tuple[Relation, ...]


@dataclass(frozen=True, slots=True)
class OcelObject:
    """An object as the file has it."""

    id: str
    type: str
    attributes: tuple[tuple[str, Any, str], ...]
    """(name, value, since when)."""
    relations: tuple[Relation, ...]


@dataclass(frozen=True)
class OcelFile:
    """How one file is read; each call reads it anew."""

    events: Callable[[], Iterator[tuple[OcelEvent | bytes, int]]]
    """Each event, or the text of one that cannot be read, with how far into the file it stands."""
    objects: Callable[[], Iterator[OcelObject | bytes]]


@dataclass
class _Known:
    """Types and relations of the objects."""

    types: dict[str, str] = field(default_factory=dict)
    related: dict[str, list[Relation]] = field(default_factory=dict)

    def add(self, found: OcelObject) -> None:
        self.types[found.id] = found.type
        for target, qualifier in found.relations:
            self.related.setdefault(found.id, []).append((target, qualifier))
            self.related.setdefault(target, []).append((found.id, qualifier))

    def named(self, relations: Iterable[Relation]) -> list[dict[str, str | None]]:
        return [{"id": id_, "type": self.types.get(id_), "qualifier": qualifier} for id_, qualifier in relations]

    def around(self, relations: Iterable[Relation]) -> list[dict[str, str | None]]:
        """Objects one step away, such as the customer of an order."""
        return [each | {"of": id_} for id_, _ in relations for each in self.named(self.related.get(id_, ()))]


def open_ocel(path: Path, format_: str, file: OcelFile) -> Sheet:
    """Make a sheet of an OCEL file."""
    return Sheet(path, format_, COLUMNS, _batches(file), check_is_file(path))


def _batches(file: OcelFile) -> Iterator[Batch]:
    number, waiting, reach = 1, [], 0
    for text, reach in _rows(file):
        waiting.append(text)
        if len(waiting) == _ROWS_PER_BATCH:
            yield batch_of_objects(enumerate(waiting, start=number), COLUMNS, reach, "Row")
            number, waiting = number + len(waiting), []
    if waiting:
        yield batch_of_objects(enumerate(waiting, start=number), COLUMNS, reach, "Row")


def _rows(file: OcelFile) -> Iterator[tuple[bytes, int]]:
    known = _Known()
    for found in file.objects():
        if isinstance(found, OcelObject):
            known.add(found)
    for found in file.objects():
        if isinstance(found, bytes):
            yield found, 0
        elif found.attributes or found.relations:
            yield _object_row(found, known), 0
    for event, reach in file.events():
        yield event if isinstance(event, bytes) else _event_row(event, known), reach


def _event_row(event: OcelEvent, known: _Known) -> bytes:
    row: dict[str, Any] = {
        "id": event.id,
        "type": event.type,
        "time": event.time,
        "attributes": event.attributes,
        "objects": known.named(event.relations),
    }
    if OWN_MARK not in event.attributes and (around := known.around(event.relations)):
        row["around"] = around
    return encode_json(row)


def _object_row(found: OcelObject, known: _Known) -> bytes:
    return encode_json(
        {
            "id": found.id,
            "type": found.type,
            "is_object": True,
            "attributes": [{"name": name, "value": value, "time": time} for name, value, time in found.attributes],
            "objects": known.named(found.relations),
        }
    )
