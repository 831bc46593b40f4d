"""The vocabulary: names of events, channels, devices, identifiers and score scales. docs/reference/events.md is its page.

Where Segment has a name we use it (E-commerce v2, e-mail, live chat, B2B). Where none exists (survey, case, review,
loyalty, accessibility) the name is ours.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

CHANNELS: Final = (
    "web", "app", "email", "chat", "phone", "store", "delivery", "social", "review", "sms", "push", "bot", "other",
)  # fmt: skip
"""Positions are stored in visits.channel: append only."""

DEVICES: Final = ("unknown", "desktop", "mobile", "tablet")
"""Positions are stored in visits.device: append only."""

IDENTIFIER_TYPES: Final = ("user_id", "email", "phone", "external_id", "order_id", "case_id", "anonymous_id")
"""From strongest to weakest: the first one present becomes the event's `who`; the others are linked to it."""

OBJECT_TYPES: Final = ("order", "case", "account", "product", "campaign", "survey", "review")


@dataclass(frozen=True)
class Scale:
    """How a metric's answers are read: the ends that become −100 and +100."""

    metric: str
    low: float
    high: float


SCALES: Final = {
    "nps": Scale("nps", 0, 10),
    "csat": Scale("csat", 1, 5),
    "ces": Scale("ces", 1, 7),
    "stars": Scale("stars", 1, 5),
    "rating": Scale("rating", 0, 10),
}


@dataclass(frozen=True)
class EventName:
    """One name of the vocabulary."""

    name: str
    group: str
    tells: str
    """One sentence for the reference page."""
    origin: str
    """'segment' or 'touchline'."""
