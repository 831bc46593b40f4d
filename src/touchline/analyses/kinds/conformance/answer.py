"""What is found. Plain values; None is 'cannot say'."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Part:
    """A share with its Wilson interval, 95 %."""

    count: int
    of: int
    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Felt:
    """Mean experience score, −100 to +100, of the first answer each gave; its t interval, 95 %."""

    n: int
    value: float | None
    low: float | None
    high: float | None
    total: float
    squares: float


@dataclass(frozen=True)
class Difference:
    """Of two means, with Welch's interval."""

    value: float | None
    low: float | None
    high: float | None
    is_clear: bool
    """Among all differences listed at most 10 % are false findings (Benjamini–Hochberg)."""


@dataclass(frozen=True)
class Next:
    """What comes next."""

    touchpoint: str
    """Its name; '' where the journey ends."""
    share: Part


@dataclass(frozen=True)
class Deviation:
    """One way of leaving the plan."""

    kind: str
    """stopped, skipped, unplanned, repeated, back, early or late."""
    touchpoint: str
    """Name of the touchpoint; '' where a step is skipped or the journey stops."""
    before: str
    """The planned step before it; '' at the beginning."""
    after: str
    """The planned step after it; '' at the end."""
    words: str
    share: Part
    """Of those who could deviate here."""
    next: tuple[Next, ...]
    """Most frequent first."""
    completes: Part
    """Those who deviate: how many reach the last step that is not optional. Empty where that is certain either way."""
    others_complete: Part
    felt: Felt
    """At the deviation or after it."""
    others_felt: Felt
    """The same of those who could have deviated and did not."""
    difference: Difference
    """Felt: deviants minus others."""


@dataclass(frozen=True)
class Step:
    """A step of the plan."""

    name: str
    optional: bool
    repeatable: bool
    done: int
    """People who met it in its order."""
    skipped: Part
    """Left out, of those who got further; empty for an optional step."""
    stopped: Part
    """Got no further though something was still planned, of those who met it."""


@dataclass(frozen=True)
class Compared:
    """Journeys compared with the plan. People are units: customers, accounts or cases."""

    unit: str
    people: int
    """With at least one journey that is compared."""
    journeys: int
    """Begun in the period, over, and with at least one visit that is not of those allowed at any time."""
    not_over: int
    """Journeys begun in the period and left out, because they may go on."""
    set_aside: int
    """Journeys left out: only visits that are allowed at any time."""
    fitness: float | None
    """Mean over people, 0 to 1, with its t interval, 95 %."""
    fitness_low: float | None
    fitness_high: float | None
    fitness_total: float
    fitness_squares: float
    as_planned: Part
    """People without any deviation."""
    steps: tuple[Step, ...]
    deviations: tuple[Deviation, ...]
    """Those that most people show first."""
    found: int
    """Deviations there are, listed or not."""
    unseen: tuple[str, ...]
    """Planned steps that never occur in the data: left out."""
    by_stages: bool
    """No order is planned: the order of the stages stood in."""
    variants: int
    """Different courses of planned and unplanned steps."""
