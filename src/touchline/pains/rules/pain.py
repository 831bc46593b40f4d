"""A pain point with everything that is known about it: how many, how bad, what it costs, and what that rests on.

Shares are 0..1, effects are differences of a share (−0.08: eight of a hundred fewer), scores are on ±100, times are naive
UTC. Where there is no number there is a sentence that says what is missing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from touchline.pains.rules.drivers import SurveyDrivers

SUPPORTED: Final = "supported"
NO_LONGER_SUPPORTED: Final = "no longer supported"

PASSED: Final = "passed"
FAILED: Final = "failed"
NOT_DONE: Final = "not done"


class UnknownPainError(LookupError):
    """There is no such pain point; the message is a sentence for the user."""


@dataclass(frozen=True)
class Share:
    """A share with its 95 % interval, in which several visits of one customer do not count as several customers."""

    value: float
    low: float
    high: float
    count: int
    of: int


@dataclass(frozen=True)
class Gap:
    """How much lower sufferers score: points on ±100, sufferers − others at the same touchpoint, with 95 % interval."""

    value: float
    low: float
    high: float
    answers: int
    """Answers of sufferers."""
    others: int
    """Answers of others."""


@dataclass(frozen=True)
class Effect:
    """What sufferers lost: the outcome after a bad visit less what it would have been after a fine one."""

    value: float
    low: float
    high: float
    """95 % interval."""
    standard_error: float
    q: float
    """False-discovery rate at which this effect is found (Benjamini and Hochberg over all pains of the run)."""
    outcome: str
    """'bought' (1 or 0), 'contacted' (1 or 0) or 'spent' (money)."""
    window_days: int
    visits: int
    """Visits compared: bad and fine, each followed for the whole window."""
    bad_visits: int
    sufferers: int
    """Customers with a bad one among them."""
    naive: float
    """The plain difference between bad and fine visits, for comparison only."""

    @property
    def is_loss(self) -> bool:
        """Whether the interval lies wholly below zero."""
        return self.high < 0

    @property
    def shows_none(self) -> bool:
        """Whether sufferers lost nothing that can be seen: that is a finding, whatever else cannot be said."""
        return self.value >= 0


@dataclass(frozen=True)
class Check:
    """One guard of an estimate."""

    name: str
    """Stable, for code: 'overlap', 'negative_control' ..."""
    title: str
    state: str
    """PASSED, FAILED or NOT_DONE."""
    value: str
    """What was found, short; '' where nothing was."""
    sentence: str
    """What it says, in words."""


@dataclass(frozen=True)
class Variant:
    """One point of the specification curve: the same effect estimated another way."""

    name: str
    value: float
    low: float
    high: float


@dataclass(frozen=True)
class ProtocolRow:
    """One element of the trial that is emulated, as it was applied to this pain."""

    element: str
    rule: str


@dataclass(frozen=True)
class Amount:
    """An amount a month, in the workspace's currency, by 4,000 draws. A loss is positive."""

    median: float
    low: float
    high: float
    """80 % interval."""
    sure: float
    """What it is at least, as far as we are 90 % sure; never below zero. Pains are ranked by it."""


@dataclass(frozen=True)
class Money:
    """What a pain costs a month."""

    amount: Amount
    """Of this pain alone, as if it were the only one: stand-alone amounts are never added up."""
    given_others: Amount | None
    """What is left to it when the others are there too (joint model); None where that could not be computed."""
    currency: str
    value_of_one: float
    """Median worth of one customer who buys rather than not."""
    is_firm: bool
    """Whether the grade lets it be shown as an amount; otherwise it is a greyed range that enters no sum."""


@dataclass(frozen=True)
class Chip:
    """A small piece of evidence: a number that opens its rows."""

    label: str
    value: str
    link: str
    """Path of the page that opens it, with its query."""


@dataclass(frozen=True)
class GroupCondition:
    """One fact that the visits of a group have in common, known before each of them."""

    fact: str
    is_above: bool
    threshold: float


@dataclass(frozen=True)
class SufferingGroup:
    """Customers whose visits are bad more often than those of all others who came.

    Found in one half of the customers; every figure is of the other half.
    """

    words: str
    """Who they are: 'on their first visit, on mobile'."""
    conditions: tuple[GroupCondition, ...]
    customers: int
    share: Share
    """Bad visits of all visits of the group."""
    elsewhere: Share
    """The same of all other visits."""
    more: float
    """The difference of the two shares."""
    more_low: float
    more_high: float
    """Its 95 % interval."""
    of_all_bad: float
    """Share of all bad visits that are those of the group."""


@dataclass(frozen=True)
class Quote:
    """What a sufferer wrote at the bad visit or right after it; personal data masked."""

    text: str
    time: datetime
    score: float | None
    """On ±100."""


@dataclass(frozen=True)
class Claim:
    """What the pain rests on, so that anybody can look again."""

    query: str
    """The command that asks for it again."""
    data_until: datetime
    computed: datetime
    n: int
    """Visits looked at."""
    rows: int
    """Rows behind it: bad visits."""


