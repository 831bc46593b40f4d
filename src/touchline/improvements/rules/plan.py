"""The measurement plan: fixed before a change goes live, so that nobody chooses afterwards how it is judged."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date
from typing import Final

EXPERIMENT: Final = "experiment"
ROLL_OUT: Final = "roll-out"
SYNTHETIC: Final = "synthetic-control"
SERIES: Final = "interrupted-series"
BEFORE_AFTER: Final = "before-after"

RUNGS: Final = {
    EXPERIMENT: "A/B test",
    ROLL_OUT: "Staggered roll-out",
    SYNTHETIC: "Synthetic control",
    SERIES: "Interrupted series",
    BEFORE_AFTER: "Before and after",
}
"""Ways to measure a change, the most certain first."""
BEST_GRADE: Final = {EXPERIMENT: "A", ROLL_OUT: "B", SYNTHETIC: "B", SERIES: "B", BEFORE_AFTER: "D"}
"""The best evidence grade each rung can earn, when all its checks pass."""


@dataclass(frozen=True)
class RungOffer:
    """What one rung could tell about this improvement, with the data there are."""

    rung: str
    is_available: bool
    why: str
    """What it would take, or why it is out of reach: a sentence."""
    smallest_effect: float | None = None
    """The smallest change it finds in four of five cases, on the target's scale; None: cannot be said."""
    weeks: int | None = None
    """After launch, to see that or the expected change."""

    @property
    def name(self) -> str:
        """For the user."""
        return RUNGS[self.rung]

    @property
    def best_grade(self) -> str:
        """Letter of the grade it can earn."""
        return BEST_GRADE[self.rung]


@dataclass(frozen=True)
class MeasurementPlan:
    """How a change will be measured."""

    rung: str
    target: str
    """The target metric in words."""
    unit: str
    baseline: float | None
    """Level of the target before, on its scale; None: no data yet."""
    smallest_effect: float | None
    expected_effect: float | None
    """What is hoped for, on the target's scale; None: nobody said."""
    weeks: int
    """Whole weeks after launch until the reading."""
    decision_rule: str
    certainty_lost: str
    """What is lost if nobody is held back."""
    offers: tuple[RungOffer, ...] = ()
    read_on: date | None = None
    """Day of the reading; None before launch."""

    @property
    def name(self) -> str:
        """The rung, for the user."""
        return RUNGS[self.rung]

    @property
    def can_see_what_is_expected(self) -> bool | None:
        """Whether the expected change is large enough to be found; None: cannot be said."""
        if self.smallest_effect is None or self.expected_effect is None:
            return None
        return abs(self.expected_effect) >= self.smallest_effect


def plan_digest(plan: MeasurementPlan, launched: date, scope: str) -> str:
    """What changes when anything of a fixed plan does: SHA-256 of its parts, the day and the scope, as 64 letters."""
    fixed = json.dumps(
        {"plan": asdict(plan), "launched": launched.isoformat(), "scope": scope}, sort_keys=True, default=str
    )
    return hashlib.sha256(fixed.encode()).hexdigest()
