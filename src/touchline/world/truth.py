"""What is planted: how customers feel at each touchpoint, and how often they go on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

END: Final = datetime(2026, 10, 31, tzinfo=UTC)
"""The last day of the company's files; fixed, so that the same seed writes the same bytes."""
DAYS: Final = 180
CHANGE_DAY: Final = 90
"""Feelings change here: payment gets worse, delivery better."""


@dataclass(frozen=True)
class Feeling:
    """Planted mean experience at one touchpoint, −100..+100, before and after the change day."""

    touchpoint: str
    """Name as the survey's hidden field carries it."""
    before: float
    after: float
    asked: float
    """Share of visits that answer."""


@dataclass(frozen=True)
class Trouble:
    """Something that goes wrong at a touchpoint: how often, how it feels, and whom it drives away."""

    touchpoint: str
    share: float
    """Of visits that it hits."""
    gap: float
    """Points by which those it hits feel worse than the others there; the mean of both is the planted feeling."""
    drives_away: float = 0.0
    """Share of regulars hit by it who never come back (of a declined payment: if they gave up then)."""


FEELINGS: Final = (
    Feeling("Home & landing page", 22, 22, 0.012),
    Feeling("Search results", 14, 14, 0.03),
    Feeling("Browse & filter", 8, 8, 0.014),
    Feeling("Product page", 44, 44, 0.014),
    Feeling("Size & fit help", -22, -22, 0.06),
    Feeling("Basket", 18, 18, 0.03),
    Feeling("Checkout", 4, 4, 0.03),
    Feeling("Payment", 12, -46, 0.16),
    Feeling("Delivery", -14, 34, 0.10),
)
SUPPORT_EXPERIENCE: Final = -18.0
"""Planted mean of the support survey (CES and CSAT)."""
RETURN_EXPERIENCE: Final = -34.0
REVIEW_EXPERIENCE: Final = 40.0
NPS_EXPERIENCE: Final = 38.0

ADDS_TO_BASKET: Final = 0.46
SEES_BASKET: Final = 0.90
CHECKS_OUT: Final = 0.70
ENTERS_PAYMENT: Final = 0.92
GIVES_UP_AFTER_DECLINE: Final = 0.45
ASKS_FOR_HELP: Final = 0.10
ASKS_FOR_HELP_WHEN_LATE: Final = 0.36
RETURNS: Final = 0.08
REVIEWS: Final = 0.14
ANSWERS_NPS: Final = 0.30
ANSWERS_SUPPORT_SURVEY: Final = 0.45
SUBSCRIBES: Final = 0.34
"""Probabilities of the story, each given the step before."""

DECLINED: Final = Trouble("Payment", share=0.14, gap=50, drives_away=0.35)
"""Costs the order it stopped, and regulars."""
LATE: Final = Trouble("Delivery", share=0.16, gap=50, drives_away=0.5)
"""Delivered after the day promised. Costs the next orders of regulars."""
STUCK_FILTER: Final = Trouble("Browse & filter", share=0.18, gap=40)
"""Loud and harmless: a filter that does not react is complained about and costs nothing."""

REGULARS_PER_CUSTOMER: Final = 0.1
"""Regulars who join the customers that were asked for."""
REGULARS_EVERY_DAYS: Final = 30.0
REGULARS_PAUSE_DAYS: Final = 12.0
"""Between two orders, on average and at least."""

SHORTEST_PROMISED_DAYS: Final = 3
LONGER_PROMISED_DAYS: Final = 3.0
LONGEST_PROMISED_DAYS: Final = 11
"""A delivery is promised for so many days after the order: the first at least, the second more on average, the third more at most."""
