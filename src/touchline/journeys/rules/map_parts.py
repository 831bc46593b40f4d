"""What stands beside the measures of a journey map: figures above it, words, amounts, and how far it can be trusted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal


@dataclass(frozen=True)
class Share:
    """A proportion with its counts and its 95 % Wilson interval."""

    count: int
    """How many did."""
    of: int
    """How many could."""
    value: float | None
    """None below five."""
    low: float | None
    """Lower end of the interval."""
    high: float | None
    """Upper end of the interval."""


@dataclass(frozen=True)
class HeadlineFigure:
    """A tile above the map: NPS, CSAT, CES, buyers per visitor, repeat purchase."""

    id: str
    """nps, csat, ces, conversion or repeat."""
    name: str
    """Its name."""
    value: float | None
    """The figure; None below five."""
    low: float | None
    """Lower end of the 95 % interval."""
    high: float | None
    """Upper end."""
    unit: str
    """'points', 'share', 'of 7', ..."""
    n: int
    """What it rests on: answers or customers."""
    before: float | None
    """The same in the comparison period."""
    change_is_noise: bool
    """Whether the change may be chance; true without a comparison."""
    beside: str
    """A second figure in words, e.g. 'mean 4.2 of 5'."""
    trend: tuple[float | None, ...]
    """Equal slices of the period, oldest first; None where a slice has fewer than five."""


@dataclass(frozen=True)
class UnmappedKind:
    """Events that match no touchpoint, most frequent first."""

    name: str
    """Name of the event."""
    channel: str
    """Its channel."""
    page: str | None
    """Its page, where it has one."""
    label: str | None
    """What the file calls the touchpoint, where it says so."""
    events: int
    """How many in the period."""
    customers: int
    """Customers they name."""


@dataclass(frozen=True)
class Unmapped:
    """How much of what happened the definition does not cover."""

    share: Share
    """Events no touchpoint covers, out of all events of the period."""
    kinds: tuple[UnmappedKind, ...]
    """The ten most frequent kinds of them."""


@dataclass(frozen=True)
class Staleness:
    """Whether the map still says what is going on."""

    data_until: datetime | None
    """The last moment of all data, UTC."""
    distance: float | None
    """Total-variation distance of the transitions between the two periods, 0..1."""
    distance_p: float | None
    """Bootstrap p of that distance under 'nothing changed'."""
    changes: tuple[str, ...]
    """Sentences: what moved most."""
    silent_touchpoints: tuple[str, ...]
    """Names of the touchpoints with no events in the last fortnight of the data."""
    verdict: str
    """One sentence."""


@dataclass(frozen=True)
class Quote:
    """A customer's words, personal data masked."""

    text: str
    """As written, personal data replaced."""
    source: str
    """Where it was written."""
    metric: str
    """What the answer that came with it was about; empty where there was none."""
    score: float | None
    """That answer, on its own scale."""
    on: date
    """The day it was written, UTC."""
    language: str
    """As the file says; empty where it does not."""


@dataclass(frozen=True)
class ResearchNote:
    """What research heard or saw: a hypothesis in words, personal data masked, part of no figure."""

    number: int
    """By which it is removed."""
    touchpoint_id: str
    """The touchpoint it is on; empty where the journey has none of that name."""
    called: str
    """The step as whoever noted it calls it."""
    method: str
    """interview, observation, workshop, usability_test or other."""
    text: str
    """What was said or seen."""
    participant: str
    """A pseudonym; empty in files that leave the workspace."""
    noted_by: str
    """Whoever noted it; empty in files that leave the workspace."""
    noted: date | None
    """The day, where it is known."""
    file: str
    """The table it was imported from; empty where it was typed in."""
    line: int | None
    """Its row there."""
    grade: str
    """Of evidence (docs/algorithms/research-notes.md)."""


@dataclass(frozen=True)
class SeriesFigure:
    """A count that names no person, shown beside the touchpoint and never added to people."""

    measure: str
    """What is counted, such as deliveries or unique_clicks."""
    label: str
    """What the file calls it, such as the campaign's title."""
    amount: float
    """Sum over the period."""
    points: int
    """Rows it is the sum of."""


@dataclass(frozen=True)
class Money:
    """An amount in one currency; the currency is empty where the file gave none."""

    amount: Decimal
    """Exact; text in JSON."""
    currency: str
    """As the file gives it."""
