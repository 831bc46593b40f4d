"""Who gets which variant of an experiment: from the customer's id alone, so that every page and every server says the same.

SHA-256 of salt and id gives one of 10,000 buckets; arms hold buckets in order. The browser SDK does the same sum
(browser/variants.ts). Arms never change while they are on offer: a customer would change arms with them.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import Final

BUCKETS: Final = 10_000
EXPOSED: Final = "Experiment Viewed"
"""The event that says who met which arm, with Segment's names of its properties."""


@dataclass(frozen=True)
class VariantOffer:
    """The arms of one running experiment."""

    experiment: str
    """The name that pages and servers ask by."""
    salt: str
    """Sixteen hexadecimal digits of its own: being in one arm here says nothing about the arm elsewhere."""
    arms: tuple[tuple[str, int], ...]
    """Each with the first bucket beyond it; buckets beyond the last arm are not in the experiment."""


def bucket_of(salt: str, unit: str) -> int:
    """Return the bucket, 0 to 9,999, of a customer's id."""
    return int.from_bytes(sha256(f"{salt}{unit}".encode()).digest()[:4], "little") % BUCKETS


def arm_of(offer: VariantOffer, unit: str) -> str | None:
    """Return the arm of a customer's id; None: not in the experiment."""
    bucket = bucket_of(offer.salt, unit)
    return next((name for name, beyond in offer.arms if bucket < beyond), None)


def message_id_of(experiment: str, unit: str) -> str:
    """Return the id of the event that tells of an exposure: asked again, a server tells the same event again."""
    return f"exposure-{sha256(f'{experiment} {unit}'.encode()).hexdigest()[:40]}"
