"""The planted company's customers: what is true of them, and what its files can tell of it. Arrays by customer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from touchline.world.planted.plan import SHARES
from touchline.world.planted.switches import Switches

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
Flags = NDArray[np.bool_]

SEGMENTS: Final = ("home", "office", "cafe", "gift")
LANGUAGES: Final = ("en", "de", "fr", "nl", "es")
REGIONS: Final = tuple(f"R{number:02d}" for number in range(1, 13))
DEVICES: Final = ("desktop", "mobile", "tablet")
ENTERS_WITHIN_DAYS: Final = 150.0
FAMILIES, KIOSK_USERS, PLACEHOLDERS = 0.04, 0.004, 0.004
"""Shares of customers who share a device at home, use the one at the tasting bar, or give no e-mail address of their own."""


@dataclass(frozen=True)
class People:
    """One entry per customer in every array."""

    loyalty: Floats
    """Standard normal; no file tells it."""
    hidden: Floats
    """What only the hidden confounder knows: 0 or 1."""
    novice: Flags
    """First order within the files."""
    past_orders: Whole
    past_spend: Floats
    """Euros spent before the story begins: a noisy sign of loyalty; 0 for novices."""
    standing: Floats
    """The logarithm of it, with mean 0 and deviation 1 among those who have any; −1 for novices."""
    archetype: Whole
    """Which of the four Markov chains leads this customer's journeys."""
    segment: Whole
    language: Whole
    region: Whole
    device: Whole
    enters: Floats
    """Day of the first contact."""
    mailboxes: Whole
    """1..3."""
    household: Whole
    """Number of the browser: the customer's own, or of whoever shares it."""
    at_kiosk: Flags
    no_mailbox: Flags
    """Types a placeholder where an address is asked for."""

    def __len__(self) -> int:
        return len(self.loyalty)


def make_people(rng: np.random.Generator, count: int, switches: Switches) -> People:
    """Invent `count` customers."""
    loyalty = rng.standard_normal(count)
    novice = (rng.random(count) < 1 / (1 + np.exp(1.2 + 0.4 * loyalty))) | switches.chains_only
    told = 0.75 * loyalty + 0.66 * rng.standard_normal(count)
    spend = np.where(novice, 0.0, np.round(np.exp(6.2 + 0.9 * told), 2))
    hidden = (rng.random(count) < 0.4).astype(np.float64) * switches.hidden_confounder
    household = np.arange(count)
    shares = np.flatnonzero((rng.random(count) < FAMILIES) & (not switches.chains_only))
    shares = shares[shares > 0]
    household[shares] = shares - 1
    return People(
        loyalty=loyalty,
        hidden=hidden,
        novice=novice,
        past_orders=np.where(novice, 0, 1 + rng.poisson(np.exp(0.6 + 0.3 * told - 0.8 * hidden))),
        past_spend=spend,
        standing=np.where(novice, -1.0, told),
        archetype=rng.choice(len(SHARES), count, p=SHARES),
        segment=_segments(rng, count, switches),
        language=rng.choice(len(LANGUAGES), count, p=[0.35, 0.3, 0.15, 0.1, 0.1]),
        region=rng.integers(len(REGIONS), size=count),
        device=rng.choice(len(DEVICES), count, p=[0.37, 0.56, 0.07]),
        enters=rng.uniform(0, ENTERS_WITHIN_DAYS, count),
        mailboxes=rng.choice([1, 2, 3], count, p=[0.7, 0.25, 0.05]),
        household=household,
        at_kiosk=(rng.random(count) < KIOSK_USERS) & (not switches.chains_only),
        no_mailbox=rng.random(count) < PLACEHOLDERS,
    )


def _segments(rng: np.random.Generator, count: int, switches: Switches) -> NDArray[Any]:
    if switches.no_segments:
        return np.zeros(count, dtype=np.int64)
    return rng.choice(len(SEGMENTS), count, p=[0.5, 0.2, 0.1, 0.2])
