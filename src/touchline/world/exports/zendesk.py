"""tickets.csv as Zendesk's classic export writes it."""

from __future__ import annotations

from pathlib import Path

from touchline.world.exports.rows import utc, write_csv
from touchline.world.story import Ticket, World

_MINUTES = (
    "First reply time",
    "First resolution time",
    "Full resolution time",
    "Agent wait time",
    "Requester wait time",
    "On hold time",
)
HEADER = (
    "Summation column", "Id", "Requester", "Requester id", "Requester external id", "Requester email", "Requester domain",
    "Submitter", "Assignee", "Group", "Subject", "Tags", "Status", "Priority", "Via", "Ticket type", "Created at",
    "Updated at", "Assigned at", "Organization", "Due date", "Initially assigned at", "Solved at", "Resolution time",
    "Satisfaction Score", "Group stations", "Assignee stations", "Reopens", "Replies",
    *(f"{name} in minutes{suffix}" for name in _MINUTES for suffix in ("", " within business hours")),
    "Ticket Category [list]",
)  # fmt: skip


def write(world: World, folder: Path) -> None:
    """Write the tickets."""
    write_csv(folder / "zendesk_tickets.csv", HEADER, (_row(ticket) for ticket in world.tickets))


def _row(ticket: Ticket) -> dict[str, object]:
    person, minutes = ticket.person, int((ticket.solved - ticket.time).total_seconds() // 60)
    return {
        "Summation column": 1, "Id": ticket.number, "Requester": f"{person.first} {person.last}",
        "Requester id": 880_000 + person.number, "Requester external id": person.user_id, "Requester email": person.email,
        "Requester domain": "mail.example", "Submitter": f"{person.first} {person.last}", "Assignee": "Support team",
        "Group": "Support", "Subject": ticket.subject, "Status": "Solved", "Priority": "Normal", "Via": ticket.via,
        "Ticket type": "Question", "Created at": utc(ticket.time), "Updated at": utc(ticket.solved),
        "Assigned at": utc(ticket.time), "Initially assigned at": utc(ticket.time), "Solved at": utc(ticket.solved),
        "Resolution time": minutes // 60, "Satisfaction Score": ticket.satisfaction, "Group stations": 1,
        "Assignee stations": 1, "Reopens": ticket.reopens, "Replies": ticket.replies,
        "First reply time in minutes": max(minutes // 4, 1), "First resolution time in minutes": minutes,
        "Full resolution time in minutes": minutes, "Requester wait time in minutes": minutes,
        "Ticket Category [list]": "delivery" if ticket.order.late else "order",
    }  # fmt: skip
