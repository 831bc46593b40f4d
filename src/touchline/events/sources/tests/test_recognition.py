"""Every fixture of every source is recognised by its own source, and by no other as surely."""

from __future__ import annotations

from pathlib import Path

import pytest

from touchline.events.readers.opening import open_sheet
from touchline.events.sources.catalogue import named_sources
from touchline.events.sources.headers import normalised

SOURCES_FOLDER = Path(__file__).parents[1]
FIXTURES = sorted(
    path
    for path in SOURCES_FOLDER.glob("*/tests/*")
    if path.suffix in (".csv", ".tsv", ".xlsx", ".jsonl", ".json", ".parquet", ".xes", ".xmlocel")
)


def test_every_folder_is_a_source_and_has_a_fixture() -> None:
    folders = {path.parents[1].name for path in FIXTURES}

    assert {source.name for source in named_sources()} == folders


@pytest.mark.parametrize("fixture", FIXTURES, ids=lambda path: f"{path.parents[1].name}-{path.name}")
def test_a_fixture_is_recognised_by_its_own_source_alone(fixture: Path) -> None:
    columns = open_sheet(fixture).columns
    for header in (columns, tuple(map(normalised, columns))):
        sure = {source.name: source.recognises(header) for source in named_sources()}

        assert [name for name, confidence in sure.items() if confidence > 0] == [fixture.parents[1].name]
        assert max(sure.values()) >= 0.7


@pytest.mark.parametrize(
    "header",
    [
        "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country",
        "case:concept:name,concept:name,time:timestamp,org:resource",
        "household_id,store_id,basket_id,product_id,quantity,sales_value,transaction_timestamp",
        "email,name,date,score,comment",
        "id,type,created_at,status,amount,currency",
        "Ticket ID,Subject,Status,Priority,Source,Type,Agent,Group,Created time",
        "Campaign Name,Tags,Subject,List,Send Time,Send Weekday,Total Recipients,Unique Opens,Spam Complaints",
    ],
)
def test_other_tables_are_nobodys(header: str) -> None:
    assert [source.name for source in named_sources() if source.recognises(tuple(header.split(","))) > 0] == []


def test_what_a_source_says_of_itself_is_complete() -> None:
    for source in named_sources():
        assert source.title
        assert source.formats
        assert source.joins_people.endswith(".")
        assert source.time_zone.endswith(".")
        assert set(source.required) <= set(source.columns)
