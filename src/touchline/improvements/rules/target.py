"""The target metric of an improvement: what is to move, and which way is better."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

PURCHASE_DAYS: Final = 14
"""A purchase counts for a visit when it comes within so many days; weeks whose visits were not followed so long are not read."""


@dataclass(frozen=True)
class TargetKind:
    """One kind of target metric."""

    name: str
    """As in addresses and files."""
    words: str
    """With a place for the touchpoint's name."""
    unit: str
    """'share' (0..1) or 'points' of the experience score (−100..+100)."""
    is_better_up: bool
    follow_up_days: int = 0
    """How long a visit must have been followed before it can be counted."""


TARGET_KINDS: Final = {
    kind.name: kind
    for kind in (
        TargetKind("bad-visits", "Share of bad visits to {touchpoint}", "share", is_better_up=False),
        TargetKind("experience", "Experience score of {touchpoint}", "points", is_better_up=True),
        TargetKind(
            "purchase",
            f"Share of visits to {{touchpoint}} with a purchase within {PURCHASE_DAYS} days",
            "share",
            is_better_up=True,
            follow_up_days=PURCHASE_DAYS,
        ),
    )
}


@dataclass(frozen=True)
class TargetMetric:
    """A kind of metric at a touchpoint."""

    kind: str
    """Key of TARGET_KINDS."""
    touchpoint_id: str
    touchpoint_name: str
    pain_id: str = ""
    """For bad visits: the pain whose symptom makes a visit bad."""

    @property
    def words(self) -> str:
        """What is measured, for the user."""
        return self._kind.words.format(touchpoint=self.touchpoint_name)

    @property
    def unit(self) -> str:
        """'share' or 'points'."""
        return self._kind.unit

    @property
    def is_better_up(self) -> bool:
        """Whether a rise is what is wanted."""
        return self._kind.is_better_up

    @property
    def follow_up_days(self) -> int:
        """How long a visit must have been followed before it can be counted."""
        return self._kind.follow_up_days

    @property
    def _kind(self) -> TargetKind:
        return TARGET_KINDS[self.kind]


def change_words(change: float, unit: str) -> str:
    """A change of a metric with its sign: '−4.2 percentage points', '+6 points'."""
    sign = "+" if change > 0 else "−" if change < 0 else "±"
    scale, name = _SCALES[unit]
    return f"{sign}{abs(change) * scale:.{_digits(change * scale)}f}{name}"


def interval_words(low: float, high: float, unit: str) -> str:
    """Both ends of a change, its unit named once: '+15.8 to +25.7 points'."""
    scale, name = _SCALES[unit]
    digits = _digits(max(abs(low), abs(high)) * scale)
    ends = (f"{each * scale:+.{digits}f}".replace("-", "−") for each in (low, high))
    return f"{' to '.join(ends)}{name}"


def level_words(level: float, unit: str) -> str:
    """A level of a metric: '18.2 %', '−24'."""
    if unit == "share":
        return f"{level * 100:.1f}%"
    return f"{level:+.0f}".replace("-", "−")


_SCALES: Final = {"share": (100, " percentage points"), "points": (1, " points"), "money": (1, " a customer")}


def _digits(size: float) -> int:
    return 1 if abs(size) >= 0.1 else 2
