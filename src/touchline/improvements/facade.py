"""What others may do with improvements: the backlog, the case for each, launches, verdicts and the ledger."""

from __future__ import annotations

from datetime import date

from touchline.engine.workspace import Workspace
from touchline.improvements.actions.keeping import add, assign, change, set_status
from touchline.improvements.actions.launching import Asked
from touchline.improvements.actions.launching import launch as launch_improvement
from touchline.improvements.outward import (
    BacklogLine,
    CaseResult,
    LedgerResult,
    VerdictResult,
    case_outward,
    ledger_outward,
    line_outward,
    verdict_outward,
)
from touchline.improvements.questions.backlog import Line, backlog_of
from touchline.improvements.questions.cases import case_of, proposal_for
from touchline.improvements.questions.kept import improvement, improvements, launch_of
from touchline.improvements.questions.ledgers import ledger_of
from touchline.improvements.questions.verdicts import verdict_of
from touchline.improvements.questions.weekly import places
from touchline.improvements.rules.case import Case, Evidence
from touchline.improvements.rules.improvement import STATUSES, Improvement, ImprovementError
from touchline.improvements.rules.launch import SCOPES, Launch, Wave
from touchline.improvements.rules.ledger import Ledger, LedgerRow
from touchline.improvements.rules.plan import MeasurementPlan, RungOffer
from touchline.improvements.rules.target import TARGET_KINDS, TargetMetric
from touchline.improvements.rules.verdict import Verdict, WeekLevel
from touchline.journeys.facade import refresh

__all__ = [
    "SCOPES",
    "STATUSES",
    "TARGET_KINDS",
    "Asked",
    "BacklogLine",
    "Case",
    "CaseResult",
    "Evidence",
    "Improvement",
    "ImprovementError",
    "Launch",
    "Ledger",
    "LedgerResult",
    "LedgerRow",
    "Line",
    "MeasurementPlan",
    "RungOffer",
    "TargetMetric",
    "Verdict",
    "VerdictResult",
    "Wave",
    "WeekLevel",
    "assign",
    "backlog",
    "case",
    "change",
    "improvement",
    "improvement_of_pain",
    "improvements",
    "launch",
    "launch_of",
    "ledger",
    "make_case",
    "places",
    "propose",
    "set_status",
    "told_backlog",
    "told_case",
    "told_ledger",
    "told_verdict",
    "verdict",
]


def backlog(workspace: Workspace) -> tuple[Line, ...]:
    """All improvements, those first that are open and promise most with 90 % certainty. Raises JourneyFileError."""
    refresh(workspace)
    return backlog_of(workspace)


def improvement_of_pain(workspace: Workspace, pain_id: str) -> Improvement | None:
    """The open improvement for a pain point, the latest where there are several; None where there is none."""
    found = [each for each in improvements(workspace) if each.pain_id == pain_id and each.is_open]
    return found[-1] if found else None


def propose(workspace: Workspace, pain_id: str) -> Improvement:
    """An improvement filled with what is known about a pain point; nothing is kept yet. Raises UnknownPainError."""
    return proposal_for(workspace, pain_id)


def make_case(workspace: Workspace, proposed: Improvement) -> Improvement:
    """Put an improvement on the backlog; it gets a number. Raises ImprovementError with a sentence."""
    return add(workspace, proposed)


def case(workspace: Workspace, number: int) -> Case:
    """The one page: what hurts, what it costs, what to do, how it will be measured. Raises ImprovementError."""
    refresh(workspace)
    return case_of(workspace, improvement(workspace, number))


def launch(workspace: Workspace, number: int, asked: Asked, today: date | None = None) -> Launch:
    """Say from when on whom the change reaches; fixes plan and promise. Further groups later are further waves.

    `today` is the day on which the plan is fixed; None: this one. Raises ImprovementError with a sentence.
    """
    refresh(workspace)
    return launch_improvement(workspace, number, asked, today)


def verdict(workspace: Workspace, number: int) -> Verdict:
    """What a launched improvement did; a sentence where that cannot be said. Raises ImprovementError."""
    refresh(workspace)
    return verdict_of(workspace, improvement(workspace, number))


def ledger(workspace: Workspace) -> Ledger:
    """Promised beside realised, for everything that was launched. Raises JourneyFileError."""
    refresh(workspace)
    return ledger_of(workspace)


def told_backlog(workspace: Workspace) -> tuple[BacklogLine, ...]:
    """The backlog for other programs."""
    return tuple(line_outward(line) for line in backlog(workspace))


def told_case(workspace: Workspace, number: int) -> CaseResult:
    """A case for other programs. Raises ImprovementError."""
    return case_outward(case(workspace, number))


def told_verdict(workspace: Workspace, number: int) -> VerdictResult:
    """A verdict for other programs. Raises ImprovementError."""
    return verdict_outward(verdict(workspace, number), launch_of(workspace, number))


def told_ledger(workspace: Workspace) -> LedgerResult:
    """The ledger for other programs."""
    return ledger_outward(ledger(workspace))
