"""Small files that would take all memory or time: a sentence, soon."""

from __future__ import annotations

import gzip
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from touchline.events.readers.opening import open_sheet
from touchline.events.readers.sheet import UnreadableFileError

OCEL = """
create table event(ocel_id, ocel_type);
create table object(ocel_id, ocel_type);
create table event_map_type(ocel_type, ocel_type_map);
create table object_map_type(ocel_type, ocel_type_map);
create table event_object(ocel_event_id, ocel_object_id, ocel_qualifier);
create table object_object(ocel_source_id, ocel_target_id, ocel_qualifier);
create table event_a(ocel_id, ocel_time, x);
create table object_c(ocel_id, ocel_time, ocel_changed_field);
insert into event values ('e1', 'a');
insert into event_map_type values ('a', 'a');
"""
EVERY_ROW_WITH_EVERY_RELATION = """
insert into event_a with recursive r(n) as (select 1 union all select n + 1 from r where n < 600)
select 'e1', '2026-03-01 10:00:00', n from r;
insert into event_object select 'e1', 'c1', x from event_a;
"""


def read(path: Path) -> None:
    for _ in open_sheet(path).batches:
        pass


def test_an_attribute_without_an_end_is_given_up(tmp_path: Path) -> None:
    with gzip.open(tmp_path / "log.xes.gz", "wb", 1) as file:
        file.write(b'<?xml version="1.0"?><log><trace><event><string key="concept:name" value="')
        for _ in range(40):
            file.write(b"A" * 2**20)

    with pytest.raises(UnreadableFileError, match="an element longer than 16 MB"):
        read(tmp_path / "log.xes.gz")


def test_rows_that_multiply_are_given_up(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "log.sqlite")) as database:
        database.executescript(OCEL + EVERY_ROW_WITH_EVERY_RELATION)

    with pytest.raises(UnreadableFileError, match="'e1' has more than 200,000 changes and relations"):
        read(tmp_path / "log.sqlite")
