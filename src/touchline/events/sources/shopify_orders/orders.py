"""Shopify orders: one order covers several rows, and only its first row holds what is true of the whole order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import groupby

from msgspec.structs import replace

from touchline.events.rules import Event, Refused, Skipped
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
from touchline.events.sources.protocol import Context, Result, Row
from touchline.events.sources.table_source import without_aliases

COLUMNS: Mapping[str, tuple[str, ...]] = {
    **without_aliases("Name", "Email", "Financial Status", "Paid at", "Fulfillment Status"),
    "Fulfilled at": ("Fulfillment Date",),
    **without_aliases("Accepts Marketing", "Currency", "Subtotal", "Shipping", "Taxes", "Total", "Discount Code"),
    **without_aliases("Discount Amount", "Shipping Method", "Created at", "Lineitem quantity", "Lineitem name"),
    **without_aliases("Lineitem price", "Lineitem compare at price", "Lineitem sku", "Lineitem requires shipping"),
    **without_aliases("Lineitem taxable", "Lineitem fulfillment status"),
    **without_aliases("Billing Name", "Billing Street", "Billing Address1", "Billing Address2", "Billing Company"),
    **without_aliases("Billing City", "Billing Zip", "Billing Province", "Billing Country", "Billing Phone"),
    **without_aliases("Shipping Name", "Shipping Street", "Shipping Address1", "Shipping Address2"),
    **without_aliases("Shipping Company", "Shipping City", "Shipping Zip", "Shipping Province", "Shipping Country"),
    **without_aliases("Shipping Phone", "Notes", "Note Attributes"),
    "Cancelled at": ("Canceled at",),
    **without_aliases("Payment Method", "Payment Reference", "Refunded Amount", "Vendor", "Outstanding Balance"),
    **without_aliases("Employee", "Location", "Device ID", "Id", "Tags", "Risk Level", "Source", "Lineitem discount"),
    **without_aliases(*(f"Tax {place} {part}" for place in range(1, 6) for part in ("Name", "Value"))),
    **without_aliases("Phone", "Receipt Number", "Duties", "Billing Province Name", "Shipping Province Name"),
    "Payment ID": (),
    "Payment Terms Name": ("Payment Terms",),
    **without_aliases("Next Payment Due At", "Payment References"),
}

_CHANNELS = {"web": "web", "580111": "web", "pos": "store", "iphone": "app", "android": "app", "mobile_app": "app"}
"""Shopify's own words in `Source`; 580111 is how it writes the online store in older exports."""


@dataclass(frozen=True)
class _Order:
    """The first row of an order, read, and what all its rows say about its products."""

    number: str
    line: int
    cells: Mapping[str, str]
    placed: datetime
    products: tuple[dict[str, object], ...]
    context: Context

    def moment(self, column: str) -> datetime | None:
        return time(self.cells, column, self.context.zone)

    def event(self, kind: str, name: str, at: datetime) -> Event:
        """One fact of this order; its key is the order's number and the kind of fact, so a later export updates it."""
        return Event(
            key=f"{self.number}|{kind}",
            name=name,
            time=at,
            line=self.line,
            channel=_channel(self.cells),
            identifiers=_known_person(self.cells) | {"order_id": self.number},
            objects=(
                ("order", self.number),
                *_company(self.cells),
                *dict.fromkeys(("product", str(item["id"])) for item in self.products),
            ),
        )


def read_orders(rows: Iterable[Row], context: Context) -> Iterator[Result]:
    """Give the facts of each order at its first row and skip the rows that only add products to it."""
    for name, group in groupby(rows, key=lambda row: text(row[1], "Name")):
        order_rows = list(group)
        try:
            if name is None:
                raise CellError("Name", "", "an order number such as #1001")
            facts = list(_facts(_read_order(order_rows, context)))
        except CellError as error:
            yield from _refuse(order_rows, str(error))
            continue
        yield from facts
        yield from (Skipped(line, "further product of the order above") for line, _ in order_rows[1:])


def _refuse(order_rows: list[Row], reason: str) -> Iterator[Refused]:
    first, cells = order_rows[0]
    yield Refused(first, reason, dict(cells))
    for line, more in order_rows[1:]:
        yield Refused(line, f"Belongs to the order on line {first}, which could not be read: {reason}", dict(more))


def _read_order(order_rows: list[Row], context: Context) -> _Order:
    line, cells = order_rows[0]
    return _Order(
        number=order_number(required_text(cells, "Name", "an order number such as #1001")) or "",
        line=line,
        cells=cells,
        placed=required_time(cells, "Created at", context.zone),
        products=tuple(product for _, more in order_rows if (product := _product(more))),
        context=context,
    )


