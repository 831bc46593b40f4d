"""What others may do with pain points: ask for them, for one, for the rows behind one, and for twins."""

from __future__ import annotations

from touchline.engine.workspace import Workspace
from touchline.kit.opened_number import OpenedNumber
from touchline.pains.rules.pain import (
    FAILED,
    NO_LONGER_SUPPORTED,
    NOT_DONE,
    PASSED,
    SUPPORTED,
    Amount,
    Check,
    Chip,
    Claim,
    Effect,
    Gap,
    MomentOfTruth,
    Money,
    Pain,
    Pains,
    ProtocolRow,
    Quote,
    Share,
    TimelineEntry,
    Twins,
    TwinTimeline,
    UnknownPainError,
    Variant,
)
from touchline.pains.rules.progress import Progress, Report
from touchline.segments.facade import Scope

__all__ = [
    "FAILED",
    "NOT_DONE",
    "NO_LONGER_SUPPORTED",
    "PASSED",
    "SUPPORTED",
    "Amount",
    "Check",
    "Chip",
    "Claim",
    "Effect",
    "Gap",
    "MomentOfTruth",
    "Money",
    "Pain",
    "Pains",
    "Progress",
    "ProtocolRow",
    "Quote",
    "Report",
    "Share",
    "TimelineEntry",
    "TwinTimeline",
    "Twins",
    "UnknownPainError",
    "Variant",
    "begin_computing",
    "computing",
    "kept_pains",
    "pain",
    "pains_of",
    "quotes_of",
    "rows_of",
    "stop_computing",
    "twins_of",
]


def pains_of(workspace: Workspace, scope: Scope | None = None, report: Report | None = None) -> Pains:
    """The pain points of a scope (all data where it has no days), ranked; computed where the data changed since.

    Takes up to minutes when it must compute; `report` is told how far it is and may raise to stop it. Too little data is
    an answer (`Pains.refusal`). Raises FilterError where the scope's filter cannot be read, JourneyFileError.
    """
    raise NotImplementedError


def kept_pains(workspace: Workspace, scope: Scope | None = None) -> Pains | None:
    """What was computed last, at once and with amounts by the assumptions of now; None where nothing was.

    `Pains.is_current` says whether data have changed since.
    """
    return None


def pain(workspace: Workspace, id_: str, scope: Scope | None = None) -> Pain:
    """One pain of those computed last. Raises UnknownPainError with a sentence."""
    raise NotImplementedError


def rows_of(
    workspace: Workspace, id_: str, scope: Scope | None = None, page: int = 1, per_page: int = 50
) -> OpenedNumber:
    """The visits behind a pain, bad ones first, one page from 1 (`per_page` 0: all). Raises UnknownPainError."""
    raise NotImplementedError


def twins_of(workspace: Workspace, id_: str, scope: Scope | None = None, most: int = 10) -> tuple[Twins, ...]:
    """Pairs of a sufferer and a customer as alike as can be told from before; empty where there are none.

    Raises UnknownPainError.
    """
    raise NotImplementedError


def quotes_of(workspace: Workspace, id_: str, scope: Scope | None = None, most: int = 5) -> tuple[Quote, ...]:
    """What sufferers wrote within a week of their bad visit, the lowest scores first. Raises UnknownPainError."""
    raise NotImplementedError


def begin_computing(workspace: Workspace, scope: Scope | None = None) -> Progress:
    """Compute in the background where that is not going on already; ask `computing` how far it is."""
    raise NotImplementedError


def computing(workspace: Workspace, scope: Scope | None = None) -> Progress | None:
    """How far the computation in the background is; None where none is going on."""
    return None


def stop_computing(workspace: Workspace, scope: Scope | None = None) -> None:
    """End the computation in the background; what was computed before stays."""
    raise NotImplementedError
