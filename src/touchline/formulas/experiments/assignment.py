"""Who gets which arm of an experiment: from the customer's id alone, so that every page and every server says the same.

SHA-256 of salt and id gives one of 10,000 buckets; arms hold buckets in order. The browser SDK does the same sum
(browser/variants.ts). A salt of its own for each experiment keeps arms of different experiments independent.

Source: Kohavi, Tang and Xu 2020, Trustworthy Online Controlled Experiments, chapter 4; a hash that passes such tests of
independence: Kohavi et al. 2009, Data Mining and Knowledge Discovery 18:140, section 4.1.2.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import Final

BUCKETS: Final = 10_000


def bucket_of(salt: str, unit: str) -> int:
    """Return the bucket, 0 to 9,999, of a customer's id."""
    return int.from_bytes(sha256(f"{salt}{unit}".encode()).digest()[:4], "little") % BUCKETS


def arm_of(salt: str, arms: Sequence[tuple[str, int]], unit: str) -> str | None:
    """Return the arm of a customer's id; None: not in the experiment.

    `arms` are names with the first bucket beyond each, in rising order; buckets beyond the last are in no arm.
    """
    bucket = bucket_of(salt, unit)
    return next((name for name, beyond in arms if bucket < beyond), None)
