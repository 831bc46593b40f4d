"""Freshdesk's and Freshservice's export of tickets."""

from touchline.events.sources.freshdesk_tickets.columns import COLUMNS, likeness
from touchline.events.sources.freshdesk_tickets.tickets import read_ticket
from touchline.events.sources.table_source import TableSource, each_row

SOURCE = TableSource(
    name="freshdesk_tickets",
    title="Freshdesk tickets",
    formats=("csv", "tsv", "xlsx"),
    columns=COLUMNS,
    required=("Ticket ID", "Status", "Created time"),
    joins_people="A ticket is joined by its number, by Freshdesk's contact id, and by the contact's e-mail address, phone "
    "and unique external id where these fields were chosen for the export. The default columns hold a name and a "
    "contact id only: then tickets of one contact find each other, and nothing outside Freshdesk.",
    time_zone="Times carry no offset: they are in the zone of the Freshdesk account, taken to be the workspace's.",
    becomes=(
        "`Ticket Created` with the subject as its text, the channel by `Source`, and the ticket's measures as properties. A ticket whose source is Outbound Email was begun by the company: it becomes `Case Opened`, without text.",
        "`Ticket Solved` (`Case Closed`) at `Resolved time`, else at `Closed time`.",
        "`First response time (in hrs)` and `Resolution time (in hrs)` hold hours:minutes:seconds in some exports and hours in others; both become minutes of business hours. Minutes by the calendar follow from the times themselves.",
        "`Agent interactions` and `Customer interactions` become `replies` and `customer_messages`: one message of the customer on a solved ticket is a solution at first contact.",
        "`Survey Answered` for a survey result, at the solution, on the five-point scale: extremely or very happy and awesome are 5, happy 4, neutral and just okay 3, unhappy 2, very or extremely unhappy and not good 1. Other words refuse the row, so that they can be corrected.",
        "Fields the help desk added become properties under their own name. Names and agents are not taken over.",
        "Freshdesk does not export reopenings.",
    ),
    read=each_row(read_ticket),
    likeness=likeness,
)
