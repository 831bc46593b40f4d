"""What others may do with pain points: ask for them, for one, for the rows behind one, and for twins."""

from __future__ import annotations

from touchline.engine.remembering import Memory
from touchline.engine.workspace import Workspace
from touchline.formulas.cannot_say import CannotSay
from touchline.kit.opened_number import OpenedNumber
from touchline.pains.actions import background
from touchline.pains.questions.kept import kept_run
from touchline.pains.questions.version import version_of
from touchline.pains.rules.drivers import Driver, SurveyDrivers
from touchline.pains.rules.kept import Worth, priced
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
    GroupCondition,
    MomentOfTruth,
    Money,
    Pain,
    Pains,
    ProtocolRow,
    Quote,
    Share,
    SufferingGroup,
    TimelineEntry,
    Twins,
    TwinTimeline,
    UnknownPainError,
    Variant,
)
from touchline.pains.rules.progress import Progress, Report
from touchline.segments.facade import Scope, scope_query
from touchline.value.facade import assumption_sentences, assumptions, value_of_kept_customer

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
    "Driver",
    "Effect",
    "Gap",
    "GroupCondition",
    "MomentOfTruth",
    "Money",
    "Pain",
    "Pains",
    "Progress",
    "ProtocolRow",
    "Quote",
    "Report",
    "Share",
    "SufferingGroup",
    "SurveyDrivers",
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


_worth: Memory[Worth] = Memory(4)
_priced: Memory[Pains] = Memory(8)
"""Drawing amounts of forty pains takes as long as a map may."""


def pains_of(workspace: Workspace, scope: Scope | None = None, report: Report | None = None) -> Pains:
    """The pain points of a scope (all data where it has no days), ranked; computed where the data changed since.

    Takes up to minutes when it must compute; `report` is told how far it is and may raise to stop it. Too little data is
    an answer (`Pains.refusal`). Raises FilterError where the scope's filter cannot be read, JourneyFileError.
    """
    asked = scope or Scope()
    kept = kept_run(workspace.store, scope_query(asked))
    if kept is None or kept.version != version_of(workspace):
        from touchline.pains.actions.estimating import compute_pains  # takes a second to import: scipy's statistics

        compute_pains(workspace, asked, report or _nobody)
    found = kept_pains(workspace, asked)
    if found is None:
        raise RuntimeError("What was computed was not kept.")
    return found


def kept_pains(workspace: Workspace, scope: Scope | None = None) -> Pains | None:
    """What was computed last, at once and with amounts by the assumptions of now; None where nothing was.

    `Pains.is_current` says whether data have changed since.
    """
    kept = kept_run(workspace.store, scope_query(scope or Scope()))
    if kept is None:
        return None
    is_current = kept.version == version_of(workspace)
    return _priced.recall(
        workspace,
        (scope, assumptions(workspace), is_current),
        lambda: priced(kept.run, _worth_of(workspace, kept.version), is_current=is_current),
        f"{kept.version} {kept.run.computed}",
    )


def pain(workspace: Workspace, id_: str, scope: Scope | None = None) -> Pain:
    """One pain of those computed last. Raises UnknownPainError with a sentence."""
    found = kept_pains(workspace, scope)
    if found is None:
        raise UnknownPainError("Pain points have not been computed yet: touchline pains, or the page Pain points.")
    return found.named(id_)


def rows_of(
    workspace: Workspace, id_: str, scope: Scope | None = None, page: int = 1, per_page: int = 50, group: int = 0
) -> OpenedNumber:
    """The visits behind a pain, bad ones first, one page from 1 (`per_page` 0: all). Raises UnknownPainError.

    `group`: only those that the figures of one group of its sufferers rest on, counted from 1.
    """
    from touchline.pains.questions.opening import Page, opened_rows  # takes a second to import

    return opened_rows(workspace, scope or Scope(), pain(workspace, id_, scope), Page(page, per_page, group))


def twins_of(workspace: Workspace, id_: str, scope: Scope | None = None, most: int = 10) -> tuple[Twins, ...]:
    """Pairs of a sufferer and a customer as alike as can be told from before; empty where there are none.

    Raises UnknownPainError.
    """
    from touchline.pains.questions.opening import found_twins  # takes a second to import

    return found_twins(workspace, scope or Scope(), pain(workspace, id_, scope), most)


def quotes_of(workspace: Workspace, id_: str, scope: Scope | None = None, most: int = 5) -> tuple[Quote, ...]:
    """What sufferers wrote within a week of their bad visit, the lowest scores first. Raises UnknownPainError."""
    from touchline.pains.questions.opening import found_quotes  # takes a second to import

    return found_quotes(workspace, scope or Scope(), pain(workspace, id_, scope), most)


def _worth_of(workspace: Workspace, version: str) -> Worth:
    """Asked once per computation and assumptions: it takes a second, for which no map waits while events arrive."""
    return _worth.recall(workspace, assumptions(workspace), lambda: _ask_worth(workspace), version)


def _ask_worth(workspace: Workspace) -> Worth:
    found = value_of_kept_customer(workspace)
    if isinstance(found, CannotSay):
        return Worth(found, "", ())
    return Worth(found.amount.draws, found.currency, assumption_sentences(workspace, found.currency))


def _nobody(_progress: Progress) -> None:
    """Nobody waits to be told."""


def begin_computing(workspace: Workspace, scope: Scope | None = None) -> Progress:
    """Compute in the background where that is not going on already; ask `computing` how far it is. Raises FilterError."""
    return background.begin(workspace, scope or Scope())


def computing(workspace: Workspace, scope: Scope | None = None) -> Progress | None:
    """How far the computation in the background is, or the sentence why it failed; None where none is going on."""
    return background.progress_of(workspace, scope or Scope())


def stop_computing(workspace: Workspace, scope: Scope | None = None) -> None:
    """End the computation of a scope in the background, or all of them; what was computed before stays."""
    background.stop(workspace, scope)
