"""Mailchimp's campaign report."""

from touchline.events.sources.mailchimp_campaigns.counts import COLUMNS, read_campaign
from touchline.events.sources.table_source import TableSource, each_row

SOURCE = TableSource(
    name="mailchimp_campaigns",
    title="Mailchimp campaigns",
    formats=("csv", "tsv", "xlsx"),
    columns=COLUMNS,
    required=("Title", "Send Date", "Successful Deliveries", "Abuse Complaints"),
    joins_people="No row can be joined to a person: the report counts and names nobody. Its counts stand beside the "
    "e-mail touchpoints and never add customers.",
    time_zone="Send dates carry no offset: they are read in the workspace's zone.",
    becomes=(
        "Each count of a mailing becomes a point of a series: recipients, deliveries, soft and hard bounces, opens, clicks, unsubscribes, complaints, orders, revenue and visits. Mail privacy proxies open mails too: opens are inflated.",
        "Rates are not taken over, they follow from the counts. `Bounce Rate` is of the web site, not of mail.",
    ),
    read=each_row(read_campaign),
)
