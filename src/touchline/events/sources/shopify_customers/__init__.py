"""Shopify's customer export (`customers_export.csv`)."""

from touchline.events.sources.shopify_customers.profiles import COLUMNS, read_profile
from touchline.events.sources.table_source import TableSource, each_row

SOURCE = TableSource(
    name="shopify_customers",
    title="Shopify customers",
    formats=("csv", "tsv", "xlsx"),
    columns=COLUMNS,
    required=("Email", "Total Spent", "Total Orders"),
    joins_people="Every row is joined by its e-mail address and phone; a row with neither is refused.",
    time_zone="The file has no times. Its facts are dated 1 January 2000, so that importing it again changes nothing "
    "and any dated fact about the same customer wins.",
    becomes=(
        "Each row becomes one `Profile Updated` with country, province, city, company, consent, tags, orders and money spent.",
        "Names, streets, postcodes and notes are not taken over.",
    ),
    read=each_row(read_profile),
)
