"""OCEL 2.0 in SQLite (https://www.ocel-standard.org/specification/formats/sqlite/), opened for reading only."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from itertools import groupby, islice
from operator import itemgetter
from pathlib import Path
from typing import Any

from touchline.events.readers.lines import LINE_LIMIT_BYTES
from touchline.events.readers.ocel_rows import OcelEvent, OcelFile, OcelObject, Relation, open_ocel
from touchline.events.readers.raw import is_gzip
from touchline.events.readers.sheet import Sheet, UnreadableFileError

_TABLES = {
    "event": ("ocel_id", "ocel_type"),
    "object": ("ocel_id", "ocel_type"),
    "event_map_type": ("ocel_type", "ocel_type_map"),
    "object_map_type": ("ocel_type", "ocel_type_map"),
    "event_object": ("ocel_event_id", "ocel_object_id", "ocel_qualifier"),
    "object_object": ("ocel_source_id", "ocel_target_id", "ocel_qualifier"),
}
_MOST_ROWS_OF_ONE = 200_000
"""Of one event or object: each of its rows times each of its relations. A few thousand rows can be made to be billions."""
_RELATED = "select ocel_source_id, ocel_target_id, ocel_qualifier from object_object order by rowid"
_OF_EVENT = ("ocel_id", "ocel_time")
_OF_OBJECT = ("ocel_id", "ocel_time", "ocel_changed_field")


def open_ocel_sqlite(path: Path) -> Sheet:
    """Open an OCEL 2.0 SQLite file. Raises UnreadableFileError for a damaged one and for any other database."""
    if is_gzip(path):
        raise UnreadableFileError(f"{path} is an SQLite database packed with gzip; unpack it first.")
    with _opened(path) as database:
        missing = [name for name in _TABLES if not _columns(database, path, name)]
        if missing:
            raise UnreadableFileError(
                f"{path} is an SQLite database without the tables of OCEL 2.0 (such as {missing[0]!r}); "
                "export the table you mean as CSV."
            )
        for name, columns in _TABLES.items():
            _other_columns(database, path, name, columns)
        has_bytes = database.execute(
            "select page_count * page_size from pragma_page_count, pragma_page_size"
        ).fetchone()
    size = max(int(has_bytes[0]), 1)
    return open_ocel(path, "ocel-sqlite", OcelFile(lambda: _events(path, size), lambda: _objects(path)))


def _opened(path: Path) -> closing[sqlite3.Connection]:
    """Read only, and without the functions by which a database could reach other files."""
    try:
        database = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
        database.execute("pragma trusted_schema = off")
        database.execute("pragma query_only = on")
    except sqlite3.Error as error:
        raise UnreadableFileError(f"{path} is an SQLite database that cannot be opened: {error}.") from None
    database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LINE_LIMIT_BYTES)
    database.text_factory = lambda raw: raw.decode("utf-8", "replace")
    return closing(database)


def _rows(
    database: sqlite3.Connection, path: Path, sql: str, parameters: tuple[Any, ...] = ()
) -> Iterator[tuple[Any, ...]]:
    try:
        yield from map(
            tuple, database.execute(sql, parameters)
        )  # a map is not closed after its database, as a cursor is
    except (sqlite3.Error, UnicodeDecodeError) as error:  # what the engine says of damage may quote the damage
        raise UnreadableFileError(f"{path} is an SQLite database that is damaged or no OCEL 2.0: {error}.") from None


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _columns(database: sqlite3.Connection, path: Path, table: str) -> list[str]:
    """The columns of a table; none for a view or virtual table, which could compute without end."""
    sql = (
        "select c.name from sqlite_schema s join pragma_table_info(s.name) c "
        "where s.name = ? and s.type = 'table' and s.sql not like 'create virtual%'"
    )
    return [row[0] for row in _rows(database, path, sql, (table,))]


def _other_columns(database: sqlite3.Connection, path: Path, table: str, wanted: tuple[str, ...]) -> list[str]:
    """Return the other columns. Raises UnreadableFileError where one of the wanted is missing."""
    found = _columns(database, path, table)
    for name in wanted:
        if name not in found:
            what = f"the table {table!r} has no column {name!r}" if found else f"there is no table {table!r}"
            raise UnreadableFileError(f"{path} is no OCEL 2.0: {what}.")
    return [name for name in found if name not in wanted]


def _types(database: sqlite3.Connection, path: Path, kind: str) -> list[tuple[str, str]]:
    return [
        (str(row[0]), str(row[1]))
        for row in _rows(database, path, f"select ocel_type, ocel_type_map from {kind}_map_type")
    ]


def _events(path: Path, size: int) -> Iterator[tuple[OcelEvent, int]]:
    with _opened(path) as database:
        total = max(next(_rows(database, path, "select count(*) from event"))[0], 1)
        done = 0
        for type_, mapped in _types(database, path, "event"):
            table = f"event_{mapped}"
            names = _other_columns(database, path, table, _OF_EVENT)
            listed = "".join(f", e.{_quoted(name)}" for name in names)
            sql = (
                f"select e.ocel_id, e.ocel_time, r.ocel_object_id, r.ocel_qualifier{listed} from {_quoted(table)} e "
                "left join event_object r on r.ocel_event_id = e.ocel_id order by e.rowid, r.rowid"
            )
            for id_, rows in _grouped(_rows(database, path, sql), path):
                done += 1
                first = rows[0]
                values = {name: value for name, value in zip(names, first[4:], strict=True) if value is not None}
                yield (
                    OcelEvent(id_, type_, str(first[1] or ""), values, _relations((row[2], row[3]) for row in rows)),
                    size * done // total,
                )


def _objects(path: Path) -> Iterator[OcelObject]:
    with _opened(path) as database:
        related: dict[str, list[tuple[Any, Any]]] = {}
        for source, *target in _rows(database, path, _RELATED):
            related.setdefault(str(source), []).append((target[0], target[1]))
        for type_, mapped in _types(database, path, "object"):
            table = f"object_{mapped}"
            names = _other_columns(database, path, table, _OF_OBJECT)
            listed = "".join(f", o.{_quoted(name)}" for name in names)
            sql = (
                f"select b.ocel_id, o.ocel_time{listed} from object b left join {_quoted(table)} o "
                "on o.ocel_id = b.ocel_id where b.ocel_type = ? order by b.rowid, o.rowid"
            )
            for id_, rows in _grouped(_rows(database, path, sql, (type_,)), path):
                attributes = tuple(
                    (name, value, str(row[1] or ""))
                    for row in rows
                    for name, value in zip(names, row[2:], strict=True)
                    if value is not None
                )
                yield OcelObject(id_, type_, attributes, _relations(related.get(id_, ())))


def _grouped(rows: Iterator[tuple[Any, ...]], path: Path) -> Iterator[tuple[str, list[tuple[Any, ...]]]]:
    """Rows in a row with the same id. Raises UnreadableFileError for more than any event or object has."""
    for id_, group in groupby(rows, key=itemgetter(0)):
        of_one = list(islice(group, _MOST_ROWS_OF_ONE + 1))
        if len(of_one) > _MOST_ROWS_OF_ONE:
            raise UnreadableFileError(
                f"{path} was not read: {str(id_)[:60]!r} has more than {_MOST_ROWS_OF_ONE:,} changes and relations; "
                "a few were expected."
            )
        yield str(id_), of_one


def _relations(pairs: Iterable[tuple[Any, Any]]) -> tuple[Relation, ...]:
    return tuple((str(id_), str(qualifier or "")) for id_, qualifier in pairs if id_ is not None)
