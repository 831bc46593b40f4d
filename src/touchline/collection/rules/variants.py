"""Variants of a running experiment, as pages and servers are offered them.

Arms never change while they are on offer: a customer would change arms with them.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import Final

EXPOSED: Final = "Experiment Viewed"
"""The event that says who met which arm, with Segment's names of its properties."""


@dataclass(frozen=True)
class VariantOffer:
    """The arms of one running experiment."""

    experiment: str
    """The name that pages and servers ask by."""
    salt: str
    """Sixteen hexadecimal digits of its own."""
    arms: tuple[tuple[str, int], ...]
    """Each with the first bucket beyond it; see formulas/experiments/assignment.py."""


def message_id_of(experiment: str, unit: str) -> str:
    """Return the id of the event that tells of an exposure: asked again, a server tells the same event again."""
    return f"exposure-{sha256(f'{experiment} {unit}'.encode()).hexdigest()[:40]}"
