from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from touchline.events.readers.opening import open_sheet
from touchline.events.readers.sheet import UnreadableFileError
from touchline.events.rules import Event, Refused, Skipped
from touchline.events.sources.cells import UNDATED
from touchline.events.sources.ocel import SOURCE
from touchline.events.sources.ocel.object_types import CUSTOMER, kind_of

HERE = Path(__file__).parent


def test_every_row_of_the_log_becomes_what_it_should(read_file: Callable[..., list[object]]) -> None:
    found = read_file(SOURCE, HERE / "orders.json")

    assert [(type(each).__name__, each.line) for each in found] == [
        ("Event", 1),  # C-17 from the beginning
        ("Event", 1),  # C-17 since February
        ("Skipped", 2),  # order 1001
        ("Skipped", 3),  # order 1002
        ("Skipped", 4),  # item
        ("Event", 5),
        ("Event", 6),
        ("Event", 7),
        ("Event", 8),  # a meeting of two customers
        ("Event", 8),
        ("Refused", 9),
        ("Event", 10),
    ]


def test_a_customer_is_found_directly_or_over_the_order(read_file: Callable[..., list[object]]) -> None:
    events = [each for each in read_file(SOURCE, HERE / "orders.json") if isinstance(each, Event)]

    assert [(event.key, dict(event.identifiers)) for event in events[2:]] == [
        ("e1", {"external_id": "C-17", "order_id": "1001"}),
        ("e2", {}),  # two orders of two customers: nobody can be named
        ("e3", {"external_id": "C-17", "case_id": "77"}),
        ("e4 C-17", {"external_id": "C-17"}),
        ("e4 C-18", {"external_id": "C-18"}),
        ("e6", {}),
    ]


def test_objects_keep_their_qualifiers(read_file: Callable[..., list[object]]) -> None:
    first = next(each for each in read_file(SOURCE, HERE / "orders.json") if getattr(each, "key", "") == "e1")

    assert first.name == "place order"
    assert first.time == datetime(2026, 1, 5, 9, tzinfo=UTC)
    assert first.objects == (("order", "1001"),)
    assert first.properties == {
        "coupon": "WINTER",
        "objects": [
            {"id": "1001", "type": "sales order", "qualifier": "placed"},
            {"id": "i1", "type": "item", "qualifier": "contains"},
        ],
    }


def test_names_and_channels_of_the_vocabulary_are_recognised(read_file: Callable[..., list[object]]) -> None:
    events = {each.key: each for each in read_file(SOURCE, HERE / "orders.json") if isinstance(each, Event)}

    assert (events["e3"].name, events["e3"].channel, events["e3"].properties["priority"]) == (
        "Ticket Created",
        "phone",
        2,
    )
    assert events["e6"].name == "Event 7"
    assert events["e6"].time == datetime(2026, 1, 10, 8, tzinfo=UTC)  # no offset: the workspace's zone, Berlin


def test_facts_about_a_customer_are_dated_and_names_are_left(read_file: Callable[..., list[object]]) -> None:
    profiles = [
        each for each in read_file(SOURCE, HERE / "orders.json") if getattr(each, "name", "") == "Profile Updated"
    ]

    assert [(each.time, dict(each.properties)) for each in profiles] == [
        (UNDATED, {"country": "DE"}),
        (datetime(2026, 2, 1, tzinfo=UTC), {"country": "AT"}),
    ]
    assert profiles[0].identifiers == {"email": "ada@example.org", "external_id": "C-17"}


def test_a_broken_time_is_refused_with_a_sentence(read_file: Callable[..., list[object]]) -> None:
    refused = [each for each in read_file(SOURCE, HERE / "orders.json") if isinstance(each, Refused)]

    assert [each.reason for each in refused] == [
        "time: found “tomorrow”, expected a date and time from 1900 on, such as 2026-08-01T14:30:00Z."
    ]


def test_xml_says_the_same_as_json(read_file: Callable[..., list[object]]) -> None:
    of_xml = read_file(SOURCE, HERE / "orders.xmlocel")
    of_json = {each.key: each for each in read_file(SOURCE, HERE / "orders.json") if isinstance(each, Event)}
    events = {each.key: each for each in of_xml if isinstance(each, Event)}

    assert sum(isinstance(each, Skipped) for each in of_xml) == 1
    for key in ("e1", "e3"):
        assert (events[key].name, events[key].time, events[key].channel) == (
            of_json[key].name,
            of_json[key].time,
            of_json[key].channel,
        )
    assert events["e1"].identifiers == of_json["e1"].identifiers
    assert events["e3"].properties["priority"] == 2
    assert events["e1"].properties["objects"][0]["qualifier"] == "placed"


SQLITE = """
create table event (ocel_id TEXT, ocel_type TEXT);
create table object (ocel_id TEXT, ocel_type TEXT);
create table event_object (ocel_event_id TEXT, ocel_object_id TEXT, ocel_qualifier TEXT);
create table object_object (ocel_source_id TEXT, ocel_target_id TEXT, ocel_qualifier TEXT);
create table event_map_type (ocel_type TEXT, ocel_type_map TEXT);
create table object_map_type (ocel_type TEXT, ocel_type_map TEXT);
insert into event_map_type values ('place order', 'PlaceOrder');
insert into object_map_type values ('customer', 'Customer'), ('order', 'Order');
create table "event_PlaceOrder" (ocel_id TEXT, ocel_time TEXT, "gift wrap" INTEGER);
create table "object_Customer" (ocel_id TEXT, ocel_time TEXT, ocel_changed_field TEXT, country TEXT);
create table "object_Order" (ocel_id TEXT, ocel_time TEXT, ocel_changed_field TEXT);
insert into event values ('e1', 'place order'), ('e2', 'place order');
insert into "event_PlaceOrder" values ('e1', '2026-01-05 09:00:00', 1), ('e2', '2026-01-06T09:00:00Z', null);
insert into object values ('C-17', 'customer'), ('1001', 'order'), ('1002', 'order');
insert into "object_Customer" values ('C-17', '1970-01-01 00:00:00', null, 'DE'), ('C-17', '2026-02-01', 'country', 'AT');
insert into event_object values ('e1', '1001', 'placed'), ('e2', '1002', 'placed');
insert into object_object values ('1001', 'C-17', 'placed by');
"""


