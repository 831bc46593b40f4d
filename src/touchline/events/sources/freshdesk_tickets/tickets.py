"""Freshdesk tickets: one row per ticket as it stands today, read as what happened to it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime

from msgspec.structs import replace

from touchline.events.rules import Event, Score
from touchline.events.sources.cells import (
    CellError,
    amount,
    identifiers,
    number,
    present,
    required_text,
    required_time,
    text,
    time,
)
from touchline.events.sources.freshdesk_tickets.columns import COLUMNS
from touchline.events.sources.headers import normalised
from touchline.events.sources.protocol import Context, Result
from touchline.events.vocabulary import SCALES

_CHANNELS = (
    ("phone", r"phone|call"),
    ("chat", r"chat|messenger|messaging|bot"),
    ("sms", r"\bsms\b"),
    ("social", r"facebook|twitter|instagram|whatsapp|\bline\b|\bx\b|social|forum"),
    ("email", r"e-?mail"),
    ("app", r"mobi|\bapp\b"),
    ("web", r"portal|widget|web|feedback"),
    ("store", r"walk|in person"),
)
"""Freshdesk's words for `Source`, in the order in which they are tried."""
_BY_COMPANY = re.compile(r"outbound", re.IGNORECASE)

_OF_CONTACT = {
    "email": ("Email", "Requester Email", "Contact Email"),
    "phone": ("Work phone", "Mobile phone", "Phone", "Mobile"),
    "external_id": ("Unique external ID", "External ID"),
}
"""Identifier -> what the fields of a contact are called where they were chosen for the export."""
_ACCOUNTS = ("Company name", "Company", "Department")
_NAMES_AND_TEXTS = ("Description", "Title", "Resolution note", "Requester location", "Address")
_NO_CUSTOM_FIELDS = frozenset(
    normalised(column)
    for columns in (*_OF_CONTACT.values(), _ACCOUNTS, _NAMES_AND_TEXTS, COLUMNS)
    for column in columns
)

_CLOCK = re.compile(r"(?P<sign>-?)(?P<hours>\d+):(?P<minutes>[0-5]?\d)(?::(?P<seconds>[0-5]?\d(?:\.\d+)?))?")
_RESULTS = {
    "extremely happy": 5, "very happy": 5, "awesome": 5, "happy": 4, "neutral": 3, "just okay": 3, "just ok": 3,
    "okay": 3, "unhappy": 2, "very unhappy": 1, "extremely unhappy": 1, "not good": 1,
    "extremely satisfied": 5, "very satisfied": 5, "satisfied": 4, "dissatisfied": 2, "very dissatisfied": 1,
    "extremely dissatisfied": 1,
}  # fmt: skip
_NOT_RATED = frozenset({"", "-", "no response", "not rated", "n/a"})


def read_ticket(line: int, cells: Mapping[str, str], context: Context) -> Iterator[Result]:
    """A ticket's beginning, solution and rating, as far as the row tells them."""
    by_company = _BY_COMPANY.search(text(cells, "Source") or "") is not None
    opened = _opened(line, cells, context, by_company=by_company)
    solved_at = time(cells, "Resolved time", context.zone) or time(cells, "Closed time", context.zone)
    measures = _measures(cells, context, opened.time, solved_at)
    yield replace(opened, properties={**opened.properties, **measures})
    if solved_at:
        yield _fact(opened, "solved", "Case Closed" if by_company else "Ticket Solved", solved_at, measures)
    score = _satisfaction(cells)
    if score:
        at = solved_at or time(cells, "Last update time", context.zone) or opened.time
        yield replace(_fact(opened, "rated", "Survey Answered", at, {}), score=score, label="Support ticket")


