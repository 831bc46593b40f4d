"""Zendesk's ticket export, as the classic views and reports write it."""

from touchline.events.sources.table_source import TableSource, each_row
from touchline.events.sources.zendesk_tickets.columns import COLUMNS
from touchline.events.sources.zendesk_tickets.tickets import read_ticket

SOURCE = TableSource(
    name="zendesk_tickets",
    title="Zendesk tickets",
    formats=("csv", "tsv", "xlsx"),
    columns=COLUMNS,
    required=("Id", "Requester", "Status", "Via", "Created at"),
    joins_people="Every ticket is joined by the requester's e-mail address and external id, and by its ticket number.",
    time_zone="Times carry no offset: they are in the zone of the Zendesk account, taken to be the workspace's.",
    read=each_row(read_ticket),
)
