"""Shopify's order export (`orders_export*.csv`)."""

from touchline.events.sources.shopify_orders.orders import COLUMNS, read_orders
from touchline.events.sources.table_source import TableSource

SOURCE = TableSource(
    name="shopify_orders",
    title="Shopify orders",
    formats=("csv", "tsv", "xlsx"),
    columns=COLUMNS,
    required=("Name", "Financial Status", "Created at", "Total", "Lineitem name"),
    joins_people="Every order is joined by its e-mail address, phone and order number; an order of a guest who left "
    "neither address nor phone is joined by its order number alone.",
    time_zone="Each time carries its own offset; one without an offset is read in the workspace's zone.",
    becomes=(
        "Each order becomes one `Order Completed` at `Created at`, with `Total` as its value, whatever its financial status; the status is kept as a property.",
        "The rows of an order after its first only add products to it and are counted as skipped.",
        "`Order Fulfilled` at `Fulfilled at`; `Order Cancelled` at `Cancelled at`. A voided payment is a cancellation, never a refund; without a time it takes the latest time on the order.",
        "`Order Refunded` where money was given back, with a negative value. The export has no time of refunds: the latest time on the order is taken, and the property `time_stated` is false. After the goods had left it is labelled a return.",
        "`Profile Updated` with country, city and consent to marketing; it also joins the long `Id` of the order, which trackers send, to the customer.",
        "`Billing Company`, else `Shipping Company`, is the account of whoever ordered.",
        "The channel is the shop's `Source`: web, store for the point of sale, app for its apps. Names, streets and postcodes are not taken over.",
        "By webhook an order arrives as it happens, as the same events: each delivery tells the whole order anew, and the newest telling holds. It says when money was given back, which the export does not.",
    ),
    read=read_orders,
)
