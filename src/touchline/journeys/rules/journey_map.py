"""The answer: a measured journey map. Every share is 0..1, every score −100..+100, every duration in days.

None means "cannot say"; the reason stands beside it. Nothing here is computed: questions count, formulas judge,
`journeys.facade` fills these in, and pages, terminal, Python and exports only show them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from touchline.journeys.rules.map_pains import MapPains
from touchline.journeys.rules.map_parts import (
    HeadlineFigure,
    Money,
    Quote,
    ResearchNote,
    SeriesFigure,
    Share,
    Staleness,
    Unmapped,
)


@dataclass(frozen=True)
class SourceScore:
    """What one metric says at one touchpoint, before anything is combined."""

    metric: str
    """nps, csat, ces, stars or rating."""
    source: str
    """Where the answers come from, such as typeform or zendesk_tickets."""
    n: int
    """Answers."""
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
    """Upper end of the band."""
    absolute: float | None
    """Shrunk score itself, −100..+100."""
    raw_mean: float | None
    """Mean of the answers given here, before it leans on its stage."""
    n: int
    """Answers given here."""
    prior_weight: float | None
    """B: the share of the shrunk score that comes from the stage rather than from answers given here."""
    drawn: str
    """'solid', 'hollow' (B > 0.5: mostly prior) or 'broken' (no evidence: fewer than five answers)."""
    label: str
    """'high', 'low' or '' (not distinguishable from the journey mean)."""
    change: float | None
    """Against the comparison period."""
    change_is_noise: bool
    """Whether the change may be chance; true without a comparison."""
    sources: tuple[SourceScore, ...]
    """Each metric and source on its own."""


@dataclass(frozen=True)
class Waiting:
    """Time from a visit to the next step, with leaving as the competing end (Aalen–Johansen)."""

    median_days: float | None
    """By when half of all visits had gone on; None when fewer than half ever do."""
    gone_on_within_1_day: float | None
    """Share of all visits; None where the data do not reach that far."""
    gone_on_within_7_days: float | None
    """Likewise."""
    gone_on_within_30_days: float | None
    """Likewise."""
    n: int
    """Visits."""


@dataclass(frozen=True)
class Functional:
    """The line beside the emotional one: did it work, how hard was it, how long did it take."""

    success: Share
    """Visits followed by any later step in the same journey, out of visits whose journey is over."""
    effort_ces_mean: float | None
    """1..7, higher is easier; None below five answers."""
    effort_n: int
    """CES answers given here."""
    retries_per_customer: float | None
    """Visits here beyond the first, per customer and journey."""
    contacts_after: Share
    """Visits followed within 7 days by a service contact (a visit to a touchpoint of the service stage by chat, phone or e-mail), out
    of visits whose 7 days lie within the data."""
    time_taken: Waiting
    """Time to the next step."""


@dataclass(frozen=True)
class ChannelShare:
    """One channel's part of a touchpoint."""

    channel: str
    """web, app, email, chat, phone, store, delivery, social, review, sms, push, bot or other."""
    visits: int
    """Visits here by this channel."""
    share: float
    """Of all visits here."""
    experience: float | None
    """Mean of the answers given in this channel minus the journey mean; None below five answers."""
    n: int
    """Answers given here by this channel."""


@dataclass(frozen=True)
class Neighbour:
    """A step just before or after."""

    touchpoint_id: str
    """Its id."""
    name: str
    """Its name."""
    count: int
    """Visits here with that step beside them."""
    share: float
    """Of all visits here; what is left began or ended here."""


