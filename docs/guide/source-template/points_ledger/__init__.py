"""The ledger of a loyalty programme, as an example of a source."""

from touchline.events.sources.points_ledger.bookings import COLUMNS, read_booking
from touchline.events.sources.table_source import TableSource, each_row

SOURCE = TableSource(
    name="points_ledger",
    title="Points ledger",
    formats=("csv", "tsv", "xlsx"),
    columns=COLUMNS,
    required=("Member e-mail", "Points", "Booked at"),
    joins_people="Every booking is joined by the member's e-mail address.",
    time_zone="Times carry no offset: they are read in the workspace's zone.",
    becomes=("`Points Earned` for points above zero, `Points Redeemed` for points below.",),
    read=each_row(read_booking),
)
