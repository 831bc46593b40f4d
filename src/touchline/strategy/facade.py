"""What others may do with strategy: audit, inventory, gaps, proposals, roadmap, quarterly review and board pack."""

from __future__ import annotations

from datetime import UTC, date, datetime

from touchline.documents.facade import Document
from touchline.engine.workspace import Workspace
from touchline.journeys.facade import refresh
from touchline.strategy.actions.auditing import answer, close_audit, set_target, switch_lens
from touchline.strategy.actions.planning import place, write_decision
from touchline.strategy.actions.registering import add_gap, change_gap, decide
from touchline.strategy.actions.stocking import add_resource, change_resource, import_resources, remove_resource
from touchline.strategy.lenses.catalogue import all_lenses
from touchline.strategy.outward import (
    AuditResult,
    GapsResult,
    ProposalsResult,
    ReviewResult,
    RoadmapResult,
    StrategyResult,
    audit_outward,
    gaps_outward,
    proposals_outward,
    review_outward,
    roadmap_outward,
)
from touchline.strategy.questions.gaps import Register, RegisterLine
from touchline.strategy.questions.gaps import register as register_of
from touchline.strategy.questions.inventory import Inventory, inventory
from touchline.strategy.questions.kept import (
    answers,
    areas,
    audits,
    gap,
    lenses_on,
    places,
    resource,
    target,
)
from touchline.strategy.questions.proposals import ProposalLine
from touchline.strategy.questions.proposals import proposals as proposals_of
from touchline.strategy.questions.review import Review
from touchline.strategy.questions.review import review as review_of
from touchline.strategy.questions.roadmap import roadmap as roadmap_of
from touchline.strategy.questions.scorecard import scorecard as scorecard_of
from touchline.strategy.rules.answers import ANSWERS, Answer, Area, Counts, Question, counts
from touchline.strategy.rules.gap import Gap
from touchline.strategy.rules.problem import StrategyError
from touchline.strategy.rules.quarter import Quarter, quarter_named, quarter_of
from touchline.strategy.rules.resource import KINDS, Resource, as_csv
from touchline.strategy.rules.roadmap import QuarterPlan, Roadmap, Task
from touchline.strategy.rules.scorecard import Scorecard, ScoreLine
from touchline.strategy.writing.pack import Pack, written_pack

__all__ = [
    "ANSWERS",
    "KINDS",
    "Answer",
    "Area",
    "AuditResult",
    "Counts",
    "Gap",
    "GapsResult",
    "Inventory",
    "ProposalLine",
    "ProposalsResult",
    "Quarter",
    "QuarterPlan",
    "Question",
    "Register",
    "RegisterLine",
    "Resource",
    "Review",
    "ReviewResult",
    "Roadmap",
    "RoadmapResult",
    "ScoreLine",
    "Scorecard",
    "StrategyError",
    "StrategyResult",
    "Task",
    "add_gap",
    "add_resource",
    "all_lenses",
    "answer",
    "answers",
    "areas",
    "as_csv",
    "audits",
    "change_gap",
    "change_resource",
    "close_audit",
    "counts",
    "decide",
    "gap",
    "import_resources",
    "inventory",
    "lenses_on",
    "pack",
    "place",
    "places",
    "proposals",
    "quarter_asked",
    "register",
    "remove_resource",
    "resource",
    "review",
    "roadmap",
    "scorecard",
    "set_target",
    "switch_lens",
    "target",
    "told_audit",
    "told_gaps",
    "told_proposals",
    "told_review",
    "told_roadmap",
    "told_strategy",
    "write_decision",
]


def scorecard(workspace: Workspace) -> Scorecard:
    """What is measured at each touchpoint; a sentence where there is nothing. Raises JourneyFileError."""
    refresh(workspace)
    return scorecard_of(workspace)


def register(workspace: Workspace) -> Register:
    """Gaps that people decided about beside those that the data propose. Raises JourneyFileError."""
    refresh(workspace)
    return register_of(workspace)


def proposals(workspace: Workspace) -> tuple[ProposalLine, ...]:
    """Improvements not launched yet, in the order in which they should be done. Raises JourneyFileError."""
    refresh(workspace)
    return proposals_of(workspace)


def roadmap(workspace: Workspace, today: date | None = None) -> Roadmap:
    """Improvements in quarters beside the days that teams have. `today` None: this day. Raises JourneyFileError."""
    return roadmap_of(workspace, today or _today())


def quarter_asked(text: str) -> Quarter:
    """The quarter named such as '2026-Q4'; '' is the current one. Raises StrategyError."""
    return quarter_named(text) if text else quarter_of(_today())


def review(workspace: Workspace, quarter: Quarter, today: date | None = None) -> Review:
    """What happened in a quarter, how experience moved, what is due. Raises JourneyFileError."""
    refresh(workspace)
    return review_of(workspace, quarter, today or _today())


def pack(workspace: Workspace, quarter: Quarter, today: date | None = None) -> Document:
    """The board pack of a quarter. Raises JourneyFileError."""
    day = today or _today()
    refresh(workspace)
    return written_pack(
        Pack(
            workspace=workspace.settings.name,
            currency=workspace.settings.currency,
            card=scorecard_of(workspace),
            areas=areas(workspace),
            answers=answers(workspace),
            register=register_of(workspace),
            proposals=proposals_of(workspace),
            roadmap=roadmap_of(workspace, day),
            inventory=inventory(workspace),
            places=places(workspace),
            review=review_of(workspace, quarter, day),
        )
    )


def told_audit(workspace: Workspace) -> AuditResult:
    """The audit for other programs."""
    return audit_outward(scorecard(workspace), areas(workspace), answers(workspace), target(workspace))


def told_gaps(workspace: Workspace) -> GapsResult:
    """The register of gaps for other programs."""
    return gaps_outward(register(workspace))


def told_proposals(workspace: Workspace) -> ProposalsResult:
    """The proposals for other programs."""
    return proposals_outward(proposals(workspace))


def told_roadmap(workspace: Workspace) -> RoadmapResult:
    """The roadmap for other programs."""
    return roadmap_outward(roadmap(workspace))


def told_review(workspace: Workspace, quarter: str = "") -> ReviewResult:
    """The review of a quarter for other programs. Raises StrategyError."""
    return review_outward(review(workspace, quarter_asked(quarter)))


def told_strategy(workspace: Workspace) -> StrategyResult:
    """Audit, gaps, proposals and roadmap for other programs."""
    return StrategyResult(
        told_audit(workspace), told_gaps(workspace), told_proposals(workspace), told_roadmap(workspace)
    )


def _today() -> date:
    return datetime.now(UTC).date()
