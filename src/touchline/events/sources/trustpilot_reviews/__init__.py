"""Trustpilot's service reviews."""

from touchline.events.sources.table_source import TableSource, each_row
from touchline.events.sources.trustpilot_reviews.reviews import COLUMNS, read_review

SOURCE = TableSource(
    name="trustpilot_reviews",
    title="Trustpilot reviews",
    formats=("csv", "tsv", "xlsx"),
    columns=COLUMNS,
    required=("Review Id", "Review Created (UTC)", "Review Stars"),
    joins_people="Reviews that were asked for are joined by the reviewer's e-mail address and by the order in their "
    "reference; others only to other reviews by the same Trustpilot user.",
    time_zone="UTC, by its own header.",
    read=each_row(read_review),
)
