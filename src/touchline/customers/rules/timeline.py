"""One customer's timeline: what happened, newest first, folded into visits; and how the customer stands today."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final

NAMING: Final = ("email", "user_id", "external_id", "phone")
"""Types of identifiers by which people would call a customer, the clearest first."""


TYPE_NAMES: Final = {
    "email": "e-mail address",
    "user_id": "user id",
    "phone": "phone number",
    "external_id": "customer number",
    "order_id": "order number",
    "case_id": "case number",
    "anonymous_id": "browser or device",
}
"""Types of identifiers in people's words, the clearest first."""


@dataclass(frozen=True)
class NamedObject:
    """What an event is about besides the customer: an order, a product, a case."""

    type: str
    id: str


@dataclass(frozen=True)
class TimelineEvent:
    """One event, as its source tells it. Times are UTC."""

    id: str
    time: datetime
    name: str
    topic: str
    """What it is about, one of TOPICS."""
    channel: str
    source: str
    page: str | None
    label: str | None
    campaign: str | None
    metric: str | None
    score: float | None
    score_min: float | None
    score_max: float | None
    text: str | None
    """The customer's words."""
    value: Decimal | None
    currency: str | None
    objects: tuple[NamedObject, ...]


@dataclass(frozen=True)
class Entry:
    """One visit with its events, or one event outside any visit."""

    time: datetime
    """First event."""
    ended: datetime
    """Last event."""
    touchpoint_id: str
    """'' for an event outside any visit."""
    touchpoint: str
    stage_id: str
    channel: str
    device: str
    journey: int | None
    """Ordinal among the customer's journeys, from 0; None outside any visit."""
    topics: tuple[str, ...]
    event_count: int
    events: tuple[TimelineEvent, ...]
    """The first of them, oldest first."""


@dataclass(frozen=True)
class JourneyPart:
    """One journey of the customer: visits without a long pause."""

    journey: int
    """Ordinal among the customer's journeys, from 0."""
    started: datetime
    ended: datetime
    visits: int
    began_with: str | None
    """Campaign of its first visit, else the name of its first touchpoint."""


@dataclass(frozen=True)
class TimelinePage:
    """Some entries, newest first."""

    entries: tuple[Entry, ...]
    journeys: tuple[JourneyPart, ...]
    """Those to which visits among the entries belong."""
    channels: tuple[str, ...]
    """Channels that occur in the whole timeline."""
    topics: tuple[str, ...]
    """Topics that occur in the whole timeline."""
    total: int
    """Entries on all pages."""
    offset: int
    limit: int


def name_of(customer: int, identifiers: Mapping[str, str], traits: Mapping[str, str]) -> str:
    """What to call a customer: a name that is known, else the clearest identifier, else the number.

    `identifiers` give one value for each type, `traits` one for each key.
    """
    known = {re.sub("[ _-]", "", key.lower()): value.strip() for key, value in traits.items()}
    parts = [known[key] for key in ("firstname", "lastname") if known.get(key)]
    named = known.get("name") or known.get("fullname") or " ".join(parts)
    return named or next((identifiers[type_] for type_ in NAMING if type_ in identifiers), f"Customer #{customer}")
