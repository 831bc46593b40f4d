from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchline.events.exports.ocel_json import write_ocel_json
from touchline.events.exports.ocel_sqlite import write_ocel_sqlite
from touchline.events.exports.ocel_xml import write_ocel_xml
from touchline.events.exports.stored import EventLog, Name, StoredEvent, StoredIdentifier, StoredLink, StoredPoint
from touchline.events.readers.opening import open_sheet
from touchline.events.rules import Event, Restored, RestoredIdentifier, RestoredLink, Score, SeriesPoint
from touchline.events.sources.ocel import SOURCE
from touchline.events.sources.protocol import Context
from touchline.events.vocabulary import IDENTIFIER_TYPES, OBJECT_TYPES

Write = Callable[[Path, EventLog], None]
WRITERS: dict[str, Write] = {"log.json": write_ocel_json, "log.sqlite": write_ocel_sqlite, "log.xml": write_ocel_xml}


@dataclass
class Log:
    of_events: list[StoredEvent]
    of_points: list[StoredPoint]
    of_identifiers: list[StoredIdentifier]

    def event_names(self) -> list[str]:
        return sorted({each.name for each in (*self.of_events, *self.of_points)})

    def events(self) -> Iterator[StoredEvent]:
        return iter(self.of_events)

    def points(self) -> Iterator[StoredPoint]:
        return iter(self.of_points)

    def identifiers(self) -> Iterator[StoredIdentifier]:
        return iter(self.of_identifiers)

    def objects(self) -> Iterator[Name]:
        return iter(sorted({each for event in self.of_events for each in event.objects}))


def read(path: Path) -> list[object]:
    sheet = open_sheet(path)
    context = Context(ZoneInfo("UTC"), "", path.name, sheet.columns)
    rows = (
        (line, {name: cell for name, cell in cells.items() if cell is not None})
        for batch in sheet.batches
        for line, cells in zip(batch.lines.tolist(), batch.table.to_pylist(), strict=True)
    )
    return list(SOURCE.read(rows, context))


NOON = datetime(2026, 5, 1, 12, 0, 0, 250)  # noqa: DTZ001 - the store's times are naive UTC
ADA, ORDER = ("email", "ada@example.org"), ("order_id", "1001")
BOUGHT = StoredEvent(
    id=2**128 - 1,
    source="shopify_orders",
    name="Order Completed",
    time=NOON,
    channel="web",
    value=Decimal("49.9000"),
    currency="EUR",
    properties='{"note":"a < b","objects":[{"id":"1001","type":"order","qualifier":"placed"}]}',
    objects=(("order", "1001"), ("product", "TNT")),
    who=ADA,
    customer=1,
)
SENT = StoredPoint(7, "mailchimp_campaigns", "Email Sent", NOON, "email", "deliveries", 1200.0, "May letter")
LINKED = StoredIdentifier(
    ADA, 1, (StoredLink(ORDER, "email and order_id on one row", "shopify_orders", NOON, active=False),)
)
LOG = Log([BOUGHT], [SENT], [LINKED, StoredIdentifier(ORDER, 1)])


@pytest.mark.parametrize("name", WRITERS)
def test_a_log_is_read_as_what_it_was(tmp_path: Path, name: str) -> None:
    WRITERS[name](tmp_path / name, LOG)

    ada, order, *facts = read(tmp_path / name)

    moment = NOON.replace(tzinfo=UTC)
    link = RestoredLink(ORDER, "email and order_id on one row", "shopify_orders", moment, active=False)
    assert ada == RestoredIdentifier(1, ADA, (link,))
    assert order == RestoredIdentifier(2, ORDER)
    events = [each for each in facts if isinstance(each, Event)]
    assert [event.restored for event in events] == [Restored("shopify_orders", 2**128 - 1, BOUGHT.properties)]
    assert events[0].identifiers == dict([ADA])
    assert events[0].objects == BOUGHT.objects
    assert (events[0].value, events[0].currency, events[0].time) == (Decimal("49.9000"), "EUR", moment)
    points = [each for each in facts if isinstance(each, SeriesPoint)]
    assert [(each.measure, each.amount, each.label, each.restored) for each in points] == [
        ("deliveries", 1200.0, "May letter", Restored("mailchimp_campaigns", 7))
    ]


def test_json_has_the_parts_the_standard_asks_for(tmp_path: Path) -> None:
    write_ocel_json(tmp_path / "log.json", LOG)

    log = json.loads((tmp_path / "log.json").read_text())

    assert set(log) == {"objectTypes", "eventTypes", "objects", "events"}
    assert [each["name"] for each in log["eventTypes"]] == ["Email Sent", "Order Completed"]
    types = {each["name"]: {one["name"]: one["type"] for one in each["attributes"]} for each in log["eventTypes"]}
    words = {"string": str, "float": float}
    for event in log["events"]:
        assert set(event) == {"id", "type", "time", "attributes", "relationships"}
        assert datetime.fromisoformat(event["time"]).tzinfo == UTC
        for attribute in event["attributes"]:
            assert type(attribute["value"]) is words[types[event["type"]][attribute["name"]]]
    ids = [each["id"] for each in log["objects"]]
    assert ids == ["email:ada@example.org", "order_id:1001", "customer:1", "order:1001", "product:TNT"]
    named = {each["name"] for each in log["objectTypes"]}
    assert {each["type"] for each in log["objects"]} <= named
    assert log["events"][0]["relationships"] == [
        {"objectId": "customer:1", "qualifier": "customer"},
        {"objectId": "email:ada@example.org", "qualifier": "named by"},
        {"objectId": "order:1001", "qualifier": "placed"},
        {"objectId": "product:TNT", "qualifier": "product"},
    ]
    related = {one["objectId"] for each in (*log["events"], *log["objects"]) for one in each["relationships"]}
    assert related <= set(ids)


