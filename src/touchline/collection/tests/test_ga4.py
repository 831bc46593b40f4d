"""Bodies of Google's Measurement Protocol: what is answered, what becomes of them, and consent."""

from __future__ import annotations

import json
from typing import Any

from touchline.collection.facade import redrive
from touchline.events.facade import import_files

AT = 1785585600000000  # 2026-08-01 12:00 UTC
PURCHASE = {
    "name": "purchase",
    "params": {
        "transaction_id": "#1001", "value": 59.9, "currency": "eur", "session_id": "1785585000", "campaign": "spring",
        "engagement_time_msec": 100, "items": [{"item_id": "LAMP-OAK", "quantity": 1}],
    },
}  # fmt: skip
VIEW = {"name": "page_view", "params": {"page_location": "https://shop.example/cart?utm_source=x"}}
EVENTS = (
    "select k.name, k.page, e.value::double, e.time::varchar from events e join kinds k using (kind) order by e.line"
)


def body(*events: Any, **fields: Any) -> dict[str, Any]:
    return {"client_id": "123.456", "user_id": "42", "timestamp_micros": AT, "events": list(events), **fields}


def collect(collecting, sent: Any, path: str = "/mp/collect", stream: str = "measurement_id=G-1"):
    raw = sent if isinstance(sent, bytes) else json.dumps(sent).encode()
    return collecting.ask("POST", f"{path}?{stream}&api_secret={collecting.token}", {}, raw)


def identifiers(collecting) -> list[tuple[Any, ...]]:
    return collecting.rows("select type, value from identifiers order by type")


def test_a_body_is_answered_as_google_does_and_becomes_events(collecting):
    answer = collect(collecting, body(PURCHASE, VIEW))

    assert (answer.status, answer.body) == (204, b"")
    assert collecting.rows(EVENTS) == [
        ("Order Completed", None, 59.9, "2026-08-01 12:00:00"),
        ("Page Viewed", "/cart", None, "2026-08-01 12:00:00"),
    ]
    assert identifiers(collecting) == [("anonymous_id", "123.456"), ("order_id", "1001"), ("user_id", "42")]
    row = "select e.session, e.campaign, e.currency from events e where value is not null"
    assert collecting.rows(row) == [("123.456.1785585000", "spring", "EUR")]


def test_the_same_body_twice_is_the_same_events_and_equal_hits_in_one_are_two(collecting):
    for _ in range(2):
        assert collect(collecting, body(VIEW, VIEW, {**VIEW, "timestamp_micros": AT + 1})).status == 204
        collecting.settle()

    assert collecting.stored() == 3


def test_the_older_export_adds_only_what_was_not_collected(collecting, tmp_path):
    """Tables of BigQuery without the numbers that Google gives each hit."""
    collect(collecting, body({"name": "search", "params": {"search_term": "lamp"}}))
    row = {
        "event_name": "search", "event_timestamp": str(AT), "user_pseudo_id": "123.456", "user_id": "42", "platform": "WEB",
        "event_params": [{"key": "search_term", "value": {"string_value": "lamp"}}],
    }  # fmt: skip
    file = tmp_path / "events_20260801.jsonl"
    later = {**row, "event_timestamp": str(AT + 60_000_000)}
    file.write_text(f"{json.dumps(row)}\n{json.dumps(later)}\n")
    collecting.settle()
    [report] = import_files(collecting.workspace, [file])

    assert (report.error, report.source, collecting.stored()) == ("", "ga4_bigquery", 2)


def test_what_consent_was_denied_for_is_not_stored(collecting):
    asked: list[dict[str, str]] = [
        {"ad_user_data": "GRANTED"},
        {"ad_user_data": "DENIED"},
        {"analytics_storage": "denied"},
    ]
    for number, consent in enumerate(asked):
        collect(
            collecting,
            body(
                PURCHASE,
                consent=consent,
                timestamp_micros=AT + number,
                client_id=f"{number}.456",
                user_id=f"u-{number}",
            ),
        )

    assert identifiers(collecting) == [
        ("anonymous_id", "0.456"), ("anonymous_id", "1.456"), ("order_id", "1001"), ("user_id", "u-0"),
    ]  # fmt: skip
    rows = collecting.rows("select campaign, session, properties from events order by time")
    assert [row[:2] for row in rows] == [("spring", "0.456.1785585000"), (None, "1.456.1785585000"), ("spring", None)]
    assert [json.loads(told)["consent"] for _, _, told in rows] == asked


