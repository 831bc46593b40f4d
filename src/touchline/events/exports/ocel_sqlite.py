"""OCEL 2.0 as SQLite (https://www.ocel-standard.org/specification/formats/sqlite/)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from touchline.events.exports.ocel_log import (
    EVENT_ATTRIBUTES,
    FROM_THE_BEGINNING,
    OBJECT_ATTRIBUTES,
    OBJECT_TYPE_NAMES,
    ocel_events,
    ocel_objects,
)
from touchline.events.exports.stored import EventLog
from touchline.events.readers.ocel_rows import OcelEvent, OcelObject

if TYPE_CHECKING:
    import sqlite3

_TABLES: Final = """
create table event (ocel_id TEXT, ocel_type TEXT);
create table object (ocel_id TEXT, ocel_type TEXT);
create table event_object (ocel_event_id TEXT, ocel_object_id TEXT, ocel_qualifier TEXT);
create table object_object (ocel_source_id TEXT, ocel_target_id TEXT, ocel_qualifier TEXT);
create table event_map_type (ocel_type TEXT, ocel_type_map TEXT);
create table object_map_type (ocel_type TEXT, ocel_type_map TEXT);
"""
_AFFINITY: Final = {"string": "TEXT", "float": "REAL"}
_AT_ONCE = 5_000
_NO_WORD = re.compile(r"[^A-Za-z0-9]+")


def write_ocel_sqlite(path: Path, log: EventLog) -> None:
    """Write a workspace as an OCEL 2.0 SQLite database. Raises OSError."""
    import sqlite3  # few ask for this form; it takes time to import

    path.touch()  # an error of the disk is OSError here, before sqlite3 words it its own way
    try:
        with closing(sqlite3.connect(path, isolation_level=None)) as database:
            database.execute("pragma journal_mode = off")
            database.execute("pragma synchronous = off")
            database.executescript(_TABLES)
            database.execute("begin")
            _write(database, log)
            database.execute("commit")
    except sqlite3.OperationalError as error:
        raise OSError(0, str(error), str(path)) from None


def _write(database: sqlite3.Connection, log: EventLog) -> None:
    object_tables = _make_tables(
        database, "object", {name: OBJECT_ATTRIBUTES.get(name, {}) for name in OBJECT_TYPE_NAMES}
    )
    event_tables = _make_tables(database, "event", dict.fromkeys(log.event_names(), EVENT_ATTRIBUTES))
    for objects in _parts(ocel_objects(log)):
        _write_objects(database, objects, object_tables)
    for events in _parts(ocel_events(log)):
        _write_events(database, events, event_tables)
    database.execute("create index event_object_event on event_object (ocel_event_id)")
    database.execute("create index object_object_source on object_object (ocel_source_id)")


def _make_tables(database: sqlite3.Connection, kind: str, types: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """Make a table for each type; type -> how rows go into it."""
    own = "ocel_id TEXT, ocel_time TEXT" + (", ocel_changed_field TEXT" if kind == "object" else "")
    inserts: dict[str, str] = {}
    for name, mapped in _mapped(types).items():
        table = f'"{kind}_{mapped}"'
        columns = "".join(f', "{each}" {_AFFINITY[type_]}' for each, type_ in types[name].items())
        database.execute(f"create table {table} ({own}{columns})")
        database.execute(f"insert into {kind}_map_type values (?, ?)", (name, mapped))
        marks = ", ".join("?" * (len(types[name]) + own.count(",") + 1))
        inserts[name] = f"insert into {table} values ({marks})"
    return inserts


def _mapped(names: Iterable[str]) -> dict[str, str]:
    """Type -> the part of its table's name; letters and digits, each once whatever their case."""
    mapped: dict[str, str] = {}
    taken = {"map_type", "object"}
    for name in names:
        plain = "".join(word[:1].upper() + word[1:] for word in _NO_WORD.split(name) if word) or "Type"
        number = 1
        while (found := plain if number == 1 else f"{plain}{number}").casefold() in taken:
            number += 1
        taken.add(found.casefold())
        mapped[name] = found
    return mapped


def _parts(each: Iterator[Any]) -> Iterator[list[Any]]:
    while part := list(islice(each, _AT_ONCE)):
        yield part


def _write_events(database: sqlite3.Connection, events: list[OcelEvent], inserts: Mapping[str, str]) -> None:
    database.executemany("insert into event values (?, ?)", ((event.id, event.type) for event in events))
    database.executemany(
        "insert into event_object values (?, ?, ?)",
        ((event.id, *relation) for event in events for relation in event.relations),
    )
    for event in events:
        database.execute(
            inserts[event.type], (event.id, event.time, *(event.attributes.get(name) for name in EVENT_ATTRIBUTES))
        )


def _write_objects(database: sqlite3.Connection, objects: list[OcelObject], inserts: Mapping[str, str]) -> None:
    database.executemany("insert into object values (?, ?)", ((each.id, each.type) for each in objects))
    database.executemany(
        "insert into object_object values (?, ?, ?)",
        ((each.id, *relation) for each in objects for relation in each.relations),
    )
    for each in objects:
        columns = OBJECT_ATTRIBUTES.get(each.type, {})
        rows = [
            (time, [value if name == column else None for column in columns]) for name, value, time in each.attributes
        ]
        for time, values in rows or [(FROM_THE_BEGINNING, [None] * len(columns))]:
            database.execute(inserts[each.type], (each.id, time, None, *values))