def test_sqlite_has_the_tables_the_standard_asks_for(tmp_path: Path) -> None:
    write_ocel_sqlite(tmp_path / "log.sqlite", LOG)

    with closing(sqlite3.connect(tmp_path / "log.sqlite")) as made:
        tables = {row[0] for row in made.execute("select name from sqlite_schema where type = 'table'")}
        mapped = dict(made.execute("select ocel_type, ocel_type_map from event_map_type"))
        bought = made.execute('select ocel_id, ocel_time, value, "currency" from "event_OrderCompleted"').fetchall()
        relations = made.execute("select * from object_object").fetchall()
        objects = made.execute('select ocel_id, ocel_time, ocel_changed_field from "object_Order"').fetchall()

    assert {"event", "object", "event_object", "object_object", "event_map_type", "object_map_type"} <= tables
    assert mapped == {"Email Sent": "EmailSent", "Order Completed": "OrderCompleted"}
    assert bought == [(str(2**128 - 1), "2026-05-01T12:00:00.000250Z", 49.9, "EUR")]
    assert relations == [
        ("email:ada@example.org", "customer:1", "names"),
        ("email:ada@example.org", "order_id:1001", "email and order_id on one row"),
        ("order_id:1001", "customer:1", "names"),
    ]
    assert objects == [("order:1001", "1970-01-01T00:00:00Z", None)]


def test_event_names_that_differ_in_signs_only_get_tables_of_their_own(tmp_path: Path) -> None:
    events = [
        StoredEvent(number, "table", name, NOON, "other")
        for number, name in enumerate(("Cart viewed", "cart-VIEWED", "購物車", "map_type", "?"))
    ]

    write_ocel_sqlite(tmp_path / "log.sqlite", Log(events, [], []))

    assert [each.name for each in read(tmp_path / "log.sqlite") if isinstance(each, Event)] == sorted(
        each.name for each in events
    )


READABLE = st.characters(exclude_categories=("Cs", "Cc", "Co", "Cn"))
WORDS = st.text(READABLE, min_size=1, max_size=12)
ANYTHING = st.one_of(
    st.none(), st.booleans(), st.integers(-(2**40), 2**40), st.floats(allow_nan=False, allow_infinity=False), WORDS
)
MOMENTS = st.datetimes(datetime(1900, 1, 1), datetime(2099, 12, 31))  # noqa: DTZ001 - naive UTC, as in the store


@st.composite
def stored_events(draw: st.DrawFn) -> StoredEvent:
    scored, valued, told = draw(st.booleans()), draw(st.booleans()), draw(st.dictionaries(WORDS, ANYTHING, max_size=3))
    return StoredEvent(
        id=draw(st.integers(0, 2**128 - 1)),
        source=draw(st.sampled_from(("table", "typeform"))),
        name=draw(WORDS),
        time=draw(MOMENTS),
        channel=draw(st.sampled_from(("web", "phone"))),
        page=draw(st.none() | WORDS),
        label=draw(st.none() | WORDS),
        campaign=draw(st.none() | WORDS),
        metric="nps" if scored else None,
        score=draw(st.floats(0, 10)) if scored else None,
        score_min=0.0 if scored else None,
        score_max=10.0 if scored else None,
        text=draw(st.none() | WORDS),
        value=draw(st.decimals(-(10**14) + 1, 10**14 - 1, places=4)) if valued else None,
        session=draw(st.none() | WORDS),
        properties=json.dumps(told, ensure_ascii=draw(st.booleans())) if told else None,
        objects=tuple(draw(st.lists(st.tuples(st.sampled_from(OBJECT_TYPES), WORDS), max_size=3))),
        who=draw(st.none() | st.tuples(st.sampled_from(IDENTIFIER_TYPES), WORDS)),
    )


@given(events=st.lists(stored_events(), min_size=1, max_size=5, unique_by=lambda each: each.id))
@pytest.mark.parametrize("name", WRITERS)
def test_any_events_come_back_as_they_were(
    tmp_path_factory: pytest.TempPathFactory, name: str, events: list[StoredEvent]
) -> None:
    path = tmp_path_factory.mktemp("ocel") / name

    WRITERS[name](path, Log(events, [], []))

    found = {each.restored.id: each for each in read(path) if isinstance(each, Event) and each.restored}
    assert [as_stored(found[event.id]) for event in events] == events


def as_stored(event: Event) -> StoredEvent:
    assert event.restored is not None
    score = event.score or Score("", 0, 0, 0)
    return StoredEvent(
        id=event.restored.id,
        source=event.restored.source,
        name=event.name,
        time=event.time.astimezone(UTC).replace(tzinfo=None),
        channel=event.channel,
        page=event.page,
        label=event.label,
        device=event.device,
        campaign=event.campaign,
        metric=score.metric or None,
        score=score.value if event.score else None,
        score_min=score.low if event.score else None,
        score_max=score.high if event.score else None,
        text=event.text,
        language=event.language,
        value=event.value,
        currency=event.currency,
        session=event.session,
        properties=event.restored.properties,
        objects=event.objects,
        who=next(iter(event.identifiers.items()), None),
    )
