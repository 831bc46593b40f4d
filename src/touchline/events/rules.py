"""The one event shape: everything that happened, from any file or feed, becomes one of these before it is stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

import msgspec


@dataclass(frozen=True, slots=True)
class Score:
    """An answer on a scale; `metric` is a key of vocabulary.SCALES, the ends are the scale's own."""

    metric: str
    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Restored:
    """What an export of a workspace says of a fact's first storing: restored, it is the same fact again."""

    source: str
    """Kind of export it was first read from: a folder under events/sources, or 'table'."""
    id: int
    """The number by which the store knew it, of 128 bits."""
    properties: str | None = None
    """The properties of an event to the letter, as JSON."""


class Event(msgspec.Struct, frozen=True):
    """One thing that happened to one customer, or to somebody who cannot be named.

    A struct, since a frozen data class of so many fields takes four times as long to make.
    """

    key: str
    """Natural key within its source: the same fact, exported again, has the same key."""
    name: str
    """A name of the vocabulary, or the file's own where the vocabulary has none."""
    time: datetime
    """When it happened; aware of its zone."""
    line: int
    """Physical line of the file (row of the sheet for XLSX)."""
    channel: str = "other"
    """Where customer and company met: one of vocabulary.CHANNELS."""
    identifiers: Mapping[str, str] = msgspec.field(default_factory=dict)
    """type -> value, of vocabulary.IDENTIFIER_TYPES; several on one event link them to one customer."""
    label: str | None = None
    """What the file itself calls the touchpoint, where it says so."""
    page: str | None = None
    """Path of the page, without host, query and trailing slash."""
    device: str | None = None
    """One of vocabulary.DEVICES."""
    campaign: str | None = None
    """The campaign that brought it about, by name."""
    score: Score | None = None
    """An answer, with the metric and the ends of its scale."""
    text: str | None = None
    """The customer's own words; never the company's."""
    language: str | None = None
    """Of the text, as a code such as 'en'."""
    value: Decimal | None = None
    """Money; negative where it was given back."""
    currency: str | None = None
    """Of the value, as ISO 4217 writes it."""
    objects: tuple[tuple[str, str], ...] = ()
    """(type, id), of vocabulary.OBJECT_TYPES."""
    session: str | None = None
    """The session as the sender counted it."""
    properties: Mapping[str, object] = msgspec.field(default_factory=dict)
    """Whatever else the file says."""
    restored: Restored | None = None
    """Set only for an event out of an export of a workspace."""
    as_of: datetime | None = None
    """Of an event collected live that its sender tells anew whenever it changes: how new this telling is. The newest holds."""


@dataclass(frozen=True, slots=True)
class SeriesPoint:
    """A count without people behind it, such as the deliveries of one campaign."""

    key: str
    name: str
    time: datetime
    line: int
    measure: str
    amount: float
    channel: str = "other"
    label: str | None = None
    restored: Restored | None = None


@dataclass(frozen=True, slots=True)
class Observation:
    """What research heard or saw at a step: words beside the map. It is no event, so nothing that counts can meet it."""

    key: str
    line: int
    called: str
    """The step as the table calls it."""
    method: str
    """A key of vocabulary.RESEARCH_METHODS."""
    text: str
    participant: str = ""
    """As the table labels whoever spoke; never joined with customers."""
    noted_by: str = ""
    noted: date | None = None


@dataclass(frozen=True, slots=True)
class RestoredLink:
    """A link from one identifier to another, (type, value), out of an export of a workspace."""

    to: tuple[str, str]
    reason: str
    source: str
    time: datetime
    active: bool


@dataclass(frozen=True, slots=True)
class RestoredIdentifier:
    """An identifier, (type, value), out of an export of a workspace, with the links recorded from it."""

    line: int
    name: tuple[str, str]
    links: tuple[RestoredLink, ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that could not be read as what it should be; it goes to quarantine."""

    line: int
    reason: str
    """A sentence naming the column, what was found and what was expected."""
    content: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row that rightly holds no event (a label row, an empty line, a repeated header)."""

    line: int
    reason: str
