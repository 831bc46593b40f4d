"""orders_export.csv and customers_export.csv as Shopify writes them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from touchline.world import truth
from touchline.world.exports.rows import local, write_csv
from touchline.world.story import PRODUCTS, Order, World

_ADDRESS = ("Name", "Street", "Address1", "Address2", "Company", "City", "Zip", "Province", "Country", "Phone")
ORDER_HEADER = (
    "Name", "Email", "Financial Status", "Paid at", "Fulfillment Status", "Fulfilled at", "Accepts Marketing", "Currency",
    "Subtotal", "Shipping", "Taxes", "Total", "Discount Code", "Discount Amount", "Shipping Method", "Created at",
    "Lineitem quantity", "Lineitem name", "Lineitem price", "Lineitem compare at price", "Lineitem sku",
    "Lineitem requires shipping", "Lineitem taxable", "Lineitem fulfillment status",
    *(f"Billing {part}" for part in _ADDRESS), *(f"Shipping {part}" for part in _ADDRESS),
    "Notes", "Note Attributes", "Cancelled at", "Payment Method", "Payment Reference", "Refunded Amount", "Vendor",
    "Outstanding Balance", "Employee", "Location", "Device ID", "Id", "Tags", "Risk Level", "Source", "Lineitem discount",
    *(f"Tax {number} {part}" for number in range(1, 6) for part in ("Name", "Value")),
    "Phone", "Receipt Number", "Duties", "Billing Province Name", "Shipping Province Name", "Payment ID",
    "Payment Terms Name", "Next Payment Due At", "Payment References",
)  # fmt: skip
CUSTOMER_HEADER = (
    "First Name", "Last Name", "Email", "Accepts Email Marketing", "Company", "Address1", "Address2", "City", "Province",
    "Province Code", "Country", "Country Code", "Zip", "Phone", "Accepts SMS Marketing", "Total Spent", "Total Orders",
    "Tags", "Note", "Tax Exempt",
)  # fmt: skip
SHIPPING_EUR = 4.9


def write(world: World, folder: Path) -> None:
    """Write both files."""
    write_csv(folder / "orders_export.csv", ORDER_HEADER, (row for order in world.orders for row in _order_rows(order)))
    write_csv(folder / "customers_export.csv", CUSTOMER_HEADER, _customer_rows(world))


def _order_rows(order: Order) -> Iterator[dict[str, object]]:
    """One row per line item; what belongs to the order stands on the first row only."""
    for position, (product, quantity) in enumerate(order.lines):
        sku, name, _, price = PRODUCTS[product]
        row: dict[str, object] = {
            "Name": f"#{order.number}", "Email": order.person.email, "Created at": local(order.time),
            "Lineitem quantity": quantity, "Lineitem name": name, "Lineitem price": f"{price:.2f}", "Lineitem sku": sku,
            "Lineitem requires shipping": "true", "Lineitem taxable": "true", "Vendor": "Alderway", "Lineitem discount": "0.00",
        }  # fmt: skip
        yield row | _order_cells(order) if position == 0 else row


def _order_cells(order: Order) -> dict[str, object]:
    person, total = order.person, order.subtotal + SHIPPING_EUR
    fulfilled = order.fulfilled <= truth.END and order.cancelled is None
    refunded = order.refunded is not None and order.refunded <= truth.END
    status = "voided" if order.cancelled else "refunded" if refunded else "paid"
    return {
        "Financial Status": status, "Paid at": "" if order.cancelled else local(order.time),
        "Fulfillment Status": "fulfilled" if fulfilled else "unfulfilled", "Fulfilled at": local(order.fulfilled) if fulfilled else "",
        "Accepts Marketing": "yes" if person.subscribes else "no", "Currency": "EUR", "Subtotal": f"{order.subtotal:.2f}",
        "Shipping": f"{SHIPPING_EUR:.2f}", "Taxes": "0.00", "Total": f"{total:.2f}", "Discount Amount": "0.00",
        "Shipping Method": "Standard", "Billing Name": f"{person.first} {person.last}", "Billing Country": person.country,
        "Billing Phone": person.phone, "Shipping Name": f"{person.first} {person.last}", "Shipping Country": person.country,
        "Cancelled at": local(order.cancelled) if order.cancelled else "", "Payment Method": "Shopify Payments",
        "Refunded Amount": f"{total:.2f}" if refunded else "0.00", "Outstanding Balance": "0.00",
        "Id": 5_300_000_000_000 + order.number, "Risk Level": "Low", "Source": "web", "Phone": person.phone,
    }  # fmt: skip


def _customer_rows(world: World) -> Iterator[dict[str, object]]:
    orders: dict[int, list[Order]] = {}
    for order in world.orders:
        orders.setdefault(order.person.number, []).append(order)
    for number, theirs in sorted(orders.items()):
        person = world.people[number]
        yield {
            "First Name": person.first, "Last Name": person.last, "Email": person.email, "Phone": person.phone,
            "Accepts Email Marketing": "yes" if person.subscribes else "no", "Country": person.country,
            "Country Code": person.country, "Accepts SMS Marketing": "no", "Total Orders": len(theirs),
            "Total Spent": f"{sum(order.subtotal + SHIPPING_EUR for order in theirs):.2f}", "Tax Exempt": "no",
        }  # fmt: skip
