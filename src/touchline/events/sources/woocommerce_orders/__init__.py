"""WooCommerce's orders: the export of its analytics, and the one of the order-export plug-ins."""

from touchline.events.sources.table_source import TableSource
from touchline.events.sources.woocommerce_orders.columns import COLUMNS, likeness
from touchline.events.sources.woocommerce_orders.orders import read_orders

SOURCE = TableSource(
    name="woocommerce_orders",
    title="WooCommerce orders",
    formats=("csv", "tsv", "xlsx"),
    columns=COLUMNS,
    required=("Date",),
    joins_people="The export of an order-export plug-in is joined by e-mail address, phone, user id and order number. The "
    "export of WooCommerce Analytics names the customer only in words, which are not taken over: its orders are "
    "joined by their number alone, to what another file knows under the same number.",
    time_zone="Times carry no offset: they are in the shop's zone, taken to be the workspace's.",
    becomes=(
        "Each order becomes one `Order Completed` at its date, with the total as its value; its status is kept as a property. WooCommerce Analytics gives the net revenue, without taxes and shipping: that is the value then. A currency is the file's where it has one, else the workspace's.",
        "Several rows of one order, one per product, are one order; the rows after the first are counted as skipped. Without an order number, orders are told apart by address and time.",
        "A row of Analytics with negative revenue is a refund: `Order Refunded`, at its own date. Of a plug-in, `Order Refund Amount` is one, at the order's date with the property `time_stated` false.",
        "`Order Cancelled` for a cancelled order, at the order's date with `time_stated` false: the export does not say when. A failed order is a `Payment Failed`. One that waits for payment, and a draft, are no orders yet and are skipped.",
        "`Order Fulfilled` at `Completed Date`, where a plug-in exports it, and `Profile Updated` with country and city. `Company (Billing)` is the account of whoever ordered. Names, streets and postcodes are not taken over.",
    ),
    read=read_orders,
    likeness=likeness,
)
