"""Imports as the store remembers them."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import Any

from touchline.engine.store import Store
from touchline.events.intake.report import INTERRUPTED, RUNNING, ImportRecord
from touchline.events.intake.running import is_running

_COLUMNS = tuple(field.name for field in fields(ImportRecord))
_SELECT = f"select {', '.join(_COLUMNS)} from imports"


def all_imports(store: Store) -> list[ImportRecord]:
    """Every import, the latest first."""
    return [_record(store, row) for row in store.rows(f"{_SELECT} order by import_id desc")]


def import_of(store: Store, import_id: int) -> ImportRecord | None:
    """One import, or None."""
    row = store.row(f"{_SELECT} where import_id = ?", [import_id])
    return None if row is None else _record(store, row)


def import_with(store: Store, fingerprint: str) -> ImportRecord | None:
    """The latest import of this content that still counts."""
    row = store.row(
        f"{_SELECT} where fingerprint = ? and status <> 'replaced' order by import_id desc limit 1",
        [fingerprint],
    )
    return None if row is None else _record(store, row)


def same_content_read_otherwise(store: Store, content: str, fingerprint: str) -> list[int]:
    """Imports of the same content through another mapping or source."""
    rows = store.rows(
        "select import_id from imports"
        " where starts_with(fingerprint, ?) and fingerprint <> ? and status <> 'replaced' order by import_id",
        [content, fingerprint],
    )
    return [int(row[0]) for row in rows]


def header_of(store: Store, import_id: int) -> tuple[str, ...]:
    """The header of the file that was imported, as written."""
    return tuple(json.loads(store.value("select columns from imports where import_id = ?", [import_id]) or "[]"))


def has_source(store: Store, source: str) -> bool:
    """Whether anything of this source was ever stored."""
    return store.row("select 1 from kinds where source = ? limit 1", [source]) is not None


def _record(store: Store, row: tuple[Any, ...]) -> ImportRecord:
    found = dict(zip(_COLUMNS, row, strict=True))
    if found["status"] == RUNNING and not is_running(store.path, found["import_id"]):
        found["status"] = INTERRUPTED  # the process that ran it is gone
    found["skip_reasons"] = json.loads(found["skip_reasons"])
    found["notes"] = tuple(json.loads(found["notes"]))
    return ImportRecord(**found)
