"""Tickets that Zendesk's webhooks tell of, read as the rows the export would have for them.

Zendesk sends what happened (an event of the webhook) or what a trigger's own JSON says in the same shape, which may name the
requester as well: events of the webhook name them by Zendesk's own number only.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from msgspec.structs import replace

from touchline.events.rules import Event, Skipped
from touchline.events.sources.cells import CellError, required_time
from touchline.events.sources.fields import Json, filled, record, word
from touchline.events.sources.protocol import Context
from touchline.events.sources.zendesk_tickets.tickets import read_ticket

_TYPE: Final = "zen:event-type:"
CREATED, STATUS_CHANGED = "ticket.created", "ticket.status_changed"
_SOLVED: Final = frozenset({"solved", "closed"})
_OPEN: Final = frozenset({"new", "open", "pending", "hold"})


def read_collected_ticket(body: Json, context: Context) -> Iterator[Event | Skipped]:
    """What a delivery tells of a ticket; what it tells of anything else is skipped with a reason.

    Raises CellError naming the field, what was found and what was expected.
    """
    type_ = word(body.get("type")).removeprefix(_TYPE)
    if type_ == CREATED:
        yield _of(body, context, "created", {})
    elif type_ == STATUS_CHANGED:
        yield from _changed(body, context)
    else:
        yield Skipped(1, f"{type_[:60] or 'a delivery without a type'} tells neither of a new ticket nor of its status")


def _changed(body: Json, context: Context) -> Iterator[Event | Skipped]:
    change = record(body.get("event"))
    before, now = word(change.get("previous")).casefold(), word(change.get("current")).casefold()
    at = word(body.get("time"))
    if now == "solved" and before != "closed":
        solved = _of(body, context, "solved", {"Solved at": at})
        yield replace(solved, as_of=solved.time)
    elif before in _SOLVED and now in _OPEN:
        reopened = _of(body, context, "reopened", {"Reopens": "1"})
        when = required_time({"time": at}, "time", context.zone)
        yield replace(reopened, time=when, properties={**reopened.properties, "time_stated": True})
    else:
        yield Skipped(1, f"the status went from {before[:20] or 'nothing'} to {now[:20] or 'nothing'}")


def _of(body: Json, context: Context, fact: str, told: dict[str, str]) -> Event:
    """One fact of the row."""
    cells = {**_cells(record(body.get("detail"))), **told}
    event = next((each for each in read_ticket(1, cells, context) if _is_fact(each, fact)), None)
    if not isinstance(event, Event):
        raise CellError("detail", "", "a ticket as Zendesk describes it")
    requester = word(record(body.get("detail")).get("requester_id"))
    known = {"anonymous_id": f"zendesk:{requester}"} if requester else {}
    return replace(event, identifiers={**event.identifiers, **known})


def _is_fact(found: object, fact: str) -> bool:
    return isinstance(found, Event) and found.key.endswith(f"|{fact}")


def _cells(ticket: Json) -> dict[str, str]:
    tags = ticket.get("tags")
    named = [word(tag) for tag in tags] if isinstance(tags, list) else [word(tags)]
    return filled(
        {
            "Id": word(ticket.get("id")),
            "Subject": word(ticket.get("subject")),
            "Status": word(ticket.get("status")).capitalize(),
            "Priority": word(ticket.get("priority")).capitalize(),
            "Ticket type": word(ticket.get("type")).capitalize(),
            "Via": word(record(ticket.get("via")).get("channel")).replace("_", " "),
            "Tags": " ".join(filter(None, named)),
            "Created at": word(ticket.get("created_at")),
            "Requester email": word(ticket.get("requester_email")),
            "Requester external id": word(ticket.get("requester_external_id")),
            "Organization": word(ticket.get("organization_name")),
        }
    )