def test_an_app_is_an_app(collecting):
    app = {"app_instance_id": "abc", "client_id": None, "user_id": None}
    collect(collecting, body({"name": "app_open"}, **app), stream="firebase_app_id=1:12:ios:34")

    assert collecting.rows("select k.name, k.channel from kinds k") == [("Application Opened", "app")]


def test_a_bad_event_waits_with_its_reason_and_the_others_are_stored(collecting):
    large = {"name": "note", "params": {"text": "x" * 33_000}}
    answer = collect(collecting, body(VIEW, {"params": {}}, 7, {"name": "a", "params": 7}, {"name": "y" * 201}, large))

    assert answer.status == 204
    assert [name for name, *_ in collecting.rows(EVENTS)] == ["Page Viewed"]
    codes = [code for (code,) in collecting.rows("select code from rejections order by rejection_id")]
    assert codes == ["no_event_name", "not_an_object", "wrong_type", "name_too_long", "event_too_large"]


def test_what_no_decoder_follows_does_not_cost_the_others(collecting):
    half = {"name": "half", "params": {"text": "cut \ud83d", "whole": "\U0001f389", "plain": "\\ud83d"}}
    raw = json.dumps(
        body(VIEW, half, {**VIEW, "timestamp_micros": AT + 1}, {"name": "huge", "params": {"value": 1}})
    ).encode()

    assert collect(collecting, raw.replace(b'"value": 1}', b'"value": 1e999}')).status == 204
    assert [name for name, *_ in collecting.rows(EVENTS)] == ["Page Viewed", "half", "Page Viewed"]
    told = collecting.stored("select properties from events where properties is not null")
    assert json.loads(told) == {"text": "cut \ufffd", "whole": "\U0001f389", "plain": "\\ud83d"}
    assert collecting.rows("select code, contains(content, '1e999') from rejections") == [("invalid_text", True)]


def test_a_rejected_event_is_stored_when_it_was_corrected(collecting):
    collect(collecting, {"events": [VIEW], "timestamp_micros": AT})
    [(code, content)] = collecting.rows("select code, content from rejections")
    assert code == "no_client_id"

    corrected = json.dumps({**json.loads(content), "client_id": "123.456"})
    assert redrive(collecting.workspace, 1, corrected).outcome == "stored"
    assert identifiers(collecting) == [("anonymous_id", "123.456")]


def test_beyond_25_events_are_rejected_one_by_one(collecting):
    collect(collecting, body(*({**VIEW, "timestamp_micros": AT + number} for number in range(27))))

    assert collecting.stored() == 25
    assert collecting.stored("select count(*) from rejections where code = 'too_many_in_batch'") == 2


def test_what_cannot_be_taken_says_why_where_google_would_not(collecting):
    for path, sent, code in (
        ("/mp/collect?api_secret=wrong", b'{"events": []}', "unknown_write_key"),
        ("/mp/collect?measurement_id=G-1", b'{"events": []}', "no_write_key"),
        ("/mp/collect?api_secret=KEY", b"{", "invalid_json"),
        ("/mp/collect?api_secret=KEY", b"{}", "invalid_batch"),
        ("/mp/other?api_secret=KEY", b"{}", "unknown_address"),
    ):
        assert collecting.ask("POST", path.replace("KEY", collecting.token), {}, sent).code == code


def test_debugging_says_what_is_wrong_and_keeps_nothing(collecting):
    sent = {"events": [{"name": "_bad"}, {"params": {}}]}
    messages = collect(collecting, sent, "/debug/mp/collect").json["validationMessages"]

    assert [(each["fieldPath"], each["validationCode"]) for each in messages] == [
        ("client_id", "VALUE_REQUIRED"), ("events[0].name", "NAME_INVALID"), ("events[1].name", "VALUE_REQUIRED"),
    ]  # fmt: skip
    assert collect(collecting, body(VIEW), "/debug/mp/collect").json == {"validationMessages": []}
    assert collecting.stored() == 0
    assert collecting.stored("select count(*) from rejections") == 0
