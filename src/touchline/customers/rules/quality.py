"""How good identities are: what is said of them, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from touchline.formulas.identity_error import OverallError
from touchline.formulas.mean import Mean
from touchline.formulas.proportion import Proportion

SIZE_BANDS = ((1, 1), (2, 2), (3, 3), (4, 5), (6, 10), (11, 25), (26, 100), (101, None))
"""Identifiers of one customer."""

SAME, DIFFERENT, UNKNOWN = "same", "different", "unknown"
JUDGEMENTS = {SAME: "Same person", DIFFERENT: "Not the same", UNKNOWN: "Cannot say"}
"""What can be said of a pair. Keys are stored."""


class QualityError(Exception):
    """Something that was asked about identities does not exist; the message is a sentence for the user."""


@dataclass(frozen=True)
class SizeBand:
    """Customers by how many identifiers they have."""

    low: int
    high: int | None
    """None: no end."""
    customers: int

    @property
    def label(self) -> str:
        """The band in words, e.g. '4–5'."""
        if self.high is None:
            return f"{self.low} or more"
        return str(self.low) if self.high == self.low else f"{self.low}–{self.high}"


@dataclass(frozen=True)
class LargeCustomer:
    """A customer over an alarm size."""

    customer: int
    called: str
    """The clearest identifier."""
    names: int
    """User ids, mailboxes, phones and customer numbers."""
    browsers: int
    orders: int
    """Orders and cases."""


@dataclass(frozen=True)
class Canary:
    """A customer with several values of something a person has one of."""

    customer: int
    called: str
    type: str
    """Type of the identifier, or name of the fact, that there are several of."""
    values: tuple[str, ...]
    rules: tuple[str, ...]
    """By which the customer's identifiers were joined, e.g. 'email and phone'."""


@dataclass(frozen=True)
class RefusedCount:
    """Identifiers of one type that one guard kept from joining people."""

    guard: str
    tells: str
    type: str
    identifiers: int


@dataclass(frozen=True)
class RefusedIdentifier:
    """One of them."""

    number: int
    type: str
    value: str
    guard: str
    linked_to: int
    """Identifiers that it stood on a row with."""
    customer: int | None
    """None: it names nobody."""


@dataclass(frozen=True)
class PairEnd:
    """One of two identifiers that were joined, and what is known under it alone."""

    number: int
    type: str
    value: str
    events: int
    first_seen: datetime | None
    last_seen: datetime | None
    sources: tuple[str, ...]
    devices: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Via:
    """A link that put a pair together; undo it with `undo_link(a, b)`."""

    a: int
    b: int
    a_value: str
    b_value: str
    reason: str
    source: str
    time: datetime
    active: bool


@dataclass(frozen=True)
class SampledPair:
    """Two identifiers of one customer, drawn at random for somebody to judge."""

    key: str
    """Names the pair within its month; the same on every machine."""
    rule: str
    customer: int
    a: PairEnd
    b: PairEnd
    links: tuple[Via, ...]
    judgement: str | None
    """SAME, DIFFERENT or UNKNOWN; None: nobody judged it yet."""


@dataclass(frozen=True)
class AuditedRule:
    """What the audit found about one rule of joining, over all months."""

    rule: str
    pairs: int
    """Joined by it today."""
    same: int
    different: int
    unknown: int
    error: Proportion


@dataclass(frozen=True)
class AuditedMonth:
    """How much was judged in a month, and how much was wrong."""

    month: str
    error: Proportion


@dataclass(frozen=True)
class Audit:
    """The audit of joins: its queue of this month and what all months found."""

    month: str
    """'2026-03'"""
    sampled: int
    judged: int
    """Of this month's sample, 'cannot say' included."""
    rules: tuple[AuditedRule, ...]
    overall: OverallError
    months: tuple[AuditedMonth, ...]
    """The latest first."""


@dataclass(frozen=True)
class Figure:
    """A number with its 95 % interval and what it rests on."""

    unit: str
    """'count', 'share' or 'mean'."""
    value: float | None
    """None: cannot say, of too few."""
    low: float | None
    """None for counts, which have no interval."""
    high: float | None
    n: int
    """Customers, or answers, that it is the share or mean of; for a count, the count."""


@dataclass(frozen=True)
class Headline:
    """A number as it is, and as it would be if only rows with two strong identifiers joined people."""

    name: str
    tells: str
    now: Figure
    strong_only: Figure


@dataclass(frozen=True)
class IdentityQuality:
    """Everything the page on identity quality shows."""

    customers: int
    identifiers: int
    links: int
    undone: int
    """Pairs of identifiers whose link is switched off."""
    sizes: tuple[SizeBand, ...]
    alarms: tuple[LargeCustomer, ...]
    """The largest."""
    alarms_total: int
    canaries: tuple[Canary, ...]
    canaries_total: int
    canaries_by_rule: tuple[tuple[str, int], ...]
    refused: tuple[RefusedCount, ...]
    refused_examples: tuple[RefusedIdentifier, ...]
    """Those that were linked most."""
    audit: Audit
    headlines: tuple[Headline, ...]


def size_bands(customers_of_size: dict[int, int]) -> tuple[SizeBand, ...]:
    """Fold how many customers have how many identifiers into bands."""
    return tuple(
        SizeBand(low, high, sum(n for size, n in customers_of_size.items() if low <= size <= (high or size)))
        for low, high in SIZE_BANDS
    )


def count_figure(count: int) -> Figure:
    """A count."""
    return Figure("count", count, None, None, count)


def share_figure(share: Proportion) -> Figure:
    """A share, 0..1."""
    return Figure("share", share.value, share.low, share.high, share.of)


def mean_figure(mean: Mean) -> Figure:
    """A mean."""
    return Figure("mean", mean.value, mean.low, mean.high, mean.n)
