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
    read=read_orders,
)
