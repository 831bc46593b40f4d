"""Deliveries by address, key and signature; what they become, once each, and what a file imported afterwards adds."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from touchline.collection.facade import (
    WriteKeyError,
    confirm_mapping,
    hook_mapping,
    make_hook,
    redrive,
    replace_secret,
    revoke_write_key,
)
from touchline.events.facade import import_files

EVENTS = (
    "select k.name, strftime(e.time, '%Y-%m-%d %H:%M'), e.value::double from events e join kinds k using (kind)"
    " order by e.time, k.name"
)
SECRET = "hush"
ORDER = {
    "id": 5012345678901,
    "name": "#1001",
    "email": "ada@example.org",
    "created_at": "2026-08-01T00:30:00+05:30",
    "updated_at": "2026-08-01T00:31:10+05:30",
    "currency": "GBP",
    "total_price": "185.00",
    "financial_status": "paid",
    "source_name": "web",
    "line_items": [{"name": "Lamp - oak", "sku": "LAMP-OAK", "quantity": 1, "price": "40.00"}],
    "billing_address": {"country_code": "IN", "city": "Pune"},
}
GUIDE = (Path(__file__).parents[4] / "docs" / "guide" / "webhooks.md").read_text("utf-8")
SHOPIFY_ROW = "Name,Email,Financial Status,Created at,Total,Lineitem name,Currency,Id,Lineitem sku,Lineitem quantity,Refunded Amount"


def base64_of(signed: bytes, secret: str = SECRET) -> str:
    return base64.b64encode(hmac.new(secret.encode(), signed, hashlib.sha256).digest()).decode()


class Sender:
    """Somebody's server, which knows the address and the secret."""

    def __init__(self, collecting, kind: str, secret: str | None = SECRET) -> None:
        self.collecting, self.kind = collecting, kind
        self.hook = make_hook(collecting.workspace, kind, f"My {kind}", secret)
        self.secret = secret or self.hook.secret

    def send(self, body: Any, topic: str = "", *, path: str | None = None, age_seconds: int = 0, **other: str):
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        headers = {**self.signed(raw, int(time.time()) - age_seconds), "x-shopify-topic": topic, **other}
        return self.collecting.ask("POST", path or self.hook.path, headers, raw)

    def signed(self, raw: bytes, seconds: int) -> dict[str, str]:
        if self.kind == "shopify":
            return {"x-shopify-hmac-sha256": base64_of(raw, self.secret)}
        if self.kind == "zendesk":
            at = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(seconds))
            signature = base64_of(at.encode() + raw, self.secret)
            return {"x-zendesk-webhook-signature": signature, "x-zendesk-webhook-signature-timestamp": at}
        if self.kind == "stripe":
            digest = hmac.new(self.secret.encode(), f"{seconds}.".encode() + raw, hashlib.sha256).hexdigest()
            return {"stripe-signature": f"t={seconds},v1={digest}"}
        key = base64.b64decode(self.secret.removeprefix("whsec_"))
        signed = f"msg_{hashlib.md5(raw).hexdigest()}.{seconds}.".encode() + raw
        signature = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
        id_ = f"msg_{hashlib.md5(raw).hexdigest()}"
        return {"webhook-id": id_, "webhook-timestamp": str(seconds), "webhook-signature": f"v1,{signature}"}


def import_text(collecting, tmp_path, name: str, text: str):
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    collecting.settle()
    [report] = import_files(collecting.workspace, [file])
    assert report.error == ""
    return report


# The address, the key and the signature


def test_only_what_is_signed_is_taken(collecting):
    other = "whsec_" + base64.b64encode(bytes(24)).decode()
    for kind in ("shopify", "zendesk", "stripe", "generic"):
        sender = Sender(collecting, kind, None if kind == "generic" else SECRET)
        assert sender.send(b'{"id": 1}').status == 200, kind
        forged = collecting.ask("POST", sender.hook.path, {"x-shopify-topic": "orders/create"}, b'{"id": 1}')
        assert (forged.status, forged.code) == (401, "invalid_signature"), kind
        sender.secret = other
        assert sender.send(b'{"id": 1}').code == "invalid_signature", kind
    assert collecting.stored() == 0
    assert collecting.rows("select code, count(*) from rejections group by code") == [("no_mapping", 1)]


def test_a_recorded_delivery_is_refused_after_five_minutes_where_the_time_is_signed(collecting):
    for kind in ("zendesk", "stripe", "generic"):
        sender = Sender(collecting, kind, None if kind == "generic" else SECRET)
        assert sender.send({"type": "x"}, age_seconds=290).status == 200, kind
        assert sender.send({"type": "x"}, age_seconds=310).code == "invalid_signature", kind


