"""Scopes as they are chosen: by the name of a period, by days, by a kept filter; and what there is to choose from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from touchline.engine.workspace import Workspace
from touchline.events.facade import UNDATED
from touchline.segments.conditions.reading import unknown
from touchline.segments.questions import saved_filters
from touchline.segments.rules.address import scope_from
from touchline.segments.rules.period import (
    DATES,
    EVERYTHING,
    LAST_DAYS,
    NOTHING,
    PREVIOUS,
    DataSpan,
    with_comparison,
    with_period,
    with_usual_period,
)
from touchline.segments.rules.problem import FilterError
from touchline.segments.rules.scope import Scope

_MOST_INTENTS = 40


def data_span(workspace: Workspace) -> DataSpan | None:
    """First and last day on which anything happened; None before the first import."""
    undated = UNDATED.replace(tzinfo=None)
    row = workspace.store.row("select min(time), max(time) from events where time <> ?", [undated])
    if row is None or row[0] is None:
        return None
    first: date = row[0].date()
    last: date = row[1].date()
    return DataSpan(first, last)


def intents(workspace: Workspace) -> list[str]:
    """Campaigns and touchpoint ids with which journeys began, most frequent first."""
    rows = workspace.store.rows(
        "select intent from visits where intent is not null group by intent order by count(*) desc, intent limit ?",
        [_MOST_INTENTS],
    )
    return [str(row[0]) for row in rows]


def scope_asked(workspace: Workspace, given: Mapping[str, Sequence[str]], usual_compare: str = NOTHING) -> Scope:
    """Read a scope from texts by name, its days filled in: those of an address, of a command or of a saved card.

    Beside what `scope_from` reads: `period` (all, 30, 90, 365 or dates), `compare` (none, previous, dates or two days
    such as 2026-01-01..2026-03-31) and `saved`, the name of a kept filter. Raises FilterError.
    """
    try:
        scope = scope_from(given)
    except ValueError as problem:
        raise FilterError(str(problem)) from None
    span = data_span(workspace)
    period = _one_of("period", _last(given, "period"), ("", EVERYTHING, *LAST_DAYS, DATES))
    if period in (EVERYTHING, *LAST_DAYS):
        scope = with_period(scope, period, span)
    scope = with_usual_period(scope, span)
    if scope.start and scope.end and scope.start > scope.end:
        raise FilterError(f"The period ends ({scope.end}) before it starts ({scope.start}).")
    scope = _compared(scope, _last(given, "compare") or (DATES if scope.compares else usual_compare), span)
    return replace(scope, filter=_kept(workspace, _last(given, "saved")) or scope.filter)


def _compared(scope: Scope, how: str, span: DataSpan | None) -> Scope:
    first, dots, last = how.partition("..")
    if not dots:
        return with_comparison(scope, _one_of("compare", how, (NOTHING, PREVIOUS, DATES)), span)
    try:
        start, end = date.fromisoformat(first), date.fromisoformat(last)
    except ValueError:
        start, end = date.max, date.min
    if start > end:
        raise FilterError(f"compare is {how!r}; expected previous, none, or two days such as 2026-01-01..2026-03-31.")
    return replace(scope, compare_start=start, compare_end=end)


def _kept(workspace: Workspace, name: str) -> str:
    if not name:
        return ""
    kept = {each.name: each.expression for each in saved_filters(workspace)}
    if name not in kept:
        raise FilterError(unknown("kept filter", name, kept))
    return kept[name]


def _one_of(what: str, asked: str, known: Sequence[str]) -> str:
    if asked not in known:
        raise FilterError(unknown(what, asked, tuple(each for each in known if each)))
    return asked


def _last(given: Mapping[str, Sequence[str]], name: str) -> str:
    values = given.get(name, ())
    return values[-1] if values else ""
