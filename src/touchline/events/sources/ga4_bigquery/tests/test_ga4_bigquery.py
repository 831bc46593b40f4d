"""events_20260810.jsonl, as BigQuery extracts a day's table (whole numbers are text, what is null may be absent). By line: 1 a
page view by a mail campaign; 2 a cart; 3 a purchase by a user who is known; 4 a refund; 5 a purchase without consent; 6 a
scroll; 7 a screen of the app; 8 a time that is none; 9 no name."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet
import pytest

from touchline.engine.workspace import Settings, Workspace, create_workspace
from touchline.events.facade import import_files
from touchline.events.ga4_names import FROM_VOCABULARY, TO_VOCABULARY
from touchline.events.sources.ga4_bigquery import SOURCE
from touchline.events.sources.ga4_bigquery.nested import elements, parameters
from touchline.events.vocabulary import EVENT_NAMES

FILE = Path(__file__).parent / "events_20260810.jsonl"
ROWS: list[dict[str, Any]] = [json.loads(line) for line in FILE.read_text("utf-8").splitlines()]
VALUE = pa.struct(
    [
        ("string_value", pa.string()),
        ("int_value", pa.int64()),
        ("float_value", pa.float64()),
        ("double_value", pa.float64()),
    ]
)
PARAMS = pa.list_(pa.struct([("key", pa.string()), ("value", VALUE)]))
ECOMMERCE = pa.struct(
    [("transaction_id", pa.string())]
    + [
        (name, pa.float64())
        for name in ("purchase_revenue", "purchase_revenue_in_usd", "refund_value", "refund_value_in_usd")
    ]
)
PARQUET = pa.schema(
    [
        ("event_date", pa.string()),
        ("event_timestamp", pa.int64()),
        ("event_name", pa.string()),
        ("event_params", PARAMS),
        ("event_bundle_sequence_id", pa.int64()),
        ("user_id", pa.string()),
        ("user_pseudo_id", pa.string()),
        ("device", pa.struct([("category", pa.string())])),
        ("geo", pa.struct([("country", pa.string())])),
        ("platform", pa.string()),
        ("ecommerce", ECOMMERCE),
        ("items", pa.list_(pa.struct([("item_id", pa.string()), ("item_name", pa.string())]))),
        ("collected_traffic_source", pa.struct([("manual_campaign_name", pa.string())])),
        ("batch_event_index", pa.int64()),
        ("batch_page_id", pa.int64()),
        ("batch_ordering_id", pa.int64()),
        (
            "session_traffic_source_last_click",
            pa.struct([("manual_campaign", pa.struct([("campaign_name", pa.string())]))]),
        ),
    ]
)


@pytest.fixture
def day(read_file):
    return read_file(SOURCE, FILE)


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    workspace = create_workspace(tmp_path / "workspace", Settings("Test", "Europe/Berlin", "EUR"), "")
    yield workspace
    workspace.close()


def written(path: Path, rows: list[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


def as_parquet(path: Path, rows: list[dict[str, Any]]) -> Path:
    """The rows with the types that BigQuery's schema has."""

    def typed(found: Any, type_: pa.DataType) -> Any:
        if found is None:
            return None
        if pa.types.is_struct(type_):
            return {field.name: typed(found.get(field.name), field.type) for field in type_}
        if pa.types.is_list(type_):
            return [typed(each, type_.value_type) for each in found]
        return int(found) if pa.types.is_integer(type_) else found

    table = pa.Table.from_pylist(
        [{field.name: typed(row.get(field.name), field.type) for field in PARQUET} for row in rows], PARQUET
    )
    pyarrow.parquet.write_table(table, path)
    return path


def test_fixture_has_every_header_in_order() -> None:
    assert [*ROWS[0], "_json"] == list(SOURCE.columns)


def test_what_became_of_every_row(day) -> None:
    assert [(event.line, event.name) for event in day.events] == [
        (1, "Page Viewed"),
        (2, "Product Added"),
        (3, "Order Completed"),
        (4, "Order Refunded"),
        (5, "Order Completed"),
        (6, "scroll"),
        (7, "Screen Viewed"),
    ]
    assert [(refused.line, refused.reason) for refused in day.refused] == [
        (8, "event_timestamp: found “0x1”, expected microseconds since 1970."),
        (9, "event_name is empty, expected the name of the event."),
    ]


def test_times_are_microseconds_in_utc(day) -> None:
    assert day.events[0].time == datetime(2026, 8, 10, 7, 30, 0, 7, tzinfo=UTC)
    assert day.events[2].time == datetime(2026, 8, 10, 7, 32, 0, 7, tzinfo=UTC)


def test_people_are_joined_by_user_id_pseudonymous_id_and_order(day) -> None:
    assert day.events[0].identifiers == {"anonymous_id": "1234.5678"}
    assert day.events[2].identifiers == {"user_id": "u-7", "order_id": "1001", "anonymous_id": "1234.5678"}
    assert day.events[6].identifiers == {
        "user_id": "ada@example.org", "email": "ada@example.org", "anonymous_id": "app-instance-1",
    }  # fmt: skip


