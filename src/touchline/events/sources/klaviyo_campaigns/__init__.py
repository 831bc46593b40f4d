"""Klaviyo's campaign report."""

from touchline.events.sources.klaviyo_campaigns.counts import COLUMNS, read_campaign
from touchline.events.sources.table_source import TableSource, each_row

SOURCE = TableSource(
    name="klaviyo_campaigns",
    title="Klaviyo campaigns",
    formats=("csv", "tsv", "xlsx"),
    columns=COLUMNS,
    required=("Campaign Name", "Send Time", "Spam Complaints", "Successful Deliveries"),
    joins_people="No row can be joined to a person: the report counts and names nobody. Its counts stand beside the "
    "message touchpoints and never add customers.",
    time_zone="Send times carry no offset: they are read in the workspace's zone.",
    becomes=(
        "Each count of a campaign becomes a point of a series: recipients, deliveries, bounces, opens, clicks, unsubscribes, complaints, orders and revenue. Mail privacy proxies open mails too: opens are inflated, clicks and orders are not.",
        "The channel is `Campaign Channel`: mail unless it says SMS or push.",
        "The variants of a test share their campaign's id: each has points of its own.",
        "Rates are not taken over, they follow from the counts. A campaign without a send time was not sent and is skipped.",
    ),
    read=each_row(read_campaign),
)
