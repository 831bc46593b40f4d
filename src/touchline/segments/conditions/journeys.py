"""journeys = 1: journeys made."""

from touchline.segments.conditions.entry import Count

ENTRY = Count(
    name="journeys",
    tells="How many journeys the customer has made in all the data.",
    verb="made",
    noun="journey",
    rows="from visits w where true",
    customer="w.customer",
    counted="count(distinct w.journey)",
    example="journeys = 1",
)
