"""The answer: a measured journey map. Every share is 0..1, every score −100..+100, every duration in days.

None means "cannot say"; the reason stands beside it. Nothing here is computed: questions count, formulas judge,
`journeys.facade` fills these in, and pages, terminal, Python and exports only show them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal


@dataclass(frozen=True)
class Share:
    """A proportion with its counts and its 95 % Wilson interval."""

    count: int
    of: int
    value: float | None
    """None below five."""
    low: float | None
    high: float | None


@dataclass(frozen=True)
class SourceScore:
    """What one metric says at one touchpoint, before anything is combined."""

    metric: str
    """nps, csat, ces, stars or rating."""
    source: str
    n: int
    mean_experience: float
    """Mean of 200·(s − min)/(max − min) − 100."""


@dataclass(frozen=True)
class ExperienceScore:
    """How customers felt at a touchpoint, as the difference from the journey's mean (methods: docs/algorithms)."""

    difference: float | None
    """Shrunk score minus the journey mean; None where there is no evidence."""
    low: float | None
    """80 % band of the difference."""
    high: float | None
    absolute: float | None
    """Shrunk score itself, −100..+100."""
    raw_mean: float | None
    n: int
    prior_weight: float | None
    """B: the share of the shrunk score that comes from the stage rather than from answers given here."""
    drawn: str
    """'solid', 'hollow' (B > 0.5: mostly prior) or 'broken' (no evidence: fewer than five answers)."""
    label: str
    """'high', 'low' or '' (not distinguishable from the journey mean)."""
    change: float | None
    """Against the comparison period."""
    change_is_noise: bool
    sources: tuple[SourceScore, ...]


@dataclass(frozen=True)
class Waiting:
    """Time from a visit to the next step, with leaving as the competing end (Aalen–Johansen)."""

    median_days: float | None
    """By when half of all visits had gone on; None when fewer than half ever do."""
    gone_on_within_1_day: float | None
    gone_on_within_7_days: float | None
    gone_on_within_30_days: float | None
    n: int


@dataclass(frozen=True)
class Functional:
    """The line beside the emotional one: did it work, how hard was it, how long did it take."""

    success: Share
    """Visits followed by any later step in the same journey."""
    effort_ces_mean: float | None
    """1..7, higher is easier; None below five answers."""
    effort_n: int
    retries_per_customer: float | None
    """Visits here beyond the first, per customer and journey."""
    contacts_after: Share
    """Visits followed within 7 days by a service contact (a visit to a touchpoint of the service stage by chat, phone or e-mail)."""
    time_taken: Waiting


@dataclass(frozen=True)
class ChannelShare:
    """One channel's part of a touchpoint."""

    channel: str
    visits: int
    share: float
    experience: float | None
    """Mean of the answers given in this channel minus the journey mean; None below five answers."""
    n: int


@dataclass(frozen=True)
class Neighbour:
    """A step just before or after."""

    touchpoint_id: str
    name: str
    count: int
    share: float


@dataclass(frozen=True)
class Quote:
    """A customer's words, personal data masked."""

    text: str
    source: str
    metric: str
    score: float | None
    on: date
    language: str


@dataclass(frozen=True)
class SeriesFigure:
    """A count that names no person, shown beside the touchpoint and never added to people."""

    measure: str
    label: str
    amount: float
    points: int


@dataclass(frozen=True)
class Money:
    """An amount in one currency; the currency is empty where the file gave none."""

    amount: Decimal
    currency: str


@dataclass(frozen=True)
class TouchpointMeasures:
    """One column of the map."""

    id: str
    name: str
    stage_id: str
    icon: str
    owner: str
    note: str
    customers: int
    visits: int
    events: int
    reach: Share
    """Customers here out of all customers in scope."""
    went_on: Share
    """Customers who reached a later stage after their first visit here, in the same journey."""
    dropped_out: Share
    """Visits that were the journey's last, out of visits whose journey is over."""
    loops: Share
    """Visits that came back here later in the same journey."""
    channel_switches: Share
    """Visits whose journey came from another channel just before."""
    waiting: Waiting
    functional: Functional
    experience: ExperienceScore
    channels: tuple[ChannelShare, ...]
    next_steps: tuple[Neighbour, ...]
    previous_steps: tuple[Neighbour, ...]
    quotes: tuple[Quote, ...]
    series: tuple[SeriesFigure, ...]
    values: tuple[Money, ...]
    """Sum of the values of the events here, one entry per currency."""
    customers_before: int | None
    """In the comparison period."""
    last_event: datetime | None
    is_silent: bool
    """No events in the last fortnight of the data, although there were some before."""


@dataclass(frozen=True)
class StageMeasures:
    """One stage and its touchpoints, left to right."""

    id: str
    name: str
    customers: int
    visits: int
    reach: Share
    goes_on: Share
    """Customers of this stage who later reached the next stage that has touchpoints or any beyond, in the same journey."""
    experience: ExperienceScore
    customers_before: int | None
    touchpoints: tuple[TouchpointMeasures, ...]
    quotes: tuple[Quote, ...]


@dataclass(frozen=True)
class HeadlineFigure:
    """A tile above the map: NPS, CSAT, CES, buyers per visitor, repeat purchase."""

    id: str
    name: str
    value: float | None
    low: float | None
    high: float | None
    unit: str
    """'points', 'share', 'of 7', ..."""
    n: int
    before: float | None
    change_is_noise: bool
    beside: str
    """A second figure in words, e.g. 'mean 4.2 of 5'."""
    trend: tuple[float | None, ...]
    """Equal slices of the period, oldest first; None where a slice has fewer than five."""


@dataclass(frozen=True)
class UnmappedKind:
    """Events that match no touchpoint, most frequent first."""

    name: str
    channel: str
    page: str | None
    label: str | None
    events: int
    customers: int


@dataclass(frozen=True)
class Unmapped:
    """How much of what happened the definition does not cover."""

    share: Share
    kinds: tuple[UnmappedKind, ...]


@dataclass(frozen=True)
class Staleness:
    """Whether the map still says what is going on."""

    data_until: datetime | None
    distance: float | None
    """Total-variation distance of the transitions between the two periods, 0..1."""
    distance_p: float | None
    """Bootstrap p of that distance under 'nothing changed'."""
    changes: tuple[str, ...]
    """Sentences: what moved most."""
    silent_touchpoints: tuple[str, ...]
    verdict: str
    """One sentence."""


@dataclass(frozen=True)
class Transition:
    """How often one touchpoint was followed by another within a journey."""

    from_id: str
    to_id: str
    count: int
    customers: int
    median_days: float | None


@dataclass(frozen=True)
class JourneyMap:
    """The whole map for one scope."""

    name: str
    workspace: str
    scope_in_words: str
    start: date | None
    end: date | None
    compare_start: date | None
    compare_end: date | None
    customers: int
    journeys: int
    visits: int
    events: int
    responses: int
    journey_mean: float | None
    """Mean experience of all answers: the zero of the emotional line."""
    journey_mean_n: int
    stages: tuple[StageMeasures, ...]
    transitions: tuple[Transition, ...]
    headline: tuple[HeadlineFigure, ...]
    unmapped: Unmapped
    staleness: Staleness
    notes: tuple[str, ...]
    """Sentences about the data: assumed time zone, small samples, rows without a customer."""
    computed: datetime

    @property
    def touchpoints(self) -> tuple[TouchpointMeasures, ...]:
        """All columns, left to right."""
        return tuple(touchpoint for stage in self.stages for touchpoint in stage.touchpoints)
