"""Payments that Stripe's webhooks tell of, read as the rows the export would have for them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, Final

from msgspec.structs import replace

from touchline.events.rules import Event, Skipped
from touchline.events.sources.cells import CellError, epoch_time, identifiers, present, required_text
from touchline.events.sources.fields import Json, elements, filled, record, word
from touchline.events.sources.protocol import Context
from touchline.events.sources.stripe_payments.payments import read_payment

CHARGE_TYPES: Final = ("charge.succeeded", "charge.captured", "charge.failed", "charge.refunded")
INTENT_TYPES: Final = ("payment_intent.succeeded", "payment_intent.payment_failed")
DISPUTE_TYPE: Final = "charge.dispute.created"
DISPUTED: Final = "Payment Disputed"

_WITHOUT_DECIMALS: Final = frozenset(
    ["BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "VND", "VUV", "XAF", "XOF", "XPF"]
)
_WITH_THREE_DECIMALS: Final = frozenset(["BHD", "JOD", "KWD", "OMR", "TND"])
"""How many decimals Stripe's smallest unit stands for; two elsewhere. Source: Stripe, "Supported currencies"."""


def read_collected_payment(body: Json, context: Context) -> Iterator[Event | Skipped]:
    """What an event of Stripe tells of a payment; one that tells of anything else is skipped with a reason.

    Raises CellError naming the field, what was found and what was expected.
    """
    type_, found = word(body.get("type")), record(record(body.get("data")).get("object"))
    told_at = epoch_time({"created": word(body.get("created"))}, "created", 1)
    if type_ in CHARGE_TYPES:
        for result in _facts(_charge(found, type_, told_at), context):
            yield replace(result, as_of=told_at) if isinstance(result, Event) else result
    elif type_ in INTENT_TYPES:
        yield from _facts(_intent(found, type_, told_at), context)
    elif type_ == DISPUTE_TYPE:
        yield _disputed(found, context)
    else:
        yield Skipped(
            1, f"{type_[:60] or 'a delivery without a type'} tells of no payment that was made, failed or given back"
        )


def _facts(cells: dict[str, str], context: Context) -> Iterator[Event | Skipped]:
    for result in read_payment(1, cells, context):
        if isinstance(result, Event | Skipped):
            yield result


def _charge(found: Json, type_: str, told_at: datetime | None) -> dict[str, str]:
    currency = word(found.get("currency"))
    refunded = found.get("amount_refunded")
    is_refund = type_ == "charge.refunded"
    billing, outcome = record(found.get("billing_details")), record(found.get("outcome"))
    status = "disputed" if found.get("disputed") is True else word(found.get("status"))
    return filled(
        {
            "id": word(found.get("id")),
            "Created date (UTC)": _time(found.get("created")),
            "Amount": _amount(found.get("amount"), currency),
            "Amount Refunded": _amount(refunded, currency),
            "Refunded date (UTC)": told_at.isoformat() if told_at and is_refund else "",
            "Currency": currency,
            "Captured": word(str(found.get("captured", True)).lower()),
            "Decline Reason": word(outcome.get("reason")) or word(found.get("failure_code")),
            "Status": status,
            "Customer ID": word(found.get("customer")),
            "Customer Email": word(billing.get("email")) or word(found.get("receipt_email")),
            "Invoice ID": word(found.get("invoice")),
            **_metadata(found),
        }
    )


def _intent(found: Json, type_: str, told_at: datetime | None) -> dict[str, str]:
    """A payment intent, known by its charge where it has one: both tell of one payment."""
    error = record(found.get("last_payment_error"))
    failed = type_ == "payment_intent.payment_failed"
    older = next(elements(record(found.get("charges")).get("data")), {})
    charge = word(error.get("charge")) if failed else word(found.get("latest_charge"))
    currency = word(found.get("currency"))
    return filled(
        {
            "id": charge or word(older.get("id")) or word(found.get("id")),
            "Created date (UTC)": told_at.isoformat() if told_at else _time(found.get("created")),
            "Amount": _amount(found.get("amount" if failed else "amount_received"), currency),
            "Currency": currency,
            "Decline Reason": word(error.get("decline_code")) or word(error.get("code")),
            "Status": "failed" if failed else "succeeded",
            "Customer ID": word(found.get("customer")),
            "Customer Email": word(found.get("receipt_email")),
            "Invoice ID": word(found.get("invoice")),
            **_metadata(found),
        }
    )


def _disputed(found: Json, context: Context) -> Event:
    """The export says that a payment was disputed, not when: this fact only webhooks have."""
    charge = required_text({"charge": word(found.get("charge"))}, "charge", "the payment that is disputed")
    at = epoch_time({"created": word(found.get("created"))}, "created", 1)
    if at is None:
        raise CellError("created", "", "seconds since 1970")
    currency = word(found.get("currency")).upper() or context.currency
    return Event(
        key=f"{charge}|disputed",
        name=DISPUTED,
        time=at,
        line=1,
        identifiers=identifiers(email=word(record(found.get("evidence")).get("customer_email_address"))),
        properties=present(
            payment=charge,
            reason=word(found.get("reason")) or None,
            amount=float(_amount(found.get("amount"), currency) or 0),
            currency=currency,
        ),
    )


def _metadata(found: Json) -> dict[str, str]:
    return {f"{name} (metadata)": word(value) for name, value in record(found.get("metadata")).items()}


def _time(found: Any) -> str:
    at = epoch_time({"created": word(found)}, "created", 1)
    return at.astimezone(UTC).isoformat() if at else ""


def _amount(found: Any, currency: str) -> str:
    """An amount in the currency's smallest unit, as the export writes it; '' for none."""
    if isinstance(found, bool) or not isinstance(found, int):
        return ""
    code = currency.upper()
    decimals = 0 if code in _WITHOUT_DECIMALS else 3 if code in _WITH_THREE_DECIMALS else 2
    return str(Decimal(found).scaleb(-decimals))
