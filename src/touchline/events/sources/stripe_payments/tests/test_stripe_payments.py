"""unified_payments.csv: twelve payments; five went through, two failed, two moved no money, three cannot be read."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from touchline.events.sources.stripe_payments import SOURCE

FILE = Path(__file__).parent / "unified_payments.csv"
LISTED = [
    "id",
    "Created date (UTC)",
    "Amount",
    "Amount Refunded",
    "Currency",
    "Captured",
    "Converted Amount",
    "Converted Currency",
    "Decline Reason",
    "Fee",
    "Refunded date (UTC)",
    "Status",
    "Invoice ID",
]


@pytest.fixture
def payments(read_file):
    return read_file(SOURCE, FILE)


def of(results, payment: str, kind: str = "made"):
    [event] = [event for event in results.events if event.key == f"{payment}|{kind}"]
    return event


def test_fixture_has_every_header_in_order_and_then_the_metadata() -> None:
    header = FILE.read_text(encoding="utf-8").splitlines()[0].split(",")

    assert header[:-2] == list(SOURCE.columns)
    assert header[-2:] == ["order_id (metadata)", "customer_email (metadata)"]
    assert [name for name in header if name in LISTED] == LISTED


def test_what_became_of_every_row(payments) -> None:
    assert Counter(event.name for event in payments.events) == {
        "Payment Made": 5,  # ch_1, ch_2, ch_3, ch_7, py_8
        "Payment Failed": 2,  # ch_4, ch_11
        "Payment Refunded": 3,  # ch_2 in part, ch_3, py_8
    }
    assert [(skipped.line, skipped.reason) for skipped in payments.skipped] == [
        (6, "authorised and not captured"),
        (7, "cancelled before any money moved"),
    ]
    assert [(refused.line, refused.reason) for refused in payments.refused] == [
        (10, "Status: found “Teleported”, expected Paid, Failed, Refunded or the like."),
        (11, "Created date (UTC): found “soon”, expected a date and time such as 2026-08-01 14:30:00 +0200."),
        (13, "Amount is empty, expected the sum that was paid."),
    ]


def test_a_payment_is_no_order(payments) -> None:
    assert {event.name for event in payments.events}.isdisjoint({"Order Completed", "Order Refunded"})


def test_the_value_is_what_the_customer_paid_and_not_what_reached_the_account(payments) -> None:
    payment = of(payments, "ch_1")

    assert (payment.value, payment.currency) == (Decimal("185.00"), "GBP")
    assert payment.properties == {"converted_amount": 214.6, "converted_currency": "EUR", "fee": 5.35}


def test_a_comma_may_be_the_decimal_sign(payments) -> None:
    assert of(payments, "ch_7").value == Decimal("1399.00")


def test_a_failure_has_its_reason_and_no_value(payments) -> None:
    failed = of(payments, "ch_4", "failed")

    assert failed.value is None
    assert failed.properties == {"reason": "insufficient_funds", "amount": 89.0, "currency": "GBP"}
    assert failed.identifiers["order_id"] == "1004"


def test_a_blocked_payment_failed_and_one_that_is_not_captured_moved_no_money(payments) -> None:
    assert of(payments, "ch_11", "failed").properties["reason"] == "highest_risk_level"
    assert "ch_5|made" not in [event.key for event in payments.events]


def test_paid_and_not_captured_moved_no_money_either(read_rows) -> None:
    cells = {"id": "ch_1", "Created date (UTC)": "2026-08-01 09:00:00", "Amount": "5", "Status": "Paid"}

    assert [skipped.reason for skipped in read_rows(SOURCE, {**cells, "Captured": "FALSE"}).skipped] == [
        "authorised and not captured"
    ]
    assert len(read_rows(SOURCE, {**cells, "Captured": "TRUE"}).events) == 1


def test_a_refund_is_negative_and_at_its_own_date(payments) -> None:
    part, whole = of(payments, "ch_2", "refunded"), of(payments, "ch_3", "refunded")

    assert (part.value, part.time) == (Decimal("-25.00"), datetime(2026, 8, 9, 10, 0, tzinfo=UTC))
    assert part.properties == {"partial": True}
    assert (whole.value, whole.properties) == (Decimal("-49.00"), {"invoice": "in_77", "partial": False})


def test_a_refund_without_a_date_is_put_at_the_payment_and_says_so(payments) -> None:
    refund = of(payments, "py_8", "refunded")

    assert refund.time == of(payments, "py_8").time
    assert refund.properties == {"partial": False, "time_stated": False}


def test_a_disputed_payment_was_made(payments) -> None:
    assert of(payments, "ch_7").properties["disputed"] is True


def test_who_can_be_joined_and_who_cannot(payments) -> None:
    assert of(payments, "ch_1").identifiers == {
        "email": "ada@example.org",
        "order_id": "1001",
        "anonymous_id": "cus_A",
    }
    assert of(payments, "ch_2").identifiers == {"email": "Ben@example.org", "order_id": "1002"}  # of the metadata
    assert of(payments, "ch_3").identifiers == {"anonymous_id": "cus_C"}
    assert of(payments, "py_8").identifiers == {}
    assert of(payments, "ch_1").objects == (("order", "1001"),)


def test_times_are_utc_by_the_header(payments) -> None:
    assert of(payments, "ch_1").time == datetime(2026, 8, 1, 9, 12, 33, tzinfo=UTC)


def test_names_cards_and_messages_are_not_taken_over(payments) -> None:
    assert not any(word in repr(payments.events) for word in ("Quill", "card_1", "Payment complete", "MARL MOSS"))


def test_reading_again_gives_the_same_keys(read_file, payments) -> None:
    keys = [event.key for event in payments.events]

    assert [event.key for event in read_file(SOURCE, FILE).events] == keys
    assert len(set(keys)) == len(keys)
