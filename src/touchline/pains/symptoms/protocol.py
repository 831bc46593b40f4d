"""What a kind of symptom is: how the visits that had it, or could have had it, are found in the store.

A kind never judges while it looks: it gives a figure per visit, and `is_bad` says afterwards, over all customers, which
figures are bad. So the answer is the same in however many buckets the customers are looked at.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final, Protocol

import numpy as np

from touchline.engine.question import Bucket
from touchline.engine.store import Store
from touchline.engine.sums import used
from touchline.journeys.facade import JourneyDefinition
from touchline.pains.rules.as_of import Earlier
from touchline.pains.rules.attaching import begun, visit_of
from touchline.pains.rules.rows import NOWHERE, Flags, Floats, Found, Ints, VisitRows

SIGNAL_MINUTES: Final = 30
"""How long after the last contact of a visit a signal still belongs to it, as on a customer's timeline."""
MICROSECONDS_PER_MINUTE: Final = 60_000_000


class SymptomKind(Protocol):
    """One kind of symptom; the object `SYMPTOM` of its folder."""

    name: str
    """Of its folder."""
    title: str
    """In a table: 'Errors'."""
    happened: str
    """After 'Payment: ': 'an error was shown'."""
    tells: str
    """One sentence: what counts as bad, and what as fine."""
    is_seen_by_all: bool
    """Whether a visit without a mark was fine (errors); otherwise only marked visits can be judged (answers)."""
    is_experience: bool
    """Whether it shows while the visit lasts: visits with such a symptom are never the fine side of another one."""
    withholds: frozenset[str]
    """Covariates that are the symptom itself, or nearly so: they are left out of its estimates."""
    is_score: bool
    """Whether it is a low score: how much lower sufferers score is no evidence then."""

    def find(self, looked: Looked) -> Found:
        """Find the visits of one bucket that can be judged, with a figure each."""
        ...

    def is_bad(self, value: Floats, touchpoint: Ints) -> Flags:
        """Say which figures are bad; `touchpoint` is the position of each visit's touchpoint."""
        ...


@dataclass(frozen=True)
class Looked:
    """What a kind may look at: the visits of one bucket, and the store for those customers."""

    store: Store
    bucket: Bucket
    definition: JourneyDefinition
    visits: VisitRows
    data_until: int
    """Microseconds since 1970."""

    def moments(self, sql: str, parameters: Mapping[str, Any] | None = None, by: str = "i.customer") -> dict[str, Ints]:
        """Ask for columns; `{bucket}` in the text becomes the condition on customers. Times must be given by epoch_us."""
        text = sql.replace("{bucket}", self.bucket.holds(by))
        table = self.store.table(text, used(text, dict(parameters or {})))
        return {name: table.column(name).to_numpy() for name in table.column_names}

    def visit_of(self, customer: Ints, time: Ints, touchpoint: Ints | None = None, within: int | None = None) -> Ints:
        """The visit that each moment belongs to, −1 where there is none: the latest begun by then (at that touchpoint).

        `within` is how long after the visit's end it may be, in microseconds; the length of a visit's pause by default.
        """
        allowed = SIGNAL_MINUTES * MICROSECONDS_PER_MINUTE if within is None else within
        return visit_of(self.visits, customer, time, allowed, touchpoint, self._beginnings)

    @cached_property
    def _beginnings(self) -> Earlier:
        return begun(self.visits)


@dataclass(frozen=True)
class EventSymptom:
    """Events that are a symptom wherever they occur: the visit they happened in was bad."""

    name: str
    title: str
    happened: str
    tells: str
    events: tuple[str, ...]
    """Names of the vocabulary."""
    is_seen_by_all: bool = True
    is_experience: bool = True
    withholds: frozenset[str] = field(default=frozenset())
    is_score: bool = False

    def find(self, looked: Looked) -> Found:
        """Find the visits with such an event."""
        asked = looked.moments(EVENTS_NAMED, {"names": [each.lower() for each in self.events]})
        return first_of_each(looked.visit_of(asked["customer"], asked["time"]), np.ones(len(asked["time"])), looked)

    def is_bad(self, value: Floats, touchpoint: Ints) -> Flags:
        """Every one of them."""
        return np.ones(len(value), np.bool_)


EVENTS_NAMED: Final = """
select i.customer::bigint as customer, epoch_us(e.time) as time
from events e join kinds k using (kind) join identities i on i.identifier = e.who
where list_contains($names, lower(k.name)) and {bucket}
order by all
"""


def first_of_each(visit: Ints, value: Floats, looked: Looked, known: Ints | None = None) -> Found:
    """Keep the first row of each visit; rows without a visit are left out. Known from the visit's start by default."""
    there = np.flatnonzero(visit != NOWHERE)
    at, first = np.unique(visit[there], return_index=True)
    rows = there[first]
    return Found(at.astype(np.int64), value[rows], looked.visits.time[at] if known is None else known[rows])
