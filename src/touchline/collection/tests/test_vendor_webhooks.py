"""What deliveries of Shopify, Zendesk and Stripe become, once each, and what the export imported afterwards adds."""

from __future__ import annotations

import json
import re
from itertools import permutations
from typing import Any

from touchline.collection.facade import redrive
from touchline.collection.tests.senders import EVENTS, GUIDE, ORDER, Sender
from touchline.events.facade import import_files

SHOPIFY_ROW = "Name,Email,Financial Status,Created at,Total,Lineitem name,Currency,Id,Lineitem sku,Lineitem quantity,Refunded Amount"


def import_text(collecting, tmp_path, name: str, text: str):
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    collecting.settle()
    [report] = import_files(collecting.workspace, [file])
    assert report.error == ""
    return report


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


def test_any_order_of_deliveries_leaves_the_same_events(collecting):
    states = [
        {"financial_status": "pending", "updated_at": "2026-08-01T10:00:00Z"},
        {"financial_status": "paid", "updated_at": "2026-08-01T11:00:00Z", "total_price": "180.00"},
        {"financial_status": "voided", "updated_at": "2026-08-02T10:00:00Z", "cancelled_at": "2026-08-02T10:00:00Z"},
    ]
    sender = Sender(collecting, "shopify")
    for number, shuffled in enumerate(permutations(states)):
        for place, state in enumerate(shuffled):
            sender.send({**ORDER, "name": f"#{number}", **state}, "orders/updated")
            if number % 2 and place == 1:
                collecting.settle()  # in two transactions

    told = "select distinct k.name, e.value::double, e.properties ->> 'financial_status' from events e join kinds k using (kind)"
    assert collecting.stored() == 6 * 3
    assert collecting.rows(f"{told} order by all") == [
        ("Order Cancelled", None, "voided"), ("Order Completed", 185.0, "voided"), ("Profile Updated", None, None),
    ]  # fmt: skip


def test_a_large_order_is_taken_up_to_the_limit_of_a_body(collecting):
    sender = Sender(collecting, "shopify")
    items = [{"name": f"Part {number}", "sku": f"P-{number}", "quantity": 1, "price": "1.00"} for number in range(3000)]

    assert sender.send({**ORDER, "line_items": items}, "orders/create").status == 200
    assert sender.send({**ORDER, "line_items": items * 3}, "orders/create").code == "body_too_large"
    assert (
        collecting.stored("select len(objects) from events where value is not null") == 3001
    )  # the order is one itself


def test_a_refund_in_the_currency_of_the_customer_is_told_in_that_of_the_shop(collecting):
    prices = {
        "shop_money": {"amount": "185.00", "currency_code": "GBP"},
        "presentment_money": {"amount": "222.00", "currency_code": "EUR"},
    }
    refund = {"kind": "refund", "status": "success", "amount": "60.00", "currency": "EUR"}
    failed = {**refund, "status": "failure"}
    body = {
        **ORDER,
        "total_price_set": prices,
        "refunds": [{"created_at": "2026-08-03T10:00:00Z", "transactions": [refund, failed]}],
    }
    Sender(collecting, "shopify").send(body, "orders/updated")

    assert collecting.rows("select value::double, currency from events where value < 0") == [(-50.0, "GBP")]


def test_a_cancelled_order_and_topics_about_something_else(collecting):
    sender = Sender(collecting, "shopify")
    sender.send({**ORDER, "cancelled_at": "2026-08-01T10:00:00Z", "financial_status": "voided"}, "orders/cancelled")
    for topic in ("products/update", "refunds/create", "customers/redact", ""):
        assert sender.send({"id": 1}, topic).status == 200

    assert ("Order Cancelled", "2026-08-01 10:00", None) in collecting.rows(EVENTS)
    counted = "select imported, skip_reasons from imports where file like '%My shopify'"
    [(imported, reasons)] = collecting.rows(counted)
    assert (imported, json.loads(reasons)) == (
        3,
        {
            "products/update tells of no order": 1,
            "refunds/create names no order number; the order's own update, sent at the same time, tells the refund": 1,
            "customers/redact tells of no order": 1,
            "a delivery without a topic tells of no order": 1,
        },
    )


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
