"""The verdict: what a launched improvement did, as far as its design can tell."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from touchline.formulas.check import Check
from touchline.formulas.evidence_grade import EvidenceGrade
from touchline.formulas.money_at_stake import Amount

OUTCOMES: Final = {
    "works": "It works",
    "harms": "It does harm",
    "not shown": "No effect was shown",
    "too early": "Too early to read",
    "cannot say": "Cannot be said",
}

WEEKS_A_MONTH: Final = 365.25 / 12 / 7


@dataclass(frozen=True)
class WeekLevel:
    """The target metric of one week, of those with the change and those without."""

    week: date
    """First day."""
    with_change: float | None
    without: float | None
    n: int
    """Visits or answers counted in that week."""


@dataclass(frozen=True)
class Verdict:
    """What is said of one improvement on one day."""

    improvement: int
    outcome: str
    """Key of OUTCOMES."""
    sentence: str
    """The answer, or why there is none, in plain English."""
    read: datetime
    metric: str = ""
    """What was read, in words; '' where nothing was."""
    unit: str = ""
    """'share', 'points' or 'money'."""
    method: str = ""
    """How it was read, in words; '' where nothing was read."""
    effect: float | None = None
    """Change of the target metric, on its scale; positive is up."""
    low: float | None = None
    high: float | None = None
    """95 % interval."""
    any_time_low: float | None = None
    any_time_high: float | None = None
    """The interval that holds however often somebody looks; experiments only."""
    n: int = 0
    """Visits, answers or customers the reading rests on."""
    grade: EvidenceGrade | None = None
    checks: tuple[Check, ...] = ()
    weeks: tuple[WeekLevel, ...] = ()
    realised: Amount | None = None
    """Money a month within the launched scope; None where none may be shown."""
    money_sentence: str = ""
    """What the money is, or why there is none."""
    currency: str = ""
    money_is_lead: bool = False
    """Whether the amount leans on an association besides what was measured: a range only then, whatever the grade."""

    @property
    def heading(self) -> str:
        """The outcome, for the user."""
        return OUTCOMES[self.outcome]

    @property
    def is_read(self) -> bool:
        """Whether there is an effect with an interval."""
        return self.effect is not None

    @property
    def money_may_be_summed(self) -> bool:
        """Whether the amount may be shown as one and enter sums; otherwise it is a range only."""
        return self.grade is not None and self.grade.may_be_summed and not self.money_is_lead