@dataclass(frozen=True)
class Pain:
    """One pain point: a touchpoint, a symptom, and who suffers."""

    id: str
    """Touchpoint and symptom, such as 'payment~errors'; the same in every computation."""
    touchpoint: str
    touchpoint_name: str
    stage: str
    stage_name: str
    symptom: str
    """Folder under pains/symptoms."""
    symptom_title: str
    headline: str
    """One line: 'Payment: an error was shown'."""
    scope: str
    """Whom and when it is about, in words."""
    visits: int
    """Visits that could have had the symptom."""
    bad_visits: int
    customers: int
    """Customers of these visits."""
    sufferers: int
    """Customers with at least one bad visit."""
    bad_visits_a_month: float
    rate: Share
    baseline: Share
    """Of the other touchpoints of the stage (of the whole journey where the stage has none)."""
    score_gap: Gap | None
    score_gap_why: str
    """Why there is no score gap; '' where there is one."""
    effect: Effect | None
    effect_why: str
    """Why it cannot be estimated; '' where it can."""
    later_contact: Effect | None
    """The same for getting in touch with service within the window; None where it cannot be estimated."""
    checks: tuple[Check, ...]
    variants: tuple[Variant, ...]
    intervened: bool
    """Whether somebody acts on bad visits (refunds, follow-up cases): then the effect is that of both."""
    grade: str
    """'A' to 'E', computed from the checks."""
    wording: str
    """The strongest words that may stand for it: 'is associated, after adjustment, with'."""
    claim_sentence: str
    """The finding in the wording its grade allows."""
    money: Money | None
    money_why: str
    """Why no amount is shown; '' where one is."""
    protocol: tuple[ProtocolRow, ...]
    chips: tuple[Chip, ...]
    claim: Claim
    first_seen: datetime
    """When it was found first."""
    status: str
    """SUPPORTED or NO_LONGER_SUPPORTED."""
    status_why: str = ""
    """What is different now, where it is no longer supported."""
    strikes: int = 0
    """Journeys with a bad visit: each can lose its next order once. Amounts are made of them."""
    months: float = 0.0
    """The time they were counted in."""
    who: tuple[SufferingGroup, ...] = ()
    """Groups of customers that suffer more often, the most often first; at most one in ten of them is expected to be false."""
    who_why: str = ""
    """Why no group is named; '' where one is."""

    @property
    def is_supported(self) -> bool:
        """Whether the latest computation found it."""
        return self.status == SUPPORTED


@dataclass(frozen=True)
class MomentOfTruth:
    """How much a touchpoint's experience moves the outcome of those it touches."""

    touchpoint: str
    touchpoint_name: str
    slope: float
    """Change of the share who buy within the window, for one point of score on ±100."""
    low: float
    high: float
    spread: float
    """Standard deviation of its scores."""
    reach: int
    """Customers it touches a month."""
    top_five: float
    """Probability of being one of the five that move most."""
    is_labelled: bool
    """Whether it may be called a moment of truth."""
    asymmetry: str
    """'hygiene', 'performance', 'delighter', or '' where that cannot be said."""


@dataclass(frozen=True)
class Pains:
    """Everything found in one computation, ranked by the amount we are 90 % sure of."""

    pains: tuple[Pain, ...]
    """Those supported first, ranked; then those no longer supported."""
    refusal: str
    """Why there is nothing to say at all, in a sentence; '' where there is something."""
    notes: tuple[str, ...]
    """What readers should know about the computation, in sentences."""
    total: Amount | None
    """What all firm pains cost together a month, by the joint model."""
    total_why: str
    currency: str
    assumptions: tuple[str, ...]
    """What amounts rest on, in sentences."""
    moments: tuple[MomentOfTruth, ...]
    moments_why: str
    scope: str
    visits: int
    customers: int
    looked_at: int
    """Pairs of a touchpoint and a symptom that were tested."""
    not_followed: int
    """Visits left out because fewer days than the window have passed since."""
    window_days: int
    data_until: datetime | None
    computed: datetime
    is_current: bool
    """Whether the data are as they were when this was computed."""
    drivers: tuple[SurveyDrivers, ...] = ()
    """Surveys that ask for an overall answer and for others beside it: what goes together with it. No effects."""
    drivers_why: str = ""
    """Why there is none; '' where there is one."""

    def named(self, id_: str) -> Pain:
        """The pain of an id. Raises UnknownPainError."""
        for each in self.pains:
            if each.id == id_:
                return each
        known = ", ".join(each.id for each in self.pains[:10])
        raise UnknownPainError(
            f"There is no pain point “{id_}”. " + (f"There are: {known}." if known else "None has been found so far.")
        )


@dataclass(frozen=True)
class TimelineEntry:
    """A visit in a twin's timeline."""

    days: float
    """From the visit that is compared; negative is before it."""
    time: datetime
    touchpoint: str
    touchpoint_name: str
    is_compared: bool
    is_bad: bool
    is_order: bool


@dataclass(frozen=True)
class TwinTimeline:
    """What one customer did around the visit that is compared."""

    customer: int
    time: datetime
    bought: bool
    """Within the window."""
    entries: tuple[TimelineEntry, ...]


@dataclass(frozen=True)
class Twins:
    """Two customers as alike as the facts before the visit tell: one had the symptom, the other had not. A picture only."""

    sufferer: TwinTimeline
    other: TwinTimeline
    chance: float
    """How likely a visit like these was to turn out bad, 0..1."""
