"""One booking of points into one event."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from touchline.events.rules import Event, Skipped
from touchline.events.sources.cells import identifiers, number, required_text, required_time
from touchline.events.sources.protocol import Context, Result

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "Booking": ("Booking no", "Booking ID"),
    "Member e-mail": ("Member email",),
    "Points": (),
    "Booked at": ("Date",),
}


def read_booking(line: int, cells: Mapping[str, str], context: Context) -> Iterator[Result]:
    """Give the event of a booking; a booking of nothing is skipped."""
    points = number(cells, "Points") or 0
    if points == 0:
        yield Skipped(line, "booking of no points")
        return
    yield Event(
        key=required_text(cells, "Booking", "the booking's number"),
        name="Points Earned" if points > 0 else "Points Redeemed",
        time=required_time(cells, "Booked at", context.zone),
        line=line,
        identifiers=identifiers(email=required_text(cells, "Member e-mail", "an e-mail address")),
        properties={"points": abs(points)},
    )
