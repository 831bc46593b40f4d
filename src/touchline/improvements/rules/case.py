"""The case for a change: one page that says what hurts, what it costs, what to do and how that will be measured."""

from __future__ import annotations

from dataclasses import dataclass

from touchline.formulas.cannot_say import CannotSay
from touchline.formulas.evidence_grade import EvidenceGrade
from touchline.formulas.money_at_stake import Amount
from touchline.formulas.worth_fixing import WorthFixing
from touchline.improvements.rules.improvement import Improvement
from touchline.improvements.rules.launch import Launch
from touchline.improvements.rules.plan import MeasurementPlan
from touchline.improvements.rules.verdict import Verdict


@dataclass(frozen=True)
class Evidence:
    """One thing that is known, as a sentence, with where its rows can be opened."""

    sentence: str
    link: str = ""
    """Address on the site; '' where there is nothing to open."""
    n: int | None = None


@dataclass(frozen=True)
class Case:
    """Everything the one page says, computed from the latest data."""

    improvement: Improvement
    headline: str
    current_state: tuple[Evidence, ...]
    """How many, how bad, what it costs."""
    quotes: tuple[str, ...]
    """What customers said, personal data masked."""
    grade: EvidenceGrade | None
    loss_a_month: Amount | CannotSay
    is_firm: bool
    """Whether the grade lets the loss be shown as an amount; otherwise it is a greyed range that leads to no sum."""
    promised_a_month: Amount | CannotSay
    """The loss times the share that the fix is expected to take away."""
    worth: WorthFixing | CannotSay
    currency: str
    assumptions: tuple[str, ...]
    """What amounts rest on, one sentence each."""
    plan: MeasurementPlan | CannotSay
    """The one fixed at launch, once there is one."""
    launch: Launch | None
    verdict: Verdict | None
    data_until: str
