"""The one event shape: everything that happened, from any file or feed, becomes one of these before it is stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Score:
    """An answer on a scale; `metric` is a key of vocabulary.SCALES, the ends are the scale's own."""

    metric: str
    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened to one customer, or to somebody who cannot be named."""

    key: str
    """Natural key within its source: the same fact, exported again, has the same key."""
    name: str
    """A name of the vocabulary, or the file's own where the vocabulary has none."""
    time: datetime
    """Aware."""
    line: int
    """Physical line of the file (row of the sheet for XLSX)."""
    channel: str = "other"
    identifiers: Mapping[str, str] = field(default_factory=dict)
    """type -> value, types of vocabulary.IDENTIFIER_TYPES; several on one event link them to one customer."""
    label: str | None = None
    """What the file itself calls the touchpoint, where it says so."""
    page: str | None = None
    device: str | None = None
    campaign: str | None = None
    score: Score | None = None
    text: str | None = None
    language: str | None = None
    value: Decimal | None = None
    currency: str | None = None
    objects: tuple[tuple[str, str], ...] = ()
    """(type, id), types of vocabulary.OBJECT_TYPES."""
    session: str | None = None
    properties: Mapping[str, object] = field(default_factory=dict)


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
