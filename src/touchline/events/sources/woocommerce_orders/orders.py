"""WooCommerce orders: one row per order from its analytics, one per product of an order from the plug-ins."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from msgspec.structs import replace

from touchline.events.rules import Event, Refused, Skipped
from touchline.events.sources.cells import (
    CellError,
    amount,
    identifiers,
    number,
    order_number,
    present,
    required_time,
    text,
    time,
)
from touchline.events.sources.headers import normalised
from touchline.events.sources.protocol import Context, Result, Row

_NO_ORDER_YET = {
    "pending": "waits for payment: no order yet",
    "pending payment": "waits for payment: no order yet",
    "draft": "draft of an order",
    "checkout draft": "draft of an order",
    "auto draft": "draft of an order",
    "trash": "order in the trash",
}
_CHANNELS = {"web admin": "other", "mobile app": "app"}
"""Words of `Attribution` for orders that were not placed in the web shop."""
_PRODUCT = re.compile(r"(?P<quantity>\d+)\s*[×x]\s+(?P<name>.+?)(?=,\s*\d+\s*[×x]\s+|$)")


@dataclass(frozen=True)
class _Order:
    """The first row of an order, read, and what all its rows say about its products."""

    id: str
    """Its number; address and time where the export has none."""
    line: int
    cells: Mapping[str, str]
    placed: datetime
    products: tuple[dict[str, object], ...]
    context: Context

    @property
    def status(self) -> str:
        """As in 'on hold', without the prefix 'wc-' of the database."""
        return normalised(text(self.cells, "Status") or "").removeprefix("wc ")

    def event(self, kind: str, name: str, at: datetime) -> Event:
        """One fact of this order; a later export of it updates the event."""
        number_, company = _number(self.cells), text(self.cells, "Company (Billing)")
        products = dict.fromkeys(("product", str(item["id"])) for item in self.products)
        return Event(
            key=f"{self.id}|{kind}",
            name=name,
            time=at,
            line=self.line,
            channel=_CHANNELS.get((text(self.cells, "Attribution") or "").casefold(), "web"),
            identifiers=_known_person(self.cells) | identifiers(order_id=number_),
            objects=(
                *((("order", number_),) if number_ else ()),
                *((("account", company),) if company else ()),
                *products,
            ),
        )


def read_orders(rows: Iterable[Row], context: Context) -> Iterator[Result]:
    """Give the facts of each order at its first row and skip the rows that only add products to it."""
    for order_rows in _by_order(rows):
        first, cells = order_rows[0]
        try:
            facts = list(_facts(_read_order(order_rows, context)))
        except CellError as error:
            yield Refused(first, str(error), dict(cells))
            for line, more in order_rows[1:]:
                reason = f"Belongs to the order on line {first}, which could not be read: {error}"
                yield Refused(line, reason, dict(more))
            continue
        yield from facts
        yield from (Skipped(line, "further product of the order above") for line, _ in order_rows[1:])


def _by_order(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Put rows in a row together that name one order, or nothing but a product after one that does."""
    together: list[Row] = []
    current: str | None = None
    for row in rows:
        own = None if _is_of_analytics(row[1]) else _id(row[1])
        continues = own == current if own else text(row[1], "Date") is None and text(row[1], "Item Name") is not None
        if together and (_is_of_analytics(row[1]) or not continues):
            yield together
            together = []
        current = own or (current if together else None)
        together.append(row)
    if together:
        yield together


def _is_of_analytics(cells: Mapping[str, str]) -> bool:
    return "Product(s)" in cells


def _read_order(order_rows: list[Row], context: Context) -> _Order:
    line, cells = order_rows[0]
    id_ = _id(cells)
    if id_ is None:
        raise CellError("Order #", "", "an order number")
    listed = _listed_products(cells) if _is_of_analytics(cells) else map(_item, (more for _, more in order_rows))
    return _Order(
        id=id_,
        line=line,
        cells=cells,
        placed=required_time(cells, "Date", context.zone),
        products=tuple(product for product in listed if product),
        context=context,
    )


def _number(cells: Mapping[str, str]) -> str | None:
    return order_number(text(cells, "Order #"))


