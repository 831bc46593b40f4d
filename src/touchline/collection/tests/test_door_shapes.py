"""Whatever stands where something else should: doors answer with events, reasons or a refusal, and never fail."""

from __future__ import annotations

import copy
import json
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchline.collection.doors.catalogue import door_named
from touchline.collection.doors.protocol import Opened, Request
from touchline.collection.rules.problems import EVENT_PROBLEMS, RefusedError
from touchline.collection.rules.webhooks import Hook
from touchline.collection.rules.write_keys import WriteKey
from touchline.collection.tests.senders import ORDER
from touchline.collection.tests.test_vendor_webhooks import charge, ticket
from touchline.events.facade import Context, Event, Refused, Skipped
from touchline.events.intake.chunk import event_table

RECEIVED_US = 1_785_585_600_000_000
CONTEXT = Context(ZoneInfo("Europe/Berlin"), "EUR", "Shop", ())
LEAVES = (
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=30)
    | st.sampled_from(["", "1e999", "#", "2026-13-45", "0001-01-01", "9999-12-31T23:59:59Z", "\x00", "\ud800", "−5", 10**400, -1, 1 << 63])
)  # fmt: skip
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
REFUNDED = {
    **ORDER, "fulfillment_status": "fulfilled", "fulfillments": [{"status": "success", "created_at": "2026-08-02T09:00:00Z"}],
    "refunds": [{"created_at": "2026-08-03T09:00:00Z", "transactions": [{"kind": "refund", "status": "success", "amount": "1"}]}],
    "payment_gateway_names": ["x"], "discount_codes": [{"code": "A"}], "shipping_lines": [{"title": "Post"}],
}  # fmt: skip
SOLVED = {"previous": "OPEN", "current": "SOLVED"}
INTENT = {
    "id": "pi_1",
    "amount": 1,
    "amount_received": 1,
    "currency": "eur",
    "created": 1785609500,
    "latest_charge": "ch_1",
}
DISPUTE = {"id": "dp_1", "charge": "ch_2", "amount": 12000, "currency": "gbp", "created": 1786000000}
HIT = {"name": "purchase", "params": {"transaction_id": "1", "value": 5, "items": [{"item_id": "A"}], "session_id": 7}}
BODIES: list[tuple[str, dict[str, str], dict[str, Any]]] = [
    ("shopify", {"x-shopify-topic": "orders/updated"}, REFUNDED),
    ("zendesk", {}, ticket("created", "2026-08-05T10:00:01Z", requester_email="ada@example.org")),
    ("zendesk", {}, ticket("status_changed", "2026-08-05T10:00:01Z", SOLVED)),
    ("stripe", {}, charge("charge.refunded", 1786000000, amount_refunded=12000)),
    ("stripe", {}, {"type": "payment_intent.succeeded", "created": 1785609603, "data": {"object": INTENT}}),
    ("stripe", {}, {"type": "charge.dispute.created", "created": 1786000001, "data": {"object": DISPUTE}}),
]
GA4 = {
    "client_id": "1.2",
    "timestamp_micros": RECEIVED_US,
    "consent": {"ad_user_data": "GRANTED"},
    "events": [HIT, HIT],
}


def places(found: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The way to everything in a JSON value."""
    inner = found.items() if isinstance(found, dict) else enumerate(found) if isinstance(found, list) else ()
    return [path, *(place for key, value in inner for place in places(value, (*path, key)))]


def replaced(found: Any, path: tuple[Any, ...], value: Any) -> Any:
    changed = copy.deepcopy(found)
    if not path:
        return value
    inner = changed
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    return changed


def read(kind: str, content: dict[str, Any], mapping: str | None = None) -> list[Any]:
    """What a delivery becomes; nothing where it is refused as a whole."""
    door, key = door_named(kind), WriteKey(1, "Shop", (), 1, datetime(2026, 8, 1), None, 1, Hook(kind, mapping))  # noqa: DTZ001
    try:
        taken = door.take_again(json.dumps(content).encode(), key)
    except RefusedError:
        return []
    return list(door.read(taken.body, RECEIVED_US, "1", CONTEXT))


def look_at(results: list[Any]) -> None:
    assert all(isinstance(each, Event | Skipped | Refused) for each in results)
    assert all(each.reason.endswith(".") for each in results if isinstance(each, Refused))
    assert all("_json" in each.content for each in results if isinstance(each, Refused))
    event_table([each for each in results if isinstance(each, Event)])


@pytest.mark.parametrize(("kind", "headers", "body"), BODIES, ids=lambda each: each if isinstance(each, str) else "")
@given(data=st.data())
def test_a_webhook_with_anything_anywhere_in_it(kind, headers, body, data):
    changed = replaced(body, data.draw(st.sampled_from(places(body)[1:])), data.draw(VALUES))

    look_at(read(kind, {"headers": headers, "body": changed}))


@given(data=st.data())
def test_a_body_of_google_with_anything_anywhere_in_it(data):
    changed = replaced(GA4, data.draw(st.sampled_from(places(GA4))), data.draw(VALUES))
    door = door_named("ga4")
    request = Request("POST", "/mp/collect", {"api_secret": "tl_x"}, {}, json.dumps(changed).encode(), RECEIVED_US)

    try:
        opened = door.open(request)
        taken = door.take(request, opened, None)
        door.take(
            Request("POST", "/debug/mp/collect", {}, {}, request.body, RECEIVED_US), Opened("", opened.body), None
        )
    except RefusedError:
        return
    assert {each.code for each in taken.rejected} <= EVENT_PROBLEMS.keys()
    if taken.body is not None:
        results = list(door.read(taken.body, RECEIVED_US, "1", CONTEXT))
        assert len(results) == taken.events
        look_at(results)


@given(VALUES, st.dictionaries(st.sampled_from(["at", "mail", "score"]), VALUES))
def test_any_json_through_a_mapping(value, fields):
    mapping = {
        "columns": {"time": "at", "email": "mail", "score": "score"},
        "metric": "nps",
        "score_low": 0,
        "score_high": 10,
    }
    body = {"at": "2026-08-01T10:00:00Z", "other": value, **fields}

    look_at(read("generic", {"body": body}, json.dumps(mapping)))