def database(path: Path, sql: str = SQLITE) -> Path:
    with sqlite3.connect(path) as made:
        made.executescript(sql)
    made.close()
    return path


def test_sqlite_is_read_through_its_type_tables(read_file: Callable[..., list[object]], tmp_path: Path) -> None:
    found = read_file(SOURCE, database(tmp_path / "log.sqlite"))

    events = [each for each in found if isinstance(each, Event)]
    assert [(each.name, dict(each.identifiers), dict(each.properties)) for each in events[:2]] == [
        ("Profile Updated", {"external_id": "C-17"}, {"country": "DE"}),
        ("Profile Updated", {"external_id": "C-17"}, {"country": "AT"}),
    ]
    assert [(each.key, dict(each.identifiers), each.properties.get("gift wrap")) for each in events[2:]] == [
        ("e1", {"external_id": "C-17", "order_id": "1001"}, 1),
        ("e2", {"order_id": "1002"}, None),
    ]


@pytest.mark.parametrize(
    ("sql", "sentence"),
    [
        ("create table t (a)", "without the tables of OCEL 2.0"),
        (SQLITE + "drop table event; create view event as select '' ocel_id, '' ocel_type;", "such as 'event'"),
        (SQLITE + 'drop table "event_PlaceOrder";', "there is no table 'event_PlaceOrder'"),
    ],
)
def test_another_database_is_refused_with_a_sentence(tmp_path: Path, sql: str, sentence: str) -> None:
    with pytest.raises(UnreadableFileError, match=sentence):
        list(open_sheet(database(tmp_path / "log.sqlite", sql)).batches)


def test_a_damaged_database_is_refused_with_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "log.sqlite"
    path.write_bytes(b"SQLite format 3\0" + b"\1" * 5000)

    with pytest.raises(UnreadableFileError, match="SQLite database that"):
        list(open_sheet(path).batches)


def test_the_older_ocel_is_named(tmp_path: Path) -> None:
    path = tmp_path / "log.json"
    path.write_text('{"ocel:global-log": {"ocel:version": "1.0"}, "ocel:events": {}, "ocel:objects": {}}')

    with pytest.raises(UnreadableFileError, match=r"It is OCEL 1.0; save it as OCEL 2.0."):
        open_sheet(path)


@pytest.mark.parametrize(
    ("type_", "kind"),
    [
        ("Customers", CUSTOMER),
        ("client", CUSTOMER),
        ("sales order", "order"),
        ("SupportTicket", "case"),
        ("Articles", "product"),
        ("companies", "account"),
        ("delivery van", None),
        ("order item", None),
        ("", None),
    ],
)
def test_object_types_are_known_by_their_name(type_: str, kind: str | None) -> None:
    assert kind_of(type_) == kind


OWN = {
    "id": "7",
    "type": "Order Completed",
    "time": "2026-05-01T12:00:00Z",
    "attributes": {"touchline_source": "table", "channel": "web", "properties": '{"a":1}'},
    "objects": [{"id": "email:ada@example.org", "type": "identifier", "qualifier": "named by"}],
}


@pytest.mark.parametrize(
    "change",
    [
        {"id": "seven"},
        {"id": str(2**128)},
        {"type": ""},
        {"time": "2026-05-01T12:00:00"},
        {"time": "soon"},
        {"attributes": {"touchline_source": "table"}},
        {"attributes": {"touchline_source": 3, "channel": "web"}},
        {"attributes": {"touchline_source": "table", "channel": "web", "properties": "[1]"}},
        {"attributes": {"touchline_source": "table", "channel": "web", "metric": "nps"}},
        {"attributes": {"touchline_source": "table", "channel": "web", "value_text": "1e15"}},
        {"attributes": {"touchline_source": "table", "channel": "web", "value_text": "NaN"}},
        {"attributes": {"touchline_source": "table", "channel": "web", "measure": "deliveries"}},
    ],
)
def test_an_export_changed_by_hand_is_refused_row_by_row(
    read_rows: Callable[..., list[object]], change: dict[str, object]
) -> None:
    whole, changed = read_rows(SOURCE, {"_json": json.dumps(OWN)}, {"_json": json.dumps(OWN | change)})

    assert isinstance(whole, Event)
    assert isinstance(changed, Refused)
    assert changed.reason.endswith("expected an event as touchline export writes it.")


@pytest.mark.parametrize("links", ["[", "{}", '[{"to": "email:b@example.org"}]', 5])
def test_links_changed_by_hand_are_refused(read_rows: Callable[..., list[object]], links: object) -> None:
    row = {"id": "email:a@example.org", "type": "identifier", "is_object": True, "objects": []}
    attributes = [{"name": "links", "value": links, "time": "1970-01-01T00:00:00Z"}]

    (refused,) = read_rows(SOURCE, {"_json": json.dumps(row | {"attributes": attributes})})

    assert isinstance(refused, Refused)
    assert refused.reason.endswith("expected links as touchline export writes them.")