def _id(cells: Mapping[str, str]) -> str | None:
    email, placed = text(cells, "Email (Billing)"), text(cells, "Date")
    return _number(cells) or (f"{email.casefold()}|{placed}" if email and placed else None)


def _listed_products(cells: Mapping[str, str]) -> Iterator[dict[str, object]]:
    """'2× Oak lamp, 1× Rug, round' is two products: a comma within a name is not followed by a count."""
    for found in _PRODUCT.finditer(text(cells, "Product(s)") or ""):
        name = found["name"].strip()
        yield {"id": name, "name": name, "quantity": float(found["quantity"])}


def _item(cells: Mapping[str, str]) -> dict[str, object] | None:
    sku, name = text(cells, "SKU"), text(cells, "Item Name")
    if sku is None and name is None:
        return None
    quantity, cost = number(cells, "Quantity (- Refund)"), number(cells, "Item Cost")
    return present(id=sku or name, name=name, quantity=quantity, price=cost)


def _facts(order: _Order) -> Iterator[Result]:
    value = _value(order)
    if order.status in _NO_ORDER_YET:
        yield Skipped(order.line, _NO_ORDER_YET[order.status])
    elif value is not None and value < 0:
        yield _refunded(order, value, kind=f"refunded|{order.placed.isoformat()}", told={})
    elif order.status == "failed":
        told = present(amount=None if value is None else float(value), currency=_currency(order))
        yield replace(order.event("failed", "Payment Failed", order.placed), properties=told)
    else:
        yield from _placed(order, value)


def _placed(order: _Order, value: Decimal | None) -> Iterator[Event]:
    yield replace(
        order.event("completed", "Order Completed", order.placed),
        value=value,
        currency=_currency(order),
        properties=_details(order),
    )
    profile = _profile(order)
    if profile:
        yield profile
    fulfilled = time(order.cells, "Completed Date", order.context.zone)
    if fulfilled:
        yield replace(order.event("fulfilled", "Order Fulfilled", fulfilled), channel="delivery")
    if order.status in ("cancelled", "canceled"):
        cancelled = order.event("cancelled", "Order Cancelled", order.placed)
        yield replace(cancelled, properties={"time_stated": False})
    refunded = amount(order.cells, "Order Refund Amount")
    if refunded:
        is_part = value is not None and abs(refunded) < value
        yield _refunded(order, -abs(refunded), kind="refunded", told={"partial": is_part, "time_stated": False})


def _refunded(order: _Order, value: Decimal, *, kind: str, told: Mapping[str, object]) -> Event:
    event = order.event(kind, "Order Refunded", order.placed)
    return replace(event, value=value, currency=_currency(order), properties=told)


def _details(order: _Order) -> dict[str, object]:
    cells = order.cells
    return present(
        status=order.status or None,
        coupon=text(cells, "Coupon(s)"),
        customer_type=text(cells, "Customer type"),
        attribution=text(cells, "Attribution"),
        items_sold=number(cells, "Items sold"),
        subtotal=number(cells, "Order Subtotal Amount"),
        shipping=number(cells, "Order Shipping Amount"),
        discount=number(cells, "Cart Discount Amount"),
        shipping_method=text(cells, "Shipping Method Title"),
        payment_method=text(cells, "Payment Method Title"),
        products=list(order.products) or None,
    )


def _profile(order: _Order) -> Event | None:
    known = _known_person(order.cells)
    traits = present(country=text(order.cells, "Country Code (Billing)"), city=text(order.cells, "City (Billing)"))
    if not known or not traits:
        return None
    told = order.event("profile", "Profile Updated", order.placed)
    return replace(told, identifiers=known, channel="other", objects=(), properties=traits)


def _value(order: _Order) -> Decimal | None:
    return amount(order.cells, "N. Revenue" if _is_of_analytics(order.cells) else "Order Total Amount")


def _currency(order: _Order) -> str:
    return (text(order.cells, "Order Currency") or order.context.currency).upper()


def _known_person(cells: Mapping[str, str]) -> dict[str, str]:
    user = text(cells, "Customer User ID")
    return identifiers(
        user_id=None if user == "0" else user,  # a guest
        email=text(cells, "Email (Billing)"),
        phone=text(cells, "Phone (Billing)"),
    )