def _product(cells: Mapping[str, str]) -> dict[str, object] | None:
    sku, name = text(cells, "Lineitem sku"), text(cells, "Lineitem name")
    if sku is None and name is None:
        return None
    quantity, price = number(cells, "Lineitem quantity"), number(cells, "Lineitem price")
    return present(id=sku or name, name=name, quantity=quantity, price=price)


def _facts(order: _Order) -> Iterator[Event]:
    yield _completed(order)
    profile = _profile(order)
    if profile:
        yield profile
    sent = order.moment("Fulfilled at")
    if sent:
        yield replace(order.event("fulfilled", "Order Fulfilled", sent), channel="delivery")
    if order.moment("Cancelled at") or _status(order) == "voided":
        yield _cancelled(order)
    refunded = amount(order.cells, "Refunded Amount")
    if refunded and _status(order) != "voided":
        yield _refunded(order, -abs(refunded), goods_had_left=sent is not None)


def _completed(order: _Order) -> Event:
    cells = order.cells
    details = present(
        financial_status=_status(order),
        fulfillment_status=text(cells, "Fulfillment Status"),
        subtotal=number(cells, "Subtotal"),
        shipping=number(cells, "Shipping"),
        taxes=number(cells, "Taxes"),
        coupon=text(cells, "Discount Code"),
        discount=number(cells, "Discount Amount"),
        shipping_method=text(cells, "Shipping Method"),
        payment_method=text(cells, "Payment Method"),
        location=text(cells, "Location"),
        tags=text(cells, "Tags"),
        risk_level=text(cells, "Risk Level"),
        shopify_id=text(cells, "Id"),
        products=list(order.products) or None,
    )
    return replace(
        order.event("completed", "Order Completed", order.placed),
        value=amount(cells, "Total"),
        currency=_currency(order),
        properties=details,
    )


def _profile(order: _Order) -> Event | None:
    """What the order tells about its customer; it also joins Shopify's long order id, which trackers send, to them."""
    known = _known_person(order.cells)
    traits = present(
        country=text(order.cells, "Billing Country") or text(order.cells, "Shipping Country"),
        city=text(order.cells, "Billing City") or text(order.cells, "Shipping City"),
        accepts_marketing=truthy(text(order.cells, "Accepts Marketing")),
    )
    long_id = text(order.cells, "Id")
    if not known or not (traits or long_id):
        return None
    told = order.event("profile", "Profile Updated", order.placed)
    joined = known | identifiers(order_id=long_id)
    return replace(told, identifiers=joined, channel="other", objects=(), properties=traits)


def _cancelled(order: _Order) -> Event:
    """A voided payment is a cancellation, never a refund; without a time of its own it takes the order's latest one."""
    at = order.moment("Cancelled at")
    details = {"financial_status": _status(order), "time_stated": at is not None}
    return replace(order.event("cancelled", "Order Cancelled", at or _latest(order)), properties=details)


def _refunded(order: _Order, value: Decimal, *, goods_had_left: bool) -> Event:
    """Money given back. The export does not say when; after the goods had left it is called a return."""
    return replace(
        order.event("refunded", "Order Refunded", _latest(order)),
        value=value,
        currency=_currency(order),
        label="return" if goods_had_left else None,
        properties={"partial": _status(order) == "partially_refunded", "time_stated": False},
    )


def _latest(order: _Order) -> datetime:
    """The latest time on the order: the export has no time of refunds, and none of a void without a cancellation."""
    known = (order.moment(column) for column in ("Paid at", "Fulfilled at", "Cancelled at"))
    return max([order.placed, *(moment for moment in known if moment)])


def _known_person(cells: Mapping[str, str]) -> dict[str, str]:
    return identifiers(email=text(cells, "Email"), phone=text(cells, "Phone") or text(cells, "Billing Phone"))


def _company(cells: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """The company that pays, else the one that the goods went to: the account of whoever ordered."""
    company = text(cells, "Billing Company") or text(cells, "Shipping Company")
    return (("account", company),) if company else ()


def _status(order: _Order) -> str | None:
    status = text(order.cells, "Financial Status")
    return status.casefold() if status else None


def _currency(order: _Order) -> str:
    return (text(order.cells, "Currency") or order.context.currency).upper()


def _channel(cells: Mapping[str, str]) -> str:
    source = text(cells, "Source")
    return _CHANNELS.get(source.casefold(), "other") if source else "web"
