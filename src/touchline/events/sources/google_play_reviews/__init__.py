"""Google Play's monthly files of reviews (`reviews_<package>_<YYYYMM>.csv`)."""

from touchline.events.sources.google_play_reviews.reviews import COLUMNS, read_review
from touchline.events.sources.table_source import TableSource, each_row

SOURCE = TableSource(
    name="google_play_reviews",
    title="Google Play reviews",
    formats=("csv", "tsv", "xlsx"),
    columns=COLUMNS,
    required=("Package Name", "Review Submit Date and Time", "Star Rating", "Review Link"),
    joins_people="No review can be joined to a person: Google Play tells the language and the device of a reviewer and no "
    "name, address or order. Reviews count for the touchpoint and never as customers.",
    time_zone="UTC, by the milliseconds and the `Z` of each time.",
    becomes=(
        "`Review Posted` with stars from 1 to 5, title and text as its text (none where only stars were given) and the language, at its last update. It is an answer without a customer.",
        "`Review Answered` at the reply's date; the reply is kept as a property and never quoted as the customer's words.",
        "The id of a review stands in its link (`reviewId=`). The key is that id and the last update: a review changed later is an answer of its own, the same row in another month's file is not. A review of stars alone has no link; it is known by app, device, language and both times.",
        "The app's package is kept as a product, its version and the device's code name as properties.",
    ),
    read=each_row(read_review),
)
