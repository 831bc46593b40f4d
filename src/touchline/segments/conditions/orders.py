"""orders >= 2: orders placed."""

from touchline.segments.conditions.entry import Count

ENTRY = Count(
    name="orders",
    tells="How many orders the customer has placed in all the data, cancelled ones included.",
    verb="placed",
    noun="order",
    rows="from events e join kinds k using (kind) join identities i on i.identifier = e.who"
    " where k.name = 'Order Completed'",
    customer="i.customer",
    counted="count(*)",
    example="orders >= 2",
)
