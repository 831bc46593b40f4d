"""Writing the events or journeys of a scope into one file: whole, or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from touchline.engine.workspace import Workspace
from touchline.events.facade import (
    EventLog,
    StoredEvent,
    write_feedback_records,
    write_ocel_json,
    write_ocel_sqlite,
    write_ocel_xml,
    write_parquet,
    write_xes,
)
from touchline.journeys.facade import refresh
from touchline.kit.whole_file import whole_place
from touchline.overview.exporting.cjml import write_cjml
from touchline.overview.exporting.formats import EventFormat, FormatError, format_of
from touchline.overview.exporting.journeys import actual_journeys, planned_journey
from touchline.overview.exporting.pseudonyms import pseudonyms_of, without_names
from touchline.overview.exporting.selection import CASES, OnProgress, Selection
from touchline.segments.facade import Scope

T = TypeVar("T")


class NothingToExportError(ValueError):
    """No event lies in the scope; the message is a sentence for the user."""


@dataclass(frozen=True)
class Exported:
    """What was written."""

    path: Path
    format: EventFormat
    count: int
    what: str
    """What was counted: events, journeys, rows."""


def export_events(
    workspace: Workspace,
    path: Path,
    format_name: str = "",
    *,
    scope: Scope | None = None,
    case: str = "customer",
    keep_names: bool = False,
    on_progress: OnProgress = lambda done, total: None,
) -> Exported:
    """Write a file; its ending says the format where `format_name` does not.

    `case` is one of CASES and holds for XES. `keep_names`: no pseudonyms in formats that have them. Raises FormatError,
    NothingToExportError, FilterError, JourneyFileError and OSError; then nothing is left at the path.
    """
    wanted = format_of(path, format_name)
    if case not in CASES:
        raise ValueError(f"{case!r} is nothing a case can be; expected one of {', '.join(CASES)}.")
    refresh(workspace)
    selection = Selection(workspace, scope or Scope(), on_progress)
    if wanted.name == "feedback" and selection.scope != Scope():
        raise FormatError("Feedback records hold every response: a period or a filter cannot be set for them.")
    if not selection.count():
        raise NothingToExportError(_nothing(selection.scope))
    if wanted.name == "feedback":  # writes the file whole itself, as CSV or JSON lines by its ending
        return Exported(path, wanted, write_feedback_records(workspace, path), "rows")
    with whole_place(path) as place:
        count = _WRITERS[wanted.name](_Task(workspace, place, selection, case, keep_names))
    return Exported(path, wanted, count, "journeys" if wanted.name == "cjml" else "events")


@dataclass(frozen=True)
class _Task:
    workspace: Workspace
    place: Path
    selection: Selection
    case: str
    keep_names: bool


class _Counted(Generic[T]):
    """Counts what goes through."""

    def __init__(self, each: Iterable[T]) -> None:
        self._each = each
        self.count = 0

    def __iter__(self) -> Iterator[T]:
        for one in self._each:
            self.count += 1
            yield one


def _ocel(write: Callable[[Path, EventLog], None]) -> Callable[[_Task], int]:
    def run(task: _Task) -> int:
        write(task.place, task.selection)
        return task.selection.count()

    return run


def _xes(task: _Task) -> int:
    events = _Counted(_named_as_asked(task, task.selection.events_by_case(task.case), task.case))
    write_xes(task.place, events, f"{task.workspace.settings.name}, by {task.case}")
    return events.count


def _parquet(task: _Task) -> int:
    events = _Counted(_named_as_asked(task, task.selection.events()))
    write_parquet(task.place, events)
    return events.count


def _named_as_asked(task: _Task, events: Iterator[StoredEvent], case: str = "") -> Iterator[StoredEvent]:
    return events if task.keep_names else without_names(events, pseudonyms_of(task.workspace), case)


def _cjml(task: _Task) -> int:
    pseudonyms = None if task.keep_names else pseudonyms_of(task.workspace)
    planned = planned_journey(task.workspace)
    scope, on_progress = task.selection.scope, task.selection.on_progress
    journeys = _Counted(actual_journeys(task.workspace, planned, scope, pseudonyms, on_progress))
    write_cjml(task.place, planned, journeys)
    return journeys.count


_WRITERS: dict[str, Callable[[_Task], int]] = {
    "ocel-json": _ocel(write_ocel_json),
    "ocel-sqlite": _ocel(write_ocel_sqlite),
    "ocel-xml": _ocel(write_ocel_xml),
    "xes": _xes,
    "cjml": _cjml,
    "parquet": _parquet,
}


def _nothing(scope: Scope) -> str:
    if scope.start or scope.end or scope.filter:
        return "There is nothing to export: no event lies in this period and fits the filter. Nothing was written."
    return "There is nothing to export: no events yet. Start with: touchline import FILE_OR_FOLDER"
