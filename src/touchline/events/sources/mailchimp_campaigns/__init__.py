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
    read=each_row(read_campaign),
)