def test_without_consent_only_the_order_joins(day) -> None:
    assert day.events[4].identifiers == {"order_id": "1002"}


def test_the_money_of_a_purchase_is_its_value_and_a_refund_is_negative(day) -> None:
    assert [(event.line, event.value, event.currency) for event in day.events if event.value is not None] == [
        (3, Decimal(51), "GBP"),
        (4, Decimal(-20), "GBP"),
        (5, Decimal(12), "USD"),
    ]


def test_the_value_of_a_cart_is_no_money(day) -> None:
    assert (day.events[1].value, day.events[1].properties["value"]) == (None, 25.5)


def test_parameters_are_read_whichever_type_they_have(day) -> None:
    assert day.events[2].properties == {"value": 51, "tax": 8.5, "country": "United Kingdom"}
    assert day.events[5].properties["percent_scrolled"] == 90


def test_orders_and_products_are_named_once_and_never_not_set(day) -> None:
    assert day.events[1].objects == (("product", "L1"), ("product", "Shade"))
    assert day.events[2].objects == (("order", "1001"), ("product", "L1"))
    assert day.events[5].objects == ()


def test_a_session_is_of_its_person(day) -> None:
    assert day.events[0].session == "1234.5678.1786347000"
    assert day.events[4].session is None


def test_the_campaign_is_of_this_session_never_the_first_one_ever(day) -> None:
    assert [event.campaign for event in day.events[:3]] == ["summer", None, "brand"]


def test_channel_device_page_and_screen(day) -> None:
    first, screen = day.events[0], day.events[6]

    assert (first.channel, first.device) == ("web", "mobile")
    assert first.page == "https://shop.example.org/lamps/?utm_source=x&email=ada%40example.org"
    assert (screen.channel, screen.device, screen.label) == ("app", None, "Wish list")


def test_addresses_of_pages_are_in_no_property(day) -> None:
    assert "example.org" not in json.dumps([dict(event.properties) for event in day.events])


def test_a_day_imported_again_is_amended_and_nothing_is_doubled(workspace: Workspace, tmp_path: Path) -> None:
    """Three days later the purchase has a user id and another campaign, and an event came late."""
    good = ROWS[:7]
    late = {**good[5], "event_timestamp": "1786348800000000", "batch_event_index": "40"}
    told_later = {
        "user_id": "u-8",
        "session_traffic_source_last_click": {"manual_campaign": {"campaign_name": "spring"}},
    }
    amended = [*good[:2], {**good[2], **told_later}, *good[3:], late]

    [first] = import_files(workspace, [written(tmp_path / "events_20260810.jsonl", good)])
    [again] = import_files(workspace, [written(tmp_path / "events_20260810 (1).jsonl", amended)])

    assert (first.imported, again.rows, again.updated) == (7, 8, 1)
    assert workspace.store.value("select count(*) from events") == 8
    assert workspace.store.rows(
        "select e.campaign, i.value from events e join kinds k using (kind) join identifiers i on i.identifier = e.who"
        " where k.name = 'Order Completed' and i.type = 'user_id'"
    ) == [("spring", "u-8")]


def test_a_parquet_file_gives_the_same_events(day, read_file, tmp_path: Path) -> None:
    results = read_file(SOURCE, as_parquet(tmp_path / "events.parquet", ROWS[:7]))

    assert [(event.key, event.name, event.time, event.identifiers) for event in results.events] == [
        (event.key, event.name, event.time, event.identifiers) for event in day.events
    ]
    assert [(event.value, event.objects, event.session) for event in results.events] == [
        (event.value, event.objects, event.session) for event in day.events
    ]
    assert results.events[2].properties == day.events[2].properties


def test_lists_as_bigquery_wraps_them_in_parquet() -> None:
    plain = [{"key": "a", "value": {"int_value": "7"}}, {"key": "b", "value": {"string_value": "x"}}]

    assert parameters({"list": [{"element": each} for each in plain]}) == parameters(plain) == {"a": 7, "b": "x"}
    assert list(elements({"list": [{"item": {"item_id": "L1"}}]})) == [{"item_id": "L1"}]


def test_a_row_without_a_place_in_its_batch_is_known_by_what_it_says(read_file, tmp_path: Path) -> None:
    """Tables before 2024: two items were seen in the same microsecond."""
    older = {name: cell for name, cell in ROWS[5].items() if not name.startswith("batch_")}
    other = {**older, "event_params": [{"key": "percent_scrolled", "value": {"int_value": "50"}}]}
    amended = {
        **older,
        "event_params": [*older["event_params"], {"key": "session_engaged", "value": {"string_value": "1"}}],
    }

    first, second, third = read_file(SOURCE, written(tmp_path / "events.jsonl", [older, other, amended])).events

    assert first.key != second.key
    assert first.key == third.key


def test_names_lead_to_the_vocabulary_and_back() -> None:
    known = {each.name for each in EVENT_NAMES}

    assert set(TO_VOCABULARY.values()) <= known
    assert all(TO_VOCABULARY[theirs] == ours for ours, theirs in FROM_VOCABULARY.items())
    assert FROM_VOCABULARY["Order Completed"] == "purchase"
