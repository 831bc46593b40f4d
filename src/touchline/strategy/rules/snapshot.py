"""A closed audit: scorecard and answers as they were, so that later reviews can compare."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class KeptScore:
    """One touchpoint as it was."""

    touchpoint: str
    name: str
    customers: int
    value: float | None
    """Experience score; None where it could not be said."""
    low: float | None
    high: float | None
    answers: int


@dataclass(frozen=True)
class Snapshot:
    """What a closed audit keeps."""

    start: date | None
    """First day of the data it measured; None where there were none."""
    end: date | None
    scores: tuple[KeptScore, ...]
    answers: dict[str, str]
    """Question → answer."""
    target: float | None = None


@dataclass(frozen=True)
class ClosedAudit:
    """A snapshot with its day."""

    number: int
    closed: datetime
    who: str
    note: str
    snapshot: Snapshot


@dataclass(frozen=True)
class Moved:
    """A touchpoint then, and in the days since."""

    touchpoint: str
    name: str
    then: str
    """Experience with interval and n as it was kept; why there is none."""
    since: str
    """The same of the days since."""
    sentence: str
    """What may be said of the change: a rise, a fall, noise, or why nothing."""


def moved_sentence(change: float | None, is_noise: bool) -> str:
    """What may be said of a change of the raw mean."""
    if change is None:
        return "Cannot be said: five answers are needed then and since."
    size = f"{abs(change):.0f} points"
    if is_noise:
        return f"Within the noise ({'+' if change >= 0 else '−'}{size})."
    return f"Rose by {size}." if change > 0 else f"Fell by {size}."