def test_a_webhook_opens_its_own_address_and_nothing_else(collecting):
    sender = Sender(collecting, "shopify")
    token = sender.hook.path.rpartition("/")[2]
    call = {"type": "track", "event": "Order Completed", "userId": "42"}

    assert collecting.post("/v1/track", call, token=token).code == "unknown_write_key"
    assert collecting.ask("POST", f"/mp/collect?api_secret={token}", {}, b'{"events": []}').code == "unknown_write_key"
    assert sender.send(ORDER, "orders/create", path=f"/hooks/stripe/{token}").code == "unknown_write_key"
    assert sender.send(ORDER, "orders/create", path=f"/hooks/shopify/{collecting.token}").code == "unknown_write_key"
    assert sender.send(ORDER, "orders/create", path="/hooks/shopify/").code == "no_write_key"
    assert sender.send(ORDER, "orders/create", path=f"/hooks/other/{token}").code == "unknown_address"
    assert collecting.ask("GET", sender.hook.path).code == "method_not_allowed"


def test_until_its_secret_is_known_nothing_is_taken_and_old_and_new_hold_side_by_side(collecting):
    sender = Sender(collecting, "stripe", None)
    sender.secret = "whsec_first"
    assert sender.send({"type": "x"}).code == "invalid_signature"

    replace_secret(collecting.workspace, sender.hook.key.id, "whsec_first")
    assert sender.send({"type": "x"}).status == 200
    replace_secret(collecting.workspace, sender.hook.key.id, "whsec_second")
    assert sender.send({"type": "x"}).status == 200
    sender.secret = "whsec_second"
    assert sender.send({"type": "x"}).status == 200
    replace_secret(collecting.workspace, sender.hook.key.id, "whsec_third", overlap=timedelta())
    assert sender.send({"type": "x"}).code == "invalid_signature"


def test_secrets_are_written_nowhere_but_in_their_table(collecting):
    sender = Sender(collecting, "shopify", "only-known-to-the-shop")
    sender.send(ORDER, "orders/create")
    collecting.settle()
    store = collecting.workspace.store

    assert "only-known" not in repr(sender.hook)
    for (table,) in store.rows("select table_name from duckdb_tables() where table_name <> 'webhook_secrets'"):
        assert "only-known" not in str(store.rows(f'select * from "{table}"')), table


def test_revoking_closes_the_address(collecting):
    sender = Sender(collecting, "shopify")
    revoke_write_key(collecting.workspace, sender.hook.key.id)

    assert sender.send(ORDER, "orders/create").code == "unknown_write_key"


def test_what_cannot_be_made_says_why(collecting):
    for kind, name, secret, sentence in (
        ("fax", "Fax", None, "no kind of webhook; expected one of generic, shopify, stripe, zendesk"),
        ("shopify", "Shop website", None, "There is a write key 'Shop website' already"),
        ("shopify", "  ", None, "needs a name"),
        ("shopify", "Orders", "two words", "one word without blanks"),
        ("generic", "Orders", "hush", "expected whsec_ and 16 to 64 bytes"),
    ):
        with pytest.raises(WriteKeyError, match=sentence):
            make_hook(collecting.workspace, kind, name, secret)
    assert collecting.stored("select count(*) from write_keys") == 1


def test_a_signed_body_that_is_no_object_is_answered_as_such(collecting):
    sender = Sender(collecting, "shopify")
    for body in (b"", b"[]", b"null", b'{"a":', b'"text"', b'{"a": "\xff"}', b"[" * 100_000):
        assert sender.send(body, "orders/create").code == "invalid_json", body[:20]


def test_a_signed_object_that_no_decoder_follows_is_kept_and_stops_nothing(collecting):
    sender = Sender(collecting, "shopify")
    for body in (b'{"a": "\\ud83d"}', b'{"a": 1e999}', b'{"a":' + b"[" * 5_000 + b"]" * 5_000 + b"}"):
        assert sender.send(body, "orders/create").status in (200, 400), body[:20]
    sender.send(ORDER, "orders/create")
    assert collecting.stored() == 2


# Shopify


def test_an_order_by_webhook_and_in_the_export_is_one_order(collecting, tmp_path):
    sender = Sender(collecting, "shopify")
    for topic in ("orders/create", "orders/paid", "orders/create"):
        assert sender.send(ORDER, topic).json == {"success": True}

    assert collecting.rows(EVENTS) == [
        ("Order Completed", "2026-07-31 19:00", 185.0), ("Profile Updated", "2026-07-31 19:00", None),
    ]  # fmt: skip
    row = "#1001,ada@example.org,paid,2026-08-01 00:30:00 +0530,185.00,Lamp - oak,GBP,5012345678901,LAMP-OAK,1,"
    report = import_text(collecting, tmp_path, "orders_export.csv", f"{SHOPIFY_ROW}\n{row}\n")
    assert report.source == "shopify_orders"
    assert collecting.stored() == 2


