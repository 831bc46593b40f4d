"""visits >= 10: visits to any touchpoint."""

from touchline.segments.conditions.entry import Count

ENTRY = Count(
    name="visits",
    tells="How many visits the customer has made in all the data, to any touchpoint.",
    verb="made",
    noun="visit",
    rows="from visits w where true",
    customer="w.customer",
    counted="count(*)",
    example="visits >= 10",
)
