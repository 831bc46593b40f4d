"""App Store reviews as App Store Connect's API gives them (`customerReviews`); Apple exports no table of them."""

from touchline.events.sources.apple_reviews.reviews import COLUMNS, read_review
from touchline.events.sources.table_source import TableSource, each_row

SOURCE = TableSource(
    name="apple_reviews",
    title="App Store reviews",
    formats=("json", "jsonl"),
    columns=COLUMNS,
    required=("id", "attributes.rating", "attributes.createdDate", "attributes.reviewerNickname"),
    joins_people="No review can be joined to a person: the App Store tells a nickname, which anybody may take, and neither "
    "address nor order. Reviews count for the touchpoint and never as customers.",
    time_zone="Each time carries its own offset.",
    becomes=(
        "`Review Posted` with stars from 1 to 5, title and body as its text, and the territory as a property. It is an answer without a customer.",
        "An answer of the API is read as it is: the list `data` of each page. `included` (the company's replies) and what the export was asked to leave out are not read.",
        "The key is the review's id and its date: a review written anew is an answer of its own, the same page again changes nothing.",
    ),
    read=each_row(read_review),
)
