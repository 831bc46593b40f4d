"""Logs with a piece cut out or replaced are read, refused row by row, or named as unreadable: nothing else happens."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchline.events.readers.opening import open_sheet
from touchline.events.readers.sheet import UnreadableFileError
from touchline.events.sources.catalogue import named_sources
from touchline.events.sources.headers import canonical_names
from touchline.events.sources.protocol import Context

SOURCES = Path(__file__).parents[1]
LOGS = [
    SOURCES / "ocel" / "tests" / "orders.json",
    SOURCES / "ocel" / "tests" / "orders.xmlocel",
    SOURCES / "xes_log" / "tests" / "complaints.xes",
]
PIECES = st.sampled_from(
    [b"", b'"', b"<", b"]", b"}", b"null", b"5", b'"x"', b"\x00", b"\xff", b"&lt;", b"</event>", b"\n"]
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("logs")


def read(path: Path) -> None:
    with suppress(UnreadableFileError):
        sheet = open_sheet(path)
        source = next((each for each in named_sources() if sheet.format in each.formats), None)
        if source is None:
            return
        names = canonical_names(sheet.columns, source.columns)
        context = Context(ZoneInfo("UTC"), "EUR", path.name, sheet.columns)
        for batch in sheet.batches:
            rows = [
                (line, {names[column]: cell for column, cell in cells.items() if cell is not None})
                for line, cells in zip(batch.lines.tolist(), batch.table.to_pylist(), strict=True)
            ]
            assert {line for line, _ in rows} <= {result.line for result in source.read(rows, context)}


@pytest.mark.parametrize("log", LOGS, ids=lambda log: log.name)
@given(start=st.integers(0, 4000), length=st.integers(0, 60), piece=PIECES)
def test_a_damaged_log_never_raises_anything_else(
    folder: Path, log: Path, start: int, length: int, piece: bytes
) -> None:
    whole = log.read_bytes()
    start %= len(whole)
    (folder / log.name).write_bytes(whole[:start] + piece + whole[start + length :])

    read(folder / log.name)


@given(start=st.integers(0, 60_000), piece=st.binary(min_size=1, max_size=40))
def test_a_damaged_database_never_raises_anything_else(folder: Path, start: int, piece: bytes) -> None:
    path = folder / "log.sqlite"
    path.unlink(missing_ok=True)
    with sqlite3.connect(path) as database:
        database.executescript(
            "create table event (ocel_id, ocel_type); create table object (ocel_id, ocel_type);"
            "create table event_map_type (ocel_type, ocel_type_map); create table object_map_type (ocel_type, ocel_type_map);"
            "create table event_object (ocel_event_id, ocel_object_id, ocel_qualifier);"
            "create table object_object (ocel_source_id, ocel_target_id, ocel_qualifier);"
            "create table event_A (ocel_id, ocel_time, note); insert into event_map_type values ('a', 'A');"
            "insert into event values ('e', 'a'); insert into event_A values ('e', '2026-01-01T00:00:00Z', x'ff00');"
        )
    database.close()
    whole = bytearray(path.read_bytes())
    start = 16 + start % (len(whole) - 16)
    whole[start : start + len(piece)] = piece
    path.write_bytes(whole)

    read(path)
