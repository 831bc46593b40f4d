"""Strategy as other programs get it: plain figures and texts, the same from Python and from the JSON API."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from touchline.formulas.cannot_say import CannotSay
from touchline.formulas.money_at_stake import Amount
from touchline.formulas.value_for_effort import Priority
from touchline.strategy.questions.gaps import Register, RegisterLine
from touchline.strategy.questions.proposals import ProposalLine
from touchline.strategy.questions.review import Review
from touchline.strategy.rules.answers import Answer, Area, counts
from touchline.strategy.rules.roadmap import QuarterPlan, Roadmap, Task
from touchline.strategy.rules.scorecard import Scorecard
from touchline.strategy.rules.snapshot import Moved


@dataclass(frozen=True)
class QuestionResult:
    """One question of the audit."""

    id: str
    text: str
    answer: str
    """'not at all', 'partly', 'mostly', 'fully', 'does not apply'; '' where it is not answered."""
    note: str
    who: str
    given: date | None


@dataclass(frozen=True)
class AreaResult:
    """Questions that belong together."""

    name: str
    title: str
    is_lens: bool
    limits: str
    """What a lens cannot tell; '' for our own areas."""
    source: str
    counted: str
    """Answers counted, in words."""
    questions: tuple[QuestionResult, ...]


@dataclass(frozen=True)
class AuditResult:
    """Scorecard and answers."""

    scorecard: Scorecard
    target: float | None
    """Experience score that every touchpoint is to reach."""
    areas: tuple[AreaResult, ...]


@dataclass(frozen=True)
class GapResult:
    """One gap."""

    number: int | None
    """None: proposed by the data, nobody has decided."""
    evidence: str
    place: str
    what_is: str
    should_be: str
    owner: str
    improvement: int | None
    state: str
    """'proposed', 'kept', 'closed' or 'dismissed'."""
    is_supported: bool | None
    """Whether its evidence still says so; None where none is linked."""
    evidence_now: str
    """What the evidence says now."""
    reason: str
    opened: date | None
    ended: date | None


@dataclass(frozen=True)
class GapsResult:
    """The register of gaps."""

    gaps: tuple[GapResult, ...]
    why: str
    """What is missing for more of them to be proposed."""


@dataclass(frozen=True)
class ProposalResult:
    """An improvement with its place."""

    improvement: int
    title: str
    grade: str
    promised_a_month: float | None
    currency: str
    effort_days: float | None
    confidence: float | None
    score: float | None
    """Promised a month for each day of work, its evidence allowed for: median."""
    low: float | None
    high: float | None
    """80 % interval."""
    place: int | None
    first_place: int | None
    last_place: int | None
    """Between which places it lies in eight draws of ten."""
    among_first: float | None
    """Share of draws in which it is among the first three."""
    why: str
    """Why it has no place; '' where it has one."""


@dataclass(frozen=True)
class ProposalsResult:
    """In the order in which they should be done."""

    proposals: tuple[ProposalResult, ...]


@dataclass(frozen=True)
class QuarterResult:
    """What is meant to be done in a quarter."""

    quarter: str
    planned_days: float
    available_days: float | None
    is_overloaded: bool
    sentence: str
    improvements: tuple[Task, ...]


@dataclass(frozen=True)
class RoadmapResult:
    """Quarters in order."""

    quarters: tuple[QuarterResult, ...]
    unplaced: tuple[Task, ...]


@dataclass(frozen=True)
class DecisionResult:
    """What was decided."""

    text: str
    who: str
    day: date


@dataclass(frozen=True)
class ReviewResult:
    """The review of a quarter; improvements and gaps by their numbers."""

    quarter: str
    launched: tuple[int, ...]
    read: tuple[int, ...]
    due: tuple[int, ...]
    overdue: tuple[int, ...]
    gaps_opened: tuple[int, ...]
    gaps_closed: tuple[int, ...]
    compared_with_audit: int | None
    moved: tuple[Moved, ...]
    moved_why: str
    answers_moved: tuple[str, ...]
    decisions: tuple[DecisionResult, ...]


@dataclass(frozen=True)
class StrategyResult:
    """The chain from the audit to the roadmap."""

    audit: AuditResult
    gaps: GapsResult
    proposals: ProposalsResult
    roadmap: RoadmapResult


def audit_outward(
    card: Scorecard, areas: Iterable[Area], answers: Iterable[Answer], target: float | None
) -> AuditResult:
    """The audit."""
    given = {each.question: each for each in answers}
    return AuditResult(card, target, tuple(_area(area, given) for area in areas))


def gaps_outward(found: Register) -> GapsResult:
    """The register: open gaps, those proposed, those that ended."""
    proposed = (
        GapResult(
            None,
            each.evidence,
            each.place,
            each.what_is,
            each.should_be,
            "",
            None,
            "proposed",
            True,
            each.what_is,
            "",
            None,
            None,
        )
        for each in found.proposed
    )
    return GapsResult((*map(_gap, found.kept), *proposed, *map(_gap, found.ended)), found.why)


def proposals_outward(lines: Iterable[ProposalLine]) -> ProposalsResult:
    """The order of proposals."""
    return ProposalsResult(tuple(_proposal(each) for each in lines))


def roadmap_outward(found: Roadmap) -> RoadmapResult:
    """The roadmap."""
    return RoadmapResult(tuple(_quarter(each) for each in found.quarters), found.unplaced)


def review_outward(found: Review) -> ReviewResult:
    """The review of a quarter."""
    return ReviewResult(
        quarter=str(found.quarter),
        launched=tuple(row.improvement.number for row in found.launched),
        read=tuple(row.improvement.number for row in found.read),
        due=tuple(each.number for each in found.due),
        overdue=tuple(each.number for each in found.overdue),
        gaps_opened=tuple(line.gap.number for line in found.opened),
        gaps_closed=tuple(line.gap.number for line in found.ended),
        compared_with_audit=found.then.number if found.then else None,
        moved=found.moved,
        moved_why=found.moved_why,
        answers_moved=found.answers_moved,
        decisions=tuple(DecisionResult(each.text, each.who, each.day) for each in found.decisions),
    )


def _area(area: Area, given: dict[str, Answer]) -> AreaResult:
    return AreaResult(
        area.name,
        area.title,
        area.is_lens,
        area.limits,
        area.source,
        counts(area, given.values()).words,
        tuple(_question(each.id, each.text, given.get(each.id)) for each in area.questions),
    )


def _question(id_: str, text: str, answer: Answer | None) -> QuestionResult:
    if answer is None:
        return QuestionResult(id_, text, "", "", "", None)
    return QuestionResult(id_, text, answer.answer, answer.note, answer.who, answer.given.date())


def _gap(line: RegisterLine) -> GapResult:
    gap = line.gap
    return GapResult(
        gap.number,
        gap.evidence,
        gap.place,
        gap.what_is,
        gap.should_be,
        gap.owner,
        line.improvement.number if line.improvement else None,
        gap.state,
        line.standing.is_supported,
        line.standing.sentence,
        gap.reason,
        gap.opened,
        gap.ended,
    )


def _proposal(line: ProposalLine) -> ProposalResult:
    found = line.priority if isinstance(line.priority, Priority) else None
    return ProposalResult(
        improvement=line.improvement.number,
        title=line.improvement.title,
        grade=line.grade,
        promised_a_month=line.value_a_month.median if isinstance(line.value_a_month, Amount) else None,
        currency=line.currency,
        effort_days=line.improvement.effort_days,
        confidence=found.confidence if found else None,
        score=found.score if found else None,
        low=found.low if found else None,
        high=found.high if found else None,
        place=found.place if found else None,
        first_place=found.first_place if found else None,
        last_place=found.last_place if found else None,
        among_first=found.among_first if found else None,
        why=line.priority.sentence if isinstance(line.priority, CannotSay) else "",
    )


def _quarter(plan: QuarterPlan) -> QuarterResult:
    return QuarterResult(
        str(plan.quarter), plan.planned_days, plan.available_days, plan.is_overloaded, plan.sentence, plan.tasks
    )
