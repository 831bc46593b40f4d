"""Intercom conversations: what a customer asked, when the company answered and closed it, and how it was rated."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from msgspec.structs import replace

from touchline.events.rules import Event, Score, Skipped
from touchline.events.sources.cells import CellError, identifiers, present
from touchline.events.sources.intercom_conversations.fields import (
    Json,
    conversation,
    count,
    listed,
    minutes,
    minutes_between,
    moment,
    object_at,
    words,
)
from touchline.events.sources.protocol import Context, Result
from touchline.events.sources.survey_questions import plain
from touchline.events.vocabulary import SCALES

_CHANNELS = {
    "conversation": "chat", "email": "email", "facebook": "social", "instagram": "social", "twitter": "social",
    "whatsapp": "social", "sms": "sms", "phone_call": "phone", "phone_switch": "phone", "push": "push",
}  # fmt: skip
_CUSTOMERS = frozenset({"user", "lead", "contact", "visitor"})
_CSAT = SCALES["csat"]


def read_conversation(line: int, cells: Mapping[str, str], context: Context) -> Iterator[Result]:
    """A conversation's beginning, reopening, closing and rating, as far as it tells them."""
    told = conversation(cells)
    statistics = object_at(told, "statistics")
    is_customers = _is_begun_by_customer(object_at(told, "source"))
    answered = moment(statistics, "first_contact_reply_at", "statistics.first_contact_reply_at")
    if not is_customers and answered is None:
        yield Skipped(line, "message of the company that nobody answered")
        return
    began = moment(told, "created_at", "created_at")
    if began is None:
        raise CellError("created_at", "", "seconds since 1970")
    asked = _asked(line, told, began if is_customers or answered is None else answered, has_words=is_customers)
    yield asked
    yield from _afterwards(asked, told, statistics)
    rated = _rating(asked, told)
    if rated:
        yield rated


def _asked(line: int, told: Json, at: datetime, *, has_words: bool) -> Event:
    number = words(told, "id")
    if number is None:
        raise CellError("id", "", "the conversation's id")
    source = object_at(told, "source")
    said = (plain(found) for name in ("subject", "body") if (found := words(source, name)))
    return Event(
        key=f"{number}|created",
        name="Ticket Created",
        time=at,
        line=line,
        channel=_CHANNELS.get(words(source, "type") or "", "other"),
        identifiers=_who(told, source) | {"case_id": number},
        text="\n".join(filter(None, said)) or None if has_words else None,
        objects=(("case", number),),
        properties={**_description(told, source), **_measures(told, at)},
    )


def _afterwards(asked: Event, told: Json, statistics: Json) -> Iterator[Event]:
    """Reopening and solution. A conversation that is open again has no solution, whenever it was closed before."""
    first_close = moment(statistics, "first_close_at", "statistics.first_close_at")
    reopens = count(statistics, "count_reopens") or 0
    if reopens > 0:
        at = max(first_close or asked.time, asked.time)
        yield _fact(asked, "reopened", "Ticket Reopened", at, {"reopens": reopens, "time_stated": False})
    if words(told, "state") == "closed":
        closed = moment(statistics, "last_close_at", "statistics.last_close_at")
        at = closed or moment(told, "updated_at", "updated_at") or asked.time
        measures = _measures(told, asked.time) | ({} if closed else {"time_stated": False})
        yield _fact(asked, "solved", "Ticket Solved", at, measures)


def _rating(asked: Event, told: Json) -> Event | None:
    rating = object_at(told, "conversation_rating")
    stars = count(rating, "rating")
    if stars is None:
        return None
    if not _CSAT.low <= stars <= _CSAT.high:
        raise CellError("conversation_rating.rating", f"{stars:g}", "a number from 1 to 5")
    at = moment(rating, "created_at", "conversation_rating.created_at") or moment(told, "updated_at", "updated_at")
    rated = _fact(asked, "rated", "Survey Answered", at or asked.time, {})
    score = Score("csat", stars, _CSAT.low, _CSAT.high)
    remark = words(rating, "remark")
    return replace(rated, score=score, text=plain(remark) if remark else None, label="Support conversation")


def _fact(asked: Event, kind: str, name: str, at: datetime, properties: Mapping[str, object]) -> Event:
    key = f"{asked.key.removesuffix('|created')}|{kind}"
    return replace(asked, key=key, name=name, time=at, text=None, properties=properties)


def _is_begun_by_customer(source: Json) -> bool:
    author = words(object_at(source, "author"), "type")
    if author is not None:
        return author in _CUSTOMERS
    return words(source, "delivered_as") in (None, "customer_initiated")


def _who(told: Json, source: Json) -> dict[str, str]:
    """The customer who wrote, else the first contact; the others of a group are people of their own."""
    author = object_at(source, "author")
    is_customer = words(author, "type") in _CUSTOMERS
    contacts = listed(told, "contacts")
    wrote = words(author, "id") if is_customer else None
    contact = next((each for each in contacts if words(each, "id") == wrote), contacts[0] if contacts else {})
    return identifiers(
        user_id=words(contact, "external_id"),
        email=words(author, "email") if is_customer else words(contact, "email"),
        anonymous_id=wrote or words(contact, "id"),
    )


def _description(told: Json, source: Json) -> dict[str, object]:
    sla = object_at(told, "sla_applied")
    tags = [name for tag in listed(told, "tags") if (name := words(tag, "name"))]
    return present(
        state=words(told, "state"),
        priority=words(told, "priority"),
        source=words(source, "type"),
        delivered_as=words(source, "delivered_as"),
        tags=tags or None,
        sla_name=words(sla, "sla_name"),
        sla_status=words(sla, "sla_status"),
        bot_took_part=True if told.get("ai_agent_participated") is True else None,
    )


def _measures(told: Json, asked: datetime) -> dict[str, object]:
    """Minutes of office hours as Intercom counted them, minutes by the calendar as the times give them."""
    statistics = object_at(told, "statistics")

    def since(name: str) -> float | None:
        return minutes_between(asked, moment(statistics, name, f"statistics.{name}"))

    return present(
        first_reply_minutes=since("first_admin_reply_at"),
        first_reply_business_minutes=minutes(statistics, "time_to_admin_reply"),
        first_resolution_minutes=since("first_close_at"),
        first_resolution_business_minutes=minutes(statistics, "time_to_first_close"),
        full_resolution_minutes=since("last_close_at"),
        full_resolution_business_minutes=minutes(statistics, "time_to_last_close"),
        assignment_business_minutes=minutes(statistics, "time_to_assignment"),
        median_reply_business_minutes=minutes(statistics, "median_time_to_reply"),
        reopens=count(statistics, "count_reopens"),
        parts=count(statistics, "count_conversation_parts"),
    )
