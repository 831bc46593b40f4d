"""What leaves a workspace: its events, counts without people, and who is who, as the store has them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Protocol

Name = tuple[str, str]
"""An identifier: its type, of vocabulary.IDENTIFIER_TYPES, and its value."""


@dataclass(frozen=True, slots=True)
class StoredEvent:
    """One event with the words its kind stands for; times are naive UTC. Fields as in rules.Event."""

    id: int
    source: str
    name: str
    time: datetime
    channel: str
    page: str | None = None
    label: str | None = None
    device: str | None = None
    campaign: str | None = None
    metric: str | None = None
    score: float | None = None
    score_min: float | None = None
    score_max: float | None = None
    text: str | None = None
    language: str | None = None
    value: Decimal | None = None
    currency: str | None = None
    session: str | None = None
    properties: str | None = None
    """A JSON object, to the letter."""
    objects: tuple[Name, ...] = ()
    """(type, id), of vocabulary.OBJECT_TYPES."""
    who: Name | None = None
    """The strongest identifier; None where nobody can be named."""
    customer: int | None = None
    """Number of the customer `who` belongs to."""
    case: str | None = None
    """Of a log by case: the case the event belongs to."""


@dataclass(frozen=True, slots=True)
class StoredPoint:
    """A count without people."""

    id: int
    source: str
    name: str
    time: datetime
    channel: str
    measure: str
    amount: float
    label: str | None = None


@dataclass(frozen=True, slots=True)
class StoredLink:
    """Why two identifiers were taken for one customer."""

    to: Name
    reason: str
    source: str
    time: datetime
    active: bool


@dataclass(frozen=True, slots=True)
class StoredIdentifier:
    """An identifier, the number of its customer, and the links that were recorded from it."""

    name: Name
    customer: int | None
    links: tuple[StoredLink, ...] = ()


class EventLog(Protocol):
    """What an export goes through; each call begins anew and holds little in memory."""

    def event_names(self) -> list[str]:
        """Names of the events and points, in alphabetical order."""
        ...

    def events(self) -> Iterator[StoredEvent]:
        """All events, in the order in which they were stored."""
        ...

    def points(self) -> Iterator[StoredPoint]:
        """All counts without people."""
        ...

    def identifiers(self) -> Iterator[StoredIdentifier]:
        """Identifiers of the events, and those linked to them."""
        ...

    def objects(self) -> Iterator[Name]:
        """Objects the events touch, each once."""
        ...
