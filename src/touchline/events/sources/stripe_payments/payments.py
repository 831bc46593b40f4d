"""Stripe payments: one row per payment as it stands today, read as what happened to it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC
from decimal import Decimal

from msgspec.structs import replace

from touchline.events.rules import Event, Skipped
from touchline.events.sources.cells import (
    CellError,
    amount,
    identifiers,
    number,
    order_number,
    present,
    required_text,
    required_time,
    text,
    time,
    truthy,
)
from touchline.events.sources.headers import normalised
from touchline.events.sources.protocol import Context, Result
from touchline.events.sources.table_source import without_aliases

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "id": ("Charge ID", "Payment ID"),
    "Created date (UTC)": ("Created (UTC)",),
    **without_aliases("Amount", "Amount Refunded", "Currency", "Captured", "Converted Amount"),
    **without_aliases("Converted Amount Refunded", "Converted Currency", "Decline Reason", "Description", "Fee"),
    "Refunded date (UTC)": ("Refunded (UTC)",),
    **without_aliases("Statement Descriptor", "Status", "Seller Message", "Taxes On Fee", "Card ID", "Customer ID"),
    **without_aliases("Customer Description", "Customer Email"),
    "Invoice ID": ("Invoice Id",),
    "Transfer": (),
}

_WENT_THROUGH = frozenset({"paid", "succeeded", "refunded", "partially refunded", "partial refund", "disputed"})
_FAILED = frozenset({"failed", "blocked", "declined"})
_NO_MONEY_MOVED = {
    "uncaptured": "authorised and not captured",
    "requires capture": "authorised and not captured",
    "canceled": "cancelled before any money moved",
    "cancelled": "cancelled before any money moved",
    "incomplete": "not finished by the customer",
    "requires payment method": "not finished by the customer",
    "requires action": "not finished by the customer",
    "requires confirmation": "not finished by the customer",
    "pending": "still on its way",
    "processing": "still on its way",
}
"""Status -> why the row holds no event."""

_METADATA = re.compile(r"(?P<name>.+?)\s*\(metadata\)", re.IGNORECASE)
_NAMED = {
    "order_id": ("order id", "order number", "order", "order name", "order no"),
    "email": ("customer email", "email"),
    "user_id": ("user id", "userid"),
}
"""Identifier -> what shops call it in the metadata."""


def read_payment(line: int, cells: Mapping[str, str], context: Context) -> Iterator[Result]:
    """A payment or its failure, and what of it was given back."""
    status = normalised(required_text(cells, "Status", "Paid, Failed, Refunded or the like"))
    if status in _NO_MONEY_MOVED:
        yield Skipped(line, _NO_MONEY_MOVED[status])
    elif status in _FAILED:
        yield _failed(line, cells, context)
    elif status not in _WENT_THROUGH:
        raise CellError("Status", text(cells, "Status") or "", "Paid, Failed, Refunded or the like")
    elif truthy(text(cells, "Captured")) is False:
        yield Skipped(line, _NO_MONEY_MOVED["uncaptured"])
    else:
        yield from _made(line, cells, context, is_disputed=status == "disputed")


def _payment(line: int, cells: Mapping[str, str]) -> Event:
    """What is true of the payment whatever became of it."""
    payment = required_text(cells, "id", "the payment's id")
    known = _known(cells)
    order = known.get("order_id")
    return Event(
        key=payment,
        name="",
        time=required_time(cells, "Created date (UTC)", UTC),
        line=line,
        identifiers=known,
        objects=(("order", order),) if order else (),
        properties=present(invoice=text(cells, "Invoice ID")),
    )


def _failed(line: int, cells: Mapping[str, str], context: Context) -> Event:
    payment = _payment(line, cells)
    told = present(
        reason=text(cells, "Decline Reason"), amount=number(cells, "Amount"), currency=_currency(cells, context)
    )
    return replace(
        payment, key=f"{payment.key}|failed", name="Payment Failed", properties={**payment.properties, **told}
    )


def _made(line: int, cells: Mapping[str, str], context: Context, *, is_disputed: bool) -> Iterator[Event]:
    payment = _payment(line, cells)
    paid = _amount(cells)
    made = replace(
        payment,
        key=f"{payment.key}|made",
        name="Payment Made",
        value=paid,
        currency=_currency(cells, context),
        properties={
            **payment.properties,
            **present(
                converted_amount=number(cells, "Converted Amount"),
                converted_currency=_upper(text(cells, "Converted Currency")),
                fee=number(cells, "Fee"),
                disputed=True if is_disputed else None,
            ),
        },
    )
    yield made
    refunded = amount(cells, "Amount Refunded")
    if refunded:
        at = time(cells, "Refunded date (UTC)", UTC)
        told = {"partial": abs(refunded) < paid, **({} if at else {"time_stated": False})}
        yield replace(
            made,
            key=f"{payment.key}|refunded",
            name="Payment Refunded",
            time=at or payment.time,
            value=-abs(refunded),
            properties={**payment.properties, **told},
        )


def _amount(cells: Mapping[str, str]) -> Decimal:
    found = amount(cells, "Amount")
    if found is None:
        raise CellError("Amount", "", "the sum that was paid")
    return found


def _currency(cells: Mapping[str, str], context: Context) -> str:
    return _upper(text(cells, "Currency")) or context.currency


def _upper(written: str | None) -> str | None:
    return written.upper() if written else None


def _known(cells: Mapping[str, str]) -> dict[str, str]:
    """What the shop wrote into the metadata of the payment, and Stripe's own customer: guests get a new one each time."""
    written = {
        normalised(found["name"]): cell
        for column in cells
        if (found := _METADATA.fullmatch(column)) and (cell := text(cells, column))
    }

    def metadata(type_: str) -> str | None:
        return next((written[name] for name in _NAMED[type_] if name in written), None)

    return identifiers(
        user_id=metadata("user_id"),
        email=text(cells, "Customer Email") or metadata("email"),
        order_id=order_number(metadata("order_id")),
        anonymous_id=text(cells, "Customer ID"),
    )