@dataclass(frozen=True)
class TouchpointMeasures:
    """One column of the map."""

    id: str
    """Its id in the journey definition."""
    name: str
    """Its name."""
    stage_id: str
    """Id of its stage."""
    icon: str
    """Name of its icon."""
    owner: str
    """Who looks after it."""
    note: str
    """What was noted about it."""
    customers: int
    """Different customers with a visit here."""
    visits: int
    """Contacts with this touchpoint."""
    events: int
    """Rows of the files behind the visits."""
    reach: Share
    """Customers here out of all customers in scope."""
    went_on: Share
    """Customers who reached a later stage after their first visit here, in the same journey."""
    dropped_out: Share
    """Visits that were the journey's last, out of visits whose journey is over."""
    loops: Share
    """Visits that came back here later in the same journey."""
    channel_switches: Share
    """Visits whose journey came from another channel just before, out of visits with a step before."""
    waiting: Waiting
    """Time to the next step."""
    functional: Functional
    """The functional line."""
    experience: ExperienceScore
    """The emotional line."""
    channels: tuple[ChannelShare, ...]
    """By which channels the visits came, the most used first."""
    next_steps: tuple[Neighbour, ...]
    """The five most frequent steps after."""
    previous_steps: tuple[Neighbour, ...]
    """The five most frequent steps before."""
    quotes: tuple[Quote, ...]
    """Closest to what is typically said here; none below five texts."""
    series: tuple[SeriesFigure, ...]
    """Counts that name no person."""
    values: tuple[Money, ...]
    """Sum of the values of the events here, one entry per currency."""
    customers_before: int | None
    """In the comparison period."""
    last_event: datetime | None
    """The last visit or answer here in all data, UTC."""
    is_silent: bool
    """No events in the last fortnight of the data, although there were some before."""


@dataclass(frozen=True)
class StageMeasures:
    """One stage and its touchpoints, left to right."""

    id: str
    """Its id in the journey definition."""
    name: str
    """Its name."""
    customers: int
    """Different customers with a visit to any of its touchpoints."""
    visits: int
    """Visits of its touchpoints."""
    reach: Share
    """Customers here out of all customers in scope."""
    goes_on: Share
    """Customers of this stage who later reached the next stage that has touchpoints or any beyond, in the same journey. Of
    nothing after the last one."""
    experience: ExperienceScore
    """All answers of the stage together; stages lean on the journey."""
    customers_before: int | None
    """In the comparison period."""
    touchpoints: tuple[TouchpointMeasures, ...]
    """Its touchpoints, in the order of the definition."""
    quotes: tuple[Quote, ...]
    """Closest to what is typically said in this stage."""


@dataclass(frozen=True)
class Transition:
    """How often one touchpoint was followed by another within a journey."""

    from_id: str
    """Touchpoint left."""
    to_id: str
    """Touchpoint reached next."""
    count: int
    """How often."""
    customers: int
    """By how many different customers."""
    median_days: float | None
    """Exact median of the time between the end of the one visit and the begin of the next."""


@dataclass(frozen=True)
class JourneyMap:
    """The whole map for one scope."""

    name: str
    """Name of the journey definition."""
    workspace: str
    """Name of the workspace."""
    scope_in_words: str
    """Whom and which days the map is about, without a full stop."""
    start: date | None
    """First day, UTC."""
    end: date | None
    """Last day, inclusive."""
    compare_start: date | None
    """First day of the comparison period; None without one."""
    compare_end: date | None
    """Its last day."""
    customers: int
    """Different customers with a visit in scope."""
    journeys: int
    """Their journeys."""
    visits: int
    """Their visits."""
    events: int
    """Rows of the files behind the visits."""
    responses: int
    """Answers and texts in scope, also those at no touchpoint."""
    journey_mean: float | None
    """Mean experience of all answers: the zero of the emotional line."""
    journey_mean_n: int
    """Answers it is the mean of."""
    stages: tuple[StageMeasures, ...]
    """Left to right."""
    transitions: tuple[Transition, ...]
    """The most frequent first."""
    headline: tuple[HeadlineFigure, ...]
    """The figures above the map; filled in by touchline.overview."""
    unmapped: Unmapped
    """What the definition does not cover."""
    staleness: Staleness
    """How far the map can still be trusted."""
    notes: tuple[str, ...]
    """Sentences about the data: assumed time zone, small samples, rows without a customer."""
    computed: datetime
    """When it was measured, UTC."""
    research: tuple[ResearchNote, ...] = ()
    """What interviews and workshops say, whatever the scope: hypotheses, never counted; filled in by touchline.overview."""
    pains: MapPains | None = None
    """Pain points of all customers, whatever the scope; None where none were ever looked for; filled in by touchline.overview."""

    @property
    def touchpoints(self) -> tuple[TouchpointMeasures, ...]:
        """All columns, left to right."""
        return tuple(touchpoint for stage in self.stages for touchpoint in stage.touchpoints)
