"""Improvements in the JSON API: the backlog, the case for each, verdicts and the ledger."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from ninja import Router

from touchline.api.errors import ApiError
from touchline.improvements import facade
from touchline.improvements.facade import ImprovementError
from touchline.improvements.outward import BacklogLine, CaseResult, LedgerResult, VerdictResult
from touchline.journeys.facade import JourneyFileError
from touchline.ui.requests import WorkspaceRequest

ROUTER = Router()

LARGEST_NUMBER = 2**31 - 1
Found = TypeVar("Found")


@dataclass(frozen=True)
class Backlog:
    """Improvements, those first that promise most with 90 % certainty."""

    improvements: tuple[BacklogLine, ...]


@ROUTER.get("/improvements", response=Backlog, summary="List the backlog of improvements")
def list_backlog(request: WorkspaceRequest) -> Backlog:
    """Every improvement with owner, status, next review and what it promises a month."""
    return Backlog(_said(lambda: facade.told_backlog(request.workspace)))


@ROUTER.get("/improvements/ledger", response=LedgerResult, summary="Read the ledger of promises")
def read_ledger(request: WorkspaceRequest) -> LedgerResult:
    """What was promised beside what was realised, how often forecasts held, and the shrunk sum."""
    return _said(lambda: facade.told_ledger(request.workspace))


@ROUTER.get("/improvements/{number}", response=CaseResult, summary="Read the case for an improvement")
def read_case(request: WorkspaceRequest, number: int) -> CaseResult:
    """The one page: what hurts, what it costs, what to do and how it will be measured."""
    return _said(lambda: facade.told_case(request.workspace, _possible(number)))


@ROUTER.get("/improvements/{number}/verdict", response=VerdictResult, summary="Read the verdict on an improvement")
def read_verdict(request: WorkspaceRequest, number: int) -> VerdictResult:
    """What a launched improvement did; a sentence where that cannot be said."""
    return _said(lambda: facade.told_verdict(request.workspace, _possible(number)))


def _possible(number: int) -> int:
    return number if 0 < number <= LARGEST_NUMBER else 0


def _said(ask: Callable[[], Found]) -> Found:
    try:
        return ask()
    except ImprovementError as problem:
        raise ApiError("not_found", str(problem)) from None
    except JourneyFileError as problem:
        raise ApiError("workspace_unavailable", str(problem)) from None
