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
    becomes=(
        "`Ticket Created` with the subject as its text, the channel by `Via`, and the ticket's measures as properties: `reopens`, `replies`, `first_reply_minutes`, `first_reply_business_minutes` and so on.",
        "`Ticket Solved` at `Solved at`.",
        "`Ticket Reopened` once for a ticket that came back, with the count as the property `reopens`. The export does not say when: it is put at the end of the first resolution, before which it cannot have been.",
        "`Survey Answered` for a satisfaction of good or bad, at the solution. Zendesk knows only these two words: they are put at the ends of the five-point scale, 5 and 1. Offered and not offered are no answers.",
        "Fields the help desk added, such as `Ticket Category [list]`, become properties under their own name.",
        "By webhook a ticket arrives as it happens, as the same events. Zendesk's own events name the requester by a number of Zendesk's only; a trigger's webhook may add the e-mail address, and so does the export, imported later.",
    ),
    read=each_row(read_ticket),
)
