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
    becomes=(
        "`Review Posted` with stars from 1 to 5, title and content as its text, and the language.",
        "`Review Answered` at the reply's date; the reply is kept as a property and never quoted as the customer's words.",
    ),
    read=each_row(read_review),
)
