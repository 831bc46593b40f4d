"""Orders that Shopify's webhooks send, read as the rows the export would have for them: the same facts, hence the same events.

Every delivery about an order tells the whole order as it stands, so each fact of it is told anew with each delivery.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from msgspec.structs import replace

from touchline.events.rules import Event, Refused, Skipped
from touchline.events.sources.cells import amount, time
from touchline.events.sources.fields import Json, elements, filled, record, word, yes_no
from touchline.events.sources.protocol import Context, Row
from touchline.events.sources.shopify_orders.orders import read_orders

ORDER_TOPICS: Final = (
    "orders/create",
    "orders/paid",
    "orders/updated",
    "orders/fulfilled",
    "orders/partially_fulfilled",
    "orders/cancelled",
)
"""Their bodies are the order as it stands."""
_CENT: Final = Decimal("0.01")
_NO_ORDER: Final = {
    "refunds/create": "refunds/create names no order number; the order's own update, sent at the same time, tells the refund",
}


def read_collected_order(topic: str, body: Json, context: Context) -> Iterator[Event | Skipped]:
    """The facts of an order that a webhook of a topic sent; a topic without an order is skipped with a reason.

    Raises ValueError with a sentence for an order that cannot be read.
    """
    if topic not in ORDER_TOPICS:
        yield Skipped(1, _NO_ORDER.get(topic, f"{topic[:60] or 'a delivery without a topic'} tells of no order"))
        return
    cells = _first_row(body)
    rows: list[Row] = [(1, cells), *((1, {"Name": cells.get("Name", ""), **more}) for more in _products(body)[1:])]
    as_of = time({"updated_at": word(body.get("updated_at"))}, "updated_at", context.zone)
    for result in read_orders(rows, context):
        if isinstance(result, Event):
            told = _at_its_time(result, body, context) if result.name == "Order Refunded" else result
            yield replace(told, as_of=as_of or told.time)
        elif isinstance(result, Refused):
            raise ValueError(result.reason)


def _at_its_time(refunded: Event, body: Json, context: Context) -> Event:
    """The export does not say when money was given back, the webhook does."""
    written = [word(each.get("processed_at")) or word(each.get("created_at")) for each in elements(body.get("refunds"))]
    times = [at for each in written if (at := time({"refunds": each}, "refunds", context.zone))]
    if not times:
        return refunded
    return replace(refunded, time=max(times), properties={**refunded.properties, "time_stated": True})


def _first_row(body: Json) -> dict[str, str]:
    """The order as the first of its rows in the export."""
    billing, shipping = record(body.get("billing_address")), record(body.get("shipping_address"))
    customer = record(body.get("customer"))
    cells = {
        "Name": word(body.get("name")),
        "Id": word(body.get("id")),
        "Email": word(body.get("email")) or word(body.get("contact_email")) or word(customer.get("email")),
        "Phone": word(body.get("phone")) or word(customer.get("phone")),
        "Financial Status": word(body.get("financial_status")),
        "Fulfillment Status": word(body.get("fulfillment_status")),
        "Fulfilled at": _fulfilled_at(body),
        "Accepts Marketing": yes_no(body.get("buyer_accepts_marketing")),
        "Currency": word(body.get("currency")),
        "Subtotal": word(body.get("subtotal_price")),
        "Shipping": word(record(record(body.get("total_shipping_price_set")).get("shop_money")).get("amount")),
        "Taxes": word(body.get("total_tax")),
        "Total": word(body.get("total_price")),
        "Discount Code": next((word(each.get("code")) for each in elements(body.get("discount_codes"))), ""),
        "Discount Amount": word(body.get("total_discounts")),
        "Shipping Method": next((word(each.get("title")) for each in elements(body.get("shipping_lines"))), ""),
        "Payment Method": _payment_method(body),
        "Created at": word(body.get("created_at")),
        "Cancelled at": word(body.get("cancelled_at")),
        "Refunded Amount": _refunded(body),
        "Tags": word(body.get("tags")),
        "Source": word(body.get("source_name")),
        **_address("Billing", billing),
        **_address("Shipping", shipping),
    }
    return filled({**cells, **next(iter(_products(body)), {})})


def _products(body: Json) -> list[dict[str, str]]:
    columns = {"quantity": "quantity", "name": "name", "price": "price", "sku": "sku"}
    return [
        filled({f"Lineitem {column}": word(item.get(field)) for column, field in columns.items()})
        for item in elements(body.get("line_items"))
    ]


def _address(which: str, found: Json) -> Mapping[str, str]:
    return {
        f"{which} Country": word(found.get("country_code")),
        f"{which} City": word(found.get("city")),
        f"{which} Company": word(found.get("company")),
        f"{which} Phone": word(found.get("phone")),
    }


def _fulfilled_at(body: Json) -> str:
    """When the last part of an order left, once all of it has."""
    if word(body.get("fulfillment_status")) != "fulfilled":
        return ""
    sent = [word(each.get("created_at")) for each in elements(body.get("fulfillments")) if _is_sent(each)]
    return max(sent, key=_moment, default="")


def _is_sent(fulfillment: Json) -> bool:
    return word(fulfillment.get("status")) in ("success", "")


def _moment(written: str) -> float:
    try:
        return datetime.fromisoformat(written).timestamp()
    except ValueError:
        return 0.0


def _payment_method(body: Json) -> str:
    names = body.get("payment_gateway_names")
    return word(names[0]) if isinstance(names, list) and names else ""


def _refunded(body: Json) -> str:
    """What was given back so far, all refunds together, in the shop's currency; as the export has it."""
    total = sum(
        (
            _in_shop_money(each, body)
            for refund in elements(body.get("refunds"))
            for each in elements(refund.get("transactions"))
            if word(each.get("kind")) == "refund" and word(each.get("status")) == "success"
        ),
        Decimal(0),
    )
    return str(total) if total else ""


def _in_shop_money(transaction: Json, body: Json) -> Decimal:
    """A transaction may be in the currency the customer paid in; the order says what its total was in both."""
    given = _sum(transaction.get("amount"))
    totals = record(body.get("total_price_set"))
    shop, paid = record(totals.get("shop_money")), record(totals.get("presentment_money"))
    currency = word(transaction.get("currency"))
    if not currency or currency != word(paid.get("currency_code")) or currency == word(shop.get("currency_code")):
        return given
    in_paid = _sum(paid.get("amount"))
    return (given * _sum(shop.get("amount")) / in_paid).quantize(_CENT) if in_paid else given


def _sum(found: Any) -> Decimal:
    return amount({"refunds": word(found)}, "refunds") or Decimal(0)