def _opened(line: int, cells: Mapping[str, str], context: Context, *, by_company: bool) -> Event:
    ticket = required_text(cells, "Ticket ID", "a ticket number")
    account = _first(cells, _ACCOUNTS)
    return Event(
        key=f"{ticket}|created",
        name="Case Opened" if by_company else "Ticket Created",
        time=required_time(cells, "Created time", context.zone),
        line=line,
        channel=_channel(text(cells, "Source")),
        identifiers=identifiers(
            **{type_: _first(cells, columns) for type_, columns in _OF_CONTACT.items()},
            case_id=ticket,
            anonymous_id=text(cells, "Contact ID"),
        ),
        text=None if by_company else text(cells, "Subject"),
        objects=(("case", ticket), *((("account", account),) if account else ())),
        properties={**_description(cells), **_custom_fields(cells)},
    )


def _fact(opened: Event, kind: str, name: str, at: datetime, properties: Mapping[str, object]) -> Event:
    key = f"{opened.key.removesuffix('|created')}|{kind}"
    return replace(opened, key=key, name=name, time=at, text=None, properties=properties)


def _description(cells: Mapping[str, str]) -> dict[str, object]:
    columns = ("Status", "Priority", "Source", "Type", "Group", "Product", "Resolution status", "First response status")
    stated = {normalised(column).replace(" ", "_"): text(cells, column) for column in columns}
    tags = [tag.strip() for tag in (text(cells, "Tags") or "").split(",") if tag.strip()]
    return present(**stated, tags=tags or None, rated=text(cells, "Survey results"))


def _measures(
    cells: Mapping[str, str], context: Context, opened: datetime, solved: datetime | None
) -> dict[str, object]:
    """Minutes by business hours as Freshdesk counted them, minutes by the calendar as the times give them."""
    answered = time(cells, "Initial response time", context.zone)
    return present(
        first_reply_minutes=_minutes_between(opened, answered),
        first_reply_business_minutes=_minutes(cells, "First response time (in hrs)"),
        full_resolution_minutes=_minutes_between(opened, solved),
        full_resolution_business_minutes=_minutes(cells, "Resolution time (in hrs)"),
        tracked_minutes=_minutes(cells, "Time tracked"),
        replies=number(cells, "Agent interactions"),
        customer_messages=number(cells, "Customer interactions"),
    )


def _minutes_between(start: datetime, end: datetime | None) -> float | None:
    return None if end is None or end < start else round((end - start).total_seconds() / 60, 2)


def _minutes(cells: Mapping[str, str], column: str) -> float | None:
    """'26:30:00' is 26 hours and a half, and so is '26.5': '(in hrs)' holds either."""
    cell = text(cells, column)
    if cell is None:
        return None
    clock = _CLOCK.fullmatch(cell)
    if clock is None:
        hours = amount(cells, column)
        return None if hours is None else round(float(hours) * 60, 2)
    minutes = int(clock["hours"]) * 60 + int(clock["minutes"]) + float(clock["seconds"] or 0) / 60
    return round(-minutes if clock["sign"] else minutes, 2)


def _custom_fields(cells: Mapping[str, str]) -> dict[str, object]:
    """Fields the help desk added, under their own name."""
    return {
        name.replace(" ", "_"): value
        for column in cells
        if (name := normalised(column)) not in _NO_CUSTOM_FIELDS and (value := text(cells, column))
    }


def _first(cells: Mapping[str, str], columns: tuple[str, ...]) -> str | None:
    return next((found for column in columns if (found := text(cells, column))), None)


def _satisfaction(cells: Mapping[str, str]) -> Score | None:
    answer = (text(cells, "Survey results") or "").casefold()
    if answer in _NOT_RATED:
        return None
    value = _RESULTS.get(answer)
    if value is None:
        expected = "extremely happy, very happy, happy, neutral, unhappy, very unhappy or extremely unhappy"
        raise CellError("Survey results", answer, expected)
    return Score("csat", value, SCALES["csat"].low, SCALES["csat"].high)


def _channel(source: str | None) -> str:
    words = (source or "").casefold()
    return next((channel for channel, pattern in _CHANNELS if re.search(pattern, words)), "other")
