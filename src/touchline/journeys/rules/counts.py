"""What the questions count: plain counts and sums, before any formula judges them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from touchline.journeys.rules.bins import BINS

Counts: TypeAlias = NDArray[np.int64]


@dataclass(frozen=True)
class VisitCounts:
    """Visits of a scope. Arrays by touchpoint unless said otherwise; parts of disjoint customers add up field by field."""

    customers: int
    journeys: int
    visits: Counts
    customers_here: Counts
    went_on: Counts
    """Customers whose journey reached a later stage after their first visit here."""
    stage_customers: Counts
    """By stage."""
    stage_went_on: Counts
    """By stage: customers whose journey reached a later stage after their first visit of this one."""
    over: Counts
    """Visits whose journey is over."""
    dropped_out: Counts
    """Of those, the journey's last."""
    loops: Counts
    """Visits whose journey came back here later."""
    customer_journeys: Counts
    """Journeys that came here, each once."""
    contact_observed: Counts
    """Visits whose window for a service contact lies wholly before the end of the data."""
    contacted: Counts
    """Of those, the ones followed by a service contact."""
    waited_gone_on: Counts
    """Touchpoint × bin of rules.bins."""
    waited_left: Counts
    waited_censored: Counts
    compared_customers: int
    compared_customers_here: Counts
    compared_stage_customers: Counts


def no_visits(touchpoints: int, stages: int) -> VisitCounts:
    """The counts of no visits at all."""
    here, of_stage, waits = (
        np.zeros(touchpoints, np.int64),
        np.zeros(stages, np.int64),
        np.zeros((touchpoints, BINS), np.int64),
    )
    return VisitCounts(
        customers=0,
        journeys=0,
        visits=here,
        customers_here=here,
        went_on=here,
        stage_customers=of_stage,
        stage_went_on=of_stage,
        over=here,
        dropped_out=here,
        loops=here,
        customer_journeys=here,
        contact_observed=here,
        contacted=here,
        waited_gone_on=waits,
        waited_left=waits,
        waited_censored=waits,
        compared_customers=0,
        compared_customers_here=here,
        compared_stage_customers=of_stage,
    )


@dataclass(frozen=True)
class PlaceCounts:
    """One touchpoint in one channel."""

    touchpoint: int
    channel: int
    visits: int
    events: int
    with_step_before: int
    switched: int
    """Of those with a step before, the ones that came from another channel."""


@dataclass(frozen=True)
class ValueSum:
    """What visits of one touchpoint were worth, in one currency (empty where the file gave none)."""

    touchpoint: int
    currency: str
    amount: Decimal


@dataclass(frozen=True)
class AnswerSums:
    """Answers of one kind at one touchpoint (None: at no touchpoint that can be named): count, sums, squares."""

    touchpoint: int | None
    channel: int
    metric: str
    source: str
    n: int
    total: float
    """Of the answers on −100..+100."""
    squares: float
    score_total: float
    """Of the answers on their own scale."""


@dataclass(frozen=True)
class TransitionCount:
    """One touchpoint followed by another within a journey."""

    start: int
    end: int
    count: int
    customers: int
    median_seconds: float


@dataclass(frozen=True)
class StepsByBucket:
    """Transitions of two periods by customer bucket: whole customers, so that chance can be redrawn."""

    steps: tuple[tuple[int, int], ...]
    """(From, to) of each column."""
    now: Counts
    """Customer bucket × step."""
    before: Counts


NO_STEPS = StepsByBucket((), np.zeros((0, 0), dtype=np.int64), np.zeros((0, 0), dtype=np.int64))


@dataclass(frozen=True)
class TextFound:
    """A customer's words as written."""

    touchpoint: int
    text: str
    source: str
    metric: str
    score: float | None
    time: datetime
    language: str


@dataclass(frozen=True)
class SeriesSum:
    """A count without people, at one touchpoint."""

    touchpoint: int
    measure: str
    label: str
    amount: float
    points: int


@dataclass(frozen=True)
class KindCount:
    """Events of a kind that no touchpoint covers."""

    kind: int
    name: str
    channel: str
    page: str | None
    label: str | None
    events: int
    customers: int


@dataclass(frozen=True)
class UnmappedCounts:
    """Events of the period, and those of them that no touchpoint covers."""

    events: int
    unmapped: int
    kinds: tuple[KindCount, ...]


@dataclass(frozen=True)
class MapCounts:
    """Everything one journey map is made of."""

    visits: VisitCounts
    places: tuple[PlaceCounts, ...] = ()
    steps_before: dict[tuple[int, int], int] = field(default_factory=dict)
    """(Touchpoint before, touchpoint) -> visits."""
    transitions: tuple[TransitionCount, ...] = ()
    drift: StepsByBucket = NO_STEPS
    answers: tuple[AnswerSums, ...] = ()
    answers_before: tuple[AnswerSums, ...] = ()
    responses: int = 0
    texts: tuple[TextFound, ...] = ()
    values: tuple[ValueSum, ...] = ()
    series: tuple[SeriesSum, ...] = ()
    unmapped: UnmappedCounts = field(default_factory=lambda: UnmappedCounts(0, 0, ()))
    last_events: dict[int, datetime] = field(default_factory=dict)
    """Touchpoint → its last event in all data, whatever the scope."""
    data_until: datetime | None = None
    compares: bool = False
    """Whether there is a comparison period."""