def test_an_order_is_told_anew_and_the_newest_telling_holds_in_any_order(collecting, tmp_path):
    sender = Sender(collecting, "shopify")
    part = {
        "transactions": [{"kind": "refund", "status": "success", "amount": "10.00"}],
        "created_at": "2026-08-03T10:00:00Z",
    }
    rest = {
        "transactions": [{"kind": "refund", "status": "success", "amount": "175.00"}],
        "created_at": "2026-08-04T10:00:00Z",
    }
    sent = {
        "fulfillment_status": "fulfilled",
        "fulfillments": [{"status": "success", "created_at": "2026-08-02T09:00:00Z"}],
    }
    first = {**ORDER, **sent, "refunds": [part], "updated_at": "2026-08-03T10:00:00Z"}
    last = {
        **ORDER,
        **sent,
        "refunds": [part, rest],
        "financial_status": "refunded",
        "updated_at": "2026-08-04T10:00:00Z",
    }

    sender.send(first, "orders/updated")
    collecting.settle()
    for body in (last, ORDER, first):
        sender.send(body, "orders/updated")

    assert collecting.rows(EVENTS)[2:] == [
        ("Order Fulfilled", "2026-08-02 09:00", None), ("Order Refunded", "2026-08-04 10:00", -185.0),
    ]  # fmt: skip
    status = "select e.properties ->> 'financial_status' from events e join kinds k using (kind) where k.name = 'Order Completed'"
    assert collecting.stored(status) == "refunded"
    collecting.settle()
    sender.send(first, "orders/updated")
    assert collecting.stored("select min(value)::double from events") == -185.0
    row = (
        "#1001,ada@example.org,refunded,2026-08-01 00:30:00 +0530,185.00,Lamp - oak,GBP,5012345678901,LAMP-OAK,1,185.00"
    )
    import_text(collecting, tmp_path, "orders_export.csv", f"{SHOPIFY_ROW}\n{row}\n")
    assert collecting.stored() == 4


def test_a_cancelled_order_and_topics_about_something_else(collecting):
    sender = Sender(collecting, "shopify")
    sender.send({**ORDER, "cancelled_at": "2026-08-01T10:00:00Z", "financial_status": "voided"}, "orders/cancelled")
    for topic in ("products/update", "refunds/create", "customers/redact", ""):
        assert sender.send({"id": 1}, topic).status == 200

    assert ("Order Cancelled", "2026-08-01 10:00", None) in collecting.rows(EVENTS)
    counted = "select imported, skip_reasons from imports where file like '%My shopify'"
    assert collecting.rows(counted) == [(3, '{"holds no event": 4}')]


def test_an_order_that_cannot_be_read_waits_and_can_be_corrected(collecting):
    sender = Sender(collecting, "shopify")
    sender.send({**ORDER, "created_at": "yesterday"}, "orders/create")

    [(code, reason, content)] = collecting.rows("select code, reason, content from rejections")
    assert (code, reason) == (
        "unreadable", "Created at: found “yesterday”, expected a date and time such as 2026-08-01 14:30:00 +0200.",
    )  # fmt: skip
    assert redrive(collecting.workspace, 1, content.replace("yesterday", ORDER["created_at"])).outcome == "stored"
    assert collecting.stored() == 2


# Zendesk


def ticket(type_: str, at: str, event: dict[str, str] | None = None, **detail: Any) -> dict[str, Any]:
    return {
        "type": f"zen:event-type:ticket.{type_}",
        "time": at,
        "event": event or {},
        "detail": {
            "id": "501", "subject": "Where is my lamp?", "status": "OPEN", "priority": "NORMAL", "requester_id": "90501",
            "created_at": "2026-08-05T10:00:00Z", "via": {"channel": "email"}, "tags": ["late"], **detail,
        },
    }  # fmt: skip


