"""Judge.me's export of reviews."""

from touchline.events.sources.judgeme_reviews.reviews import COLUMNS, read_review
from touchline.events.sources.table_source import TableSource, each_row

SOURCE = TableSource(
    name="judgeme_reviews",
    title="Judge.me reviews",
    formats=("csv", "tsv", "xlsx"),
    columns=COLUMNS,
    required=("rating", "review_date", "curated", "reviewer_email"),
    joins_people="A review is joined by the reviewer's e-mail address; one without an address, as imported reviews often "
    "are, joins nobody. The export holds no order number.",
    time_zone="Times end in UTC; a date without a zone is read in the workspace's zone.",
    becomes=(
        "`Product Reviewed` with stars from 1 to 5 and title and body as its text; a review of the shop, without a product, becomes `Review Posted`.",
        "A review whose `curated` is spam is skipped. One that is otherwise not ok is not published: it is still what a customer said and counts, with the property `published` false.",
        "`Review Answered` at `reply_date`; the reply is kept as a property and never quoted as the customer's words.",
        "The export has no number for a review: the same reviewer, product and time are the same review.",
        "Names, IP addresses and pictures are not taken over.",
    ),
    read=each_row(read_review),
)
