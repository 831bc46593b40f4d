"""Pain points on a journey map: filled in by touchline.overview from what touchline.pains has computed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class AmountAtStake:
    """Money lost in a month, with its 80 % interval."""

    median: float
    """Half of all draws lie above it."""
    low: float
    """The amount we are 90 % sure of, by which pains are ranked; below zero: not sure that there is any."""
    high: float
    """Upper end of the interval."""
    currency: str
    """As the orders give it; empty where they give none."""


@dataclass(frozen=True)
class PainEvidence:
    """One figure that speaks for a pain, in a few words."""

    text: str
    """Such as '214 answers'."""
    n: int
    """Customers, visits or answers it rests on."""


@dataclass(frozen=True)
class MapPain:
    """One pain point: something bad that keeps happening at a touchpoint."""

    id: str
    """The same whenever it is computed anew."""
    touchpoint_id: str
    """Where it happens."""
    name: str
    """What happens, in a few words."""
    customers: int
    """Different customers whom it hit."""
    visits: int
    """Visits here that went bad in this way."""
    of_visits: int
    """Visits here in all."""
    at_stake: AmountAtStake | None
    """None where no amount may be shown; the reason is in `why_no_amount`."""
    counts_in_total: bool
    """Whether its amount is part of the total: grades A to C, while the data support it."""
    why_no_amount: str
    """A sentence; empty where there is an amount."""
    grade: str
    """Of evidence, A to E."""
    evidence: tuple[PainEvidence, ...]
    """The most telling first."""
    status: str
    """'supported' or 'no longer supported' by the data as they are now."""
    is_no_loss: bool = False
    """Whether what it costs was estimated and no loss can be seen: there is no amount since nothing is at stake."""


@dataclass(frozen=True)
class MomentHere:
    """A moment of truth: a touchpoint where how it feels moves what customers do."""

    touchpoint_id: str
    """Where it is."""
    top_five: float
    """Probability, 0..1, of being one of the five touchpoints that move most; above 0.8."""
    asymmetry: str
    """'hygiene' (bad costs, good gains nothing), 'performance', 'delighter', or '' where that cannot be said."""


@dataclass(frozen=True)
class MapPains:
    """The pain points of a journey, whatever the scope of the map they stand on."""

    pains: tuple[MapPain, ...]
    """In the order in which to act: by the amount we are 90 % sure of."""
    at_stake: AmountAtStake | None
    """All of them together, from the joint model: pains overlap, so it is no sum."""
    why_no_total: str
    """A sentence; empty where there is a total."""
    about: str
    """Whom and which days the pains are about, and when they were computed, in one sentence."""
    computed: datetime
    """When, UTC."""
    moments: tuple[MomentHere, ...] = ()
    """Moments of truth, those first that move most."""