def test_a_ticket_by_webhook_and_in_the_export_is_one_ticket(collecting, tmp_path):
    sender = Sender(collecting, "zendesk")
    sender.send(ticket("status_changed", "2026-08-07T12:00:00.123456789Z", {"previous": "OPEN", "current": "SOLVED"}))
    sender.send(ticket("created", "2026-08-05T10:00:01Z", requester_email="ada@example.org"))
    sender.send(ticket("status_changed", "2026-08-05T12:00:00Z", {"previous": "OPEN", "current": "SOLVED"}))
    sender.send(ticket("status_changed", "2026-08-06T09:00:00Z", {"previous": "SOLVED", "current": "OPEN"}))
    sender.send(ticket("status_changed", "2026-08-09T09:00:00Z", {"previous": "SOLVED", "current": "CLOSED"}))
    sender.send(ticket("priority_changed", "2026-08-09T10:00:00Z"))

    assert [row[:2] for row in collecting.rows(EVENTS)] == [
        ("Ticket Created", "2026-08-05 10:00"), ("Ticket Reopened", "2026-08-06 09:00"), ("Ticket Solved", "2026-08-07 12:00"),
    ]  # fmt: skip
    text = (
        "Id,Requester,Requester email,Status,Via,Subject,Created at,Solved at,Reopens\n"
        "501,Ada,ada@example.org,Closed,Mail,Where is my lamp?,2026-08-05 10:00,2026-08-07 12:00,1\n"
    )
    assert import_text(collecting, tmp_path, "tickets.csv", text).source == "zendesk_tickets"
    assert collecting.stored() == 3


def test_the_triggers_of_the_guide_name_the_requester(collecting):
    [written] = re.findall(r"^```json\n(.*?)^```", GUIDE, re.DOTALL | re.MULTILINE)
    sender = Sender(collecting, "zendesk")
    placed = {
        "updated_at_with_timestamp": "2026-08-05T10:00:00Z", "created_at_with_timestamp": "2026-08-05T10:00:00Z",
        "via": "Web Form", "id": "501", "status": "Solved", "requester.email": "ada@example.org", "requester.id": "90501",
    }  # fmt: skip
    sent = re.sub(r"\{\{ticket\.([\w.]+)\}\}", lambda found: placed.get(found[1], ""), written)
    sender.send(sent.encode())
    sender.send(sent.replace("ticket.created", "ticket.status_changed").replace('"new"', '"open"').encode())

    assert [row[0] for row in collecting.rows(EVENTS)] == ["Ticket Created", "Ticket Solved"]
    assert collecting.rows("select type, value from identifiers order by type") == [
        ("anonymous_id", "zendesk:90501"), ("case_id", "501"), ("email", "ada@example.org"),
    ]  # fmt: skip


# Stripe


def charge(type_: str, told: int, **fields: Any) -> dict[str, Any]:
    known = {
        "id": "ch_2", "object": "charge", "amount": 12000, "amount_refunded": 0, "currency": "gbp", "captured": True,
        "created": 1785609602, "status": "succeeded", "billing_details": {"email": "ben@example.org"},
        "metadata": {"order_id": "1002"},
    }  # fmt: skip
    return {"id": "evt_1", "type": type_, "created": told, "data": {"object": {**known, **fields}}}


def test_a_payment_by_charge_by_intent_and_in_the_export_is_one_payment(collecting, tmp_path):
    sender = Sender(collecting, "stripe")
    intent = {
        "id": "pi_2", "object": "payment_intent", "amount": 12000, "amount_received": 12000, "currency": "gbp",
        "created": 1785609500, "latest_charge": "ch_2", "status": "succeeded", "receipt_email": "ben@example.org",
    }  # fmt: skip
    sender.send({"type": "payment_intent.succeeded", "created": 1785609603, "data": {"object": intent}})
    sender.send(charge("charge.refunded", 1786000000, amount_refunded=12000))
    sender.send(charge("charge.refunded", 1785900000, amount_refunded=2500))
    sender.send(charge("charge.succeeded", 1785609603))
    sender.send({"type": "customer.created", "created": 1785609603, "data": {"object": {"id": "cus_1"}}})

    assert collecting.rows(EVENTS) == [
        ("Payment Made", "2026-08-01 18:40", 120.0), ("Payment Refunded", "2026-08-06 07:06", -120.0),
    ]  # fmt: skip
    text = (
        "id,Created date (UTC),Amount,Amount Refunded,Currency,Captured,Status,Refunded date (UTC),Customer Email\n"
        "ch_2,2026-08-01 18:40:02,120.00,120.00,gbp,TRUE,Refunded,2026-08-06 07:06:40,ben@example.org\n"
    )
    assert import_text(collecting, tmp_path, "unified_payments.csv", text).source == "stripe_payments"
    assert collecting.stored() == 2


