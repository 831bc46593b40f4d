"""bookings.csv: earned, redeemed, nothing, and a time nobody can read."""

from __future__ import annotations

from pathlib import Path

from touchline.events.sources.points_ledger import SOURCE

FILE = Path(__file__).parent / "bookings.csv"


def test_what_became_of_every_row(read_file) -> None:
    bookings = read_file(SOURCE, FILE)

    assert [(event.line, event.name, event.properties) for event in bookings.events] == [
        (2, "Points Earned", {"points": 120.0}),
        (3, "Points Redeemed", {"points": 100.0}),
    ]
    assert [skipped.reason for skipped in bookings.skipped] == ["booking of no points"]
    assert [refused.reason for refused in bookings.refused] == [
        "Booked at: found “soon”, expected a date and time such as 2026-08-01 14:30:00 +0200."
    ]
