"""Zendesk tickets: one row per ticket as it stands today, read as what happened to it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from msgspec.structs import replace

from touchline.events.rules import Event, Score
from touchline.events.sources.cells import (
    CellError,
    identifiers,
    number,
    present,
    required_text,
    required_time,
    text,
    time,
)
from touchline.events.sources.headers import normalised
from touchline.events.sources.protocol import Context, Result
from touchline.events.sources.zendesk_tickets.columns import COLUMNS, MINUTES
from touchline.events.vocabulary import SCALES

_CHANNELS = (
    ("phone", r"phone|voice|call"),
    ("chat", r"chat|messaging|web messenger"),
    ("sms", r"\bsms\b|\btext\b"),
    ("social", r"facebook|twitter|instagram|whatsapp|line|wechat|telegram|\bx corp\b|social|any channel"),
    ("email", r"e?-?mail"),
    ("app", r"mobile|sdk"),
    ("web", r"web form|web widget|help cent(er|re)|^web$|form"),
)
"""Zendesk's words for `Via`, in the order in which they are tried ('Web Messenger' is a chat)."""

_SATISFACTION = {"good": 5.0, "bad": 1.0}
"""Zendesk asks good or bad only. They are put at the ends of the five-point scale; docs/reference/sources.md says so."""
_NOT_RATED = frozenset({"", "offered", "unoffered", "not offered", "not rated"})


def read_ticket(line: int, cells: Mapping[str, str], context: Context) -> Iterator[Result]:
    """A ticket's creation, reopening, solution and rating, as far as the row tells them."""
    created = _created(line, cells, context)
    solved_at = time(cells, "Solved at", context.zone)
    yield created
    reopens = number(cells, "Reopens") or 0
    if reopens > 0:
        at = _reopened_not_before(cells, created.time, solved_at)
        told = {"reopens": reopens, "time_stated": False}
        yield _fact(created, "reopened", "Ticket Reopened", at, properties=told)
    if solved_at:
        yield _fact(created, "solved", "Ticket Solved", solved_at, properties=_measures(cells))
    score = _satisfaction(cells)
    if score:
        at = solved_at or time(cells, "Updated at", context.zone) or created.time
        yield replace(_fact(created, "rated", "Survey Answered", at), score=score, label="Support ticket")


def _created(line: int, cells: Mapping[str, str], context: Context) -> Event:
    ticket = required_text(cells, "Id", "a ticket number")
    organization = text(cells, "Organization")
    return Event(
        key=f"{ticket}|created",
        name="Ticket Created",
        time=required_time(cells, "Created at", context.zone),
        line=line,
        channel=_channel(text(cells, "Via")),
        identifiers=identifiers(
            email=text(cells, "Requester email"),
            external_id=text(cells, "Requester external id"),
            case_id=ticket,
        ),
        text=text(cells, "Subject"),
        objects=(("case", ticket), *((("account", organization),) if organization else ())),
        properties={**_description(cells), **_measures(cells), **_custom_fields(cells)},
    )


def _fact(created: Event, kind: str, name: str, at: datetime, properties: Mapping[str, object] | None = None) -> Event:
    key = f"{created.key.rpartition('|')[0]}|{kind}"
    return replace(created, key=key, name=name, time=at, text=None, properties=properties or {})


def _description(cells: Mapping[str, str]) -> dict[str, object]:
    tags = (text(cells, "Tags") or "").replace(",", " ").split()
    columns = ("Status", "Priority", "Via", "Ticket type", "Group")
    stated = {normalised(column).replace(" ", "_"): text(cells, column) for column in columns}
    return present(**stated, tags=tags or None, rated=text(cells, "Satisfaction Score"))


def _measures(cells: Mapping[str, str]) -> dict[str, object]:
    counts = {"reopens": number(cells, "Reopens"), "replies": number(cells, "Replies")}
    return present(**counts, **{name: number(cells, column) for column, name in MINUTES.items()})


def _custom_fields(cells: Mapping[str, str]) -> dict[str, object]:
    """Fields the help desk added, such as 'Ticket Category [list]', under their name without the kind in brackets."""
    named = {column: re.sub(r"\s*\[[^\]]*\]$", "", column) for column in cells if column not in COLUMNS}
    return {
        normalised(name).replace(" ", "_"): value for column, name in named.items() if (value := text(cells, column))
    }


def _reopened_not_before(cells: Mapping[str, str], created: datetime, solved: datetime | None) -> datetime:
    """The export does not say when: a ticket can only come back after its first solution, whose duration it gives."""
    first_solution = number(cells, "First resolution time in minutes")
    if first_solution is not None:
        earliest = created + timedelta(minutes=first_solution)
        return min(earliest, solved) if solved else earliest
    return solved or created


def _satisfaction(cells: Mapping[str, str]) -> Score | None:
    answer = (text(cells, "Satisfaction Score") or "").casefold()
    if answer in _NOT_RATED:
        return None
    value = _SATISFACTION.get(answer.split()[0])
    if value is None:
        raise CellError("Satisfaction Score", answer, "Good, Bad, Offered or nothing")
    return Score("csat", value, SCALES["csat"].low, SCALES["csat"].high)


def _channel(via: str | None) -> str:
    words = (via or "").casefold()
    return next((channel for channel, pattern in _CHANNELS if re.search(pattern, words)), "other")