def test_a_failed_payment_a_dispute_and_money_without_cents(collecting):
    sender = Sender(collecting, "stripe")
    sender.send(
        charge("charge.failed", 1785609603, id="ch_3", status="failed", outcome={"reason": "insufficient_funds"})
    )
    error = {"code": "card_declined", "decline_code": "lost_card"}
    intent = {"id": "pi_4", "amount": 500, "currency": "eur", "created": 1785609602, "last_payment_error": error}
    sender.send({"type": "payment_intent.payment_failed", "created": 1785609662, "data": {"object": intent}})
    dispute = {
        "id": "dp_1",
        "charge": "ch_2",
        "amount": 12000,
        "currency": "gbp",
        "created": 1786000000,
        "reason": "fraudulent",
    }
    sender.send({"type": "charge.dispute.created", "created": 1786000001, "data": {"object": dispute}})
    sender.send(charge("charge.succeeded", 1785609722, id="ch_5", amount=1500, currency="jpy", created=1785609722))
    sender.send(charge("charge.succeeded", 1785609723, id="ch_6", amount=1500, currency="kwd", created=1785609782))

    rows = collecting.rows(EVENTS.replace("e.value::double", "e.properties ->> 'reason', e.value::double"))
    assert rows == [
        ("Payment Failed", "2026-08-01 18:40", "insufficient_funds", None),
        ("Payment Failed", "2026-08-01 18:41", "lost_card", None),
        ("Payment Made", "2026-08-01 18:42", None, 1500.0),
        ("Payment Made", "2026-08-01 18:43", None, 1.5),
        ("Payment Disputed", "2026-08-06 07:06", "fraudulent", None),
    ]


# Any JSON


def visit(number: int, **fields: Any) -> dict[str, Any]:
    return {
        "id": f"v-{number}", "occurred_at": f"2026-08-0{number}T09:00:00Z", "event": "Store visited",
        "customer": {"email": f"guest{number}@example.org"}, "rating": number, "amount": "12.50", **fields,
    }  # fmt: skip


def test_deliveries_wait_for_their_mapping_and_are_sent_again_when_it_is_confirmed(collecting):
    sender = Sender(collecting, "generic", None)
    for number in (1, 2, 3, 4):
        assert sender.send(visit(number)).json == {"success": True}
    collecting.settle()
    assert collecting.stored("select count(*) from rejections where code = 'no_mapping'") == 4

    found = hook_mapping(collecting.workspace, sender.hook.key.id)
    assert (len(found.bodies), found.confirmed) == (4, None)
    columns = found.proposal.mapping.columns
    assert {role: columns.get(role) for role in ("time", "email", "name", "key", "value")} == {
        "time": "occurred_at", "email": "customer.email", "name": "event", "key": "id", "value": "amount",
    }  # fmt: skip
    done = confirm_mapping(collecting.workspace, sender.hook.key.id, found.proposal.mapping)
    assert [each.outcome for each in done] == ["stored"] * 4

    sender.send(visit(4))  # once more
    sender.send(visit(5))
    sender.send(visit(6, occurred_at="soon"))
    assert [row[:2] for row in collecting.rows(EVENTS)] == [
        ("Store visited", f"2026-08-0{n} 09:00") for n in range(1, 6)
    ]
    assert collecting.stored("select count(*) from rejections where resolved is null and code = 'unreadable'") == 1


def test_a_correction_of_the_mapping_and_a_body_without_a_time(collecting):
    sender = Sender(collecting, "generic", None)
    for number in (1, 2, 3):
        sender.send({"who": f"guest{number}@example.org", "place": "Till", "happened": "Receipt printed"})
    collecting.settle()

    found = hook_mapping(collecting.workspace, sender.hook.key.id, {"name": "happened", "touchpoint": "place"})
    columns = found.proposal.mapping.columns
    assert (columns["time"], columns["key"]) == ("received at", "delivery id")
    assert (columns["name"], columns["touchpoint"], columns["email"]) == ("happened", "place", "who")
    confirm_mapping(collecting.workspace, sender.hook.key.id, found.proposal.mapping)
    assert collecting.stored("select count(*) from events join kinds k using (kind) where k.label = 'Till'") == 3


def test_the_sender_of_the_guide_signs_as_it_should(collecting, monkeypatch):
    [written] = re.findall(r"^```python\n(.*?)^```", GUIDE, re.DOTALL | re.MULTILINE)
    made = make_hook(collecting.workspace, "generic", "Tills")
    answers = []
    monkeypatch.setattr(
        "urllib.request.urlopen",
        lambda asked: answers.append(collecting.ask("POST", asked.selector, dict(asked.header_items()), asked.data)),
    )
    given: dict[str, Any] = {}
    exec(written, given)  # what the guide tells people to write
    given["send"](f"https://events.shop.example{made.path}", made.secret, {"id": 1})

    assert [each.status for each in answers] == [200]
