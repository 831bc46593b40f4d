"""WooCommerce's report of products: known, and left with a sentence, because nothing in it can be dated."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from touchline.events.rules import Skipped
from touchline.events.sources.protocol import Context, Result, Row
from touchline.events.sources.table_source import TableSource, without_aliases

COLUMNS: Mapping[str, tuple[str, ...]] = {
    **without_aliases("Product title", "SKU", "Items sold"),
    "N. Revenue": ("Net sales",),
    **without_aliases("Orders", "Category", "Variations", "Status", "Stock"),
}
UNDATED_TOTALS = (
    "totals of a product over a period that the file does not state; "
    "export Analytics, Orders instead: its rows have dates and the same products"
)


def read_products(rows: Iterable[Row], context: Context) -> Iterator[Result]:
    """Skip every row, saying why and what to export instead."""
    return (Skipped(line, UNDATED_TOTALS) for line, _ in rows)


SOURCE = TableSource(
    name="woocommerce_products",
    title="WooCommerce products report",
    formats=("csv", "tsv", "xlsx"),
    columns=COLUMNS,
    required=("Product title", "Items sold", "N. Revenue", "Orders"),
    joins_people="No row can be joined to a person, and none is taken over: the report holds totals of products.",
    time_zone="There are no times in it: the report does not even state its period.",
    becomes=(
        "Every row is skipped: totals over a period that the file does not state belong to no day and to nobody. Export Analytics, Orders instead: its rows have dates and the same products.",
    ),
    read=read_products,
)
