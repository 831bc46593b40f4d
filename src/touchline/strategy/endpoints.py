"""Strategy in the JSON API: audit, gaps, proposals, roadmap and the review of a quarter."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from ninja import Router

from touchline.api.errors import ApiError
from touchline.journeys.facade import JourneyFileError
from touchline.strategy import facade
from touchline.strategy.facade import StrategyError
from touchline.strategy.outward import AuditResult, GapsResult, ProposalsResult, ReviewResult, RoadmapResult
from touchline.ui.requests import WorkspaceRequest

ROUTER = Router()

Found = TypeVar("Found")


@ROUTER.get("/strategy/audit", response=AuditResult, summary="Read the audit")
def read_audit(request: WorkspaceRequest) -> AuditResult:
    """The scorecard of touchpoints, and how far each statement about us was said to hold."""
    return _said(lambda: facade.told_audit(request.workspace))


@ROUTER.get("/strategy/gaps", response=GapsResult, summary="Read the register of gaps")
def read_gaps(request: WorkspaceRequest) -> GapsResult:
    """Gaps that people decided about, and those that the data propose, each beside its evidence of now."""
    return _said(lambda: facade.told_gaps(request.workspace))


@ROUTER.get("/strategy/proposals", response=ProposalsResult, summary="List proposals in order")
def list_proposals(request: WorkspaceRequest) -> ProposalsResult:
    """Improvements not launched yet by value × confidence ÷ effort, with how sure that order is."""
    return _said(lambda: facade.told_proposals(request.workspace))


@ROUTER.get("/strategy/roadmap", response=RoadmapResult, summary="Read the roadmap")
def read_roadmap(request: WorkspaceRequest) -> RoadmapResult:
    """Improvements in quarters, days planned beside days that teams have."""
    return _said(lambda: facade.told_roadmap(request.workspace))


@ROUTER.get("/strategy/reviews/{quarter}", response=ReviewResult, summary="Read the review of a quarter")
def read_review(request: WorkspaceRequest, quarter: str) -> ReviewResult:
    """What was launched, read, due, opened, closed and decided, and how experience moved; a quarter is such as 2026-Q4."""
    return _said(lambda: facade.told_review(request.workspace, quarter))


def _said(ask: Callable[[], Found]) -> Found:
    try:
        return ask()
    except StrategyError as problem:
        raise ApiError("not_found", str(problem)) from None
    except JourneyFileError as problem:
        raise ApiError("workspace_unavailable", str(problem)) from None
