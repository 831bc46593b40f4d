"""`touchline export`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Protocol

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from touchline.engine.workspace import Workspace
from touchline.journeys.facade import JourneyFileError
from touchline.kit.day_option import Day
from touchline.overview.exporting.formats import EVENT_FORMATS, FormatError, format_of
from touchline.overview.exporting.selection import CASES
from touchline.overview.exporting.writing import Exported, NothingToExportError, export_events
from touchline.segments.facade import FilterError, Scope

_INTERRUPTED = 130


class Session(Protocol):
    """What the command line gives a command."""

    console: Console
    exit_code: int

    @property
    def workspace(self) -> Workspace:
        """The open workspace."""

    def should_stop(self) -> bool:
        """Whether the user asked to stop."""


class _StoppedError(Exception):
    """The user asked to stop."""


@click.command("export")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--format",
    "format_name",
    type=click.Choice(list(EVENT_FORMATS)),
    help="Default: what the file's ending says.",
)
@click.option(
    "--case",
    type=click.Choice(CASES),
    default=CASES[0],
    show_default=True,
    help="What one case is, for XES.",
)
@click.option("--start", type=Day(), help="First day, e.g. 2026-01-01. Default: all data.")
@click.option("--end", type=Day(), help="Last day, inclusive.")
@click.option("--filter", "filter_", default="", help="""Only customers for whom this holds, e.g. 'country = "DE"'.""")
@click.option("--keep-names", is_flag=True, help="Identifiers, texts and properties as they are in every format.")
@click.pass_obj
def export_command(
    session: Session,
    file: Path,
    format_name: str | None,
    case: str,
    start: date | None,
    end: date | None,
    filter_: str,
    keep_names: bool,
) -> None:
    """Write the events to a file that other tools read: OCEL 2.0, XES, CJML 2.0, Parquet, feedback records.

    OCEL keeps identifiers, because it can be imported again and gives the same map, and so do feedback records. The
    others hold pseudonyms instead
    of names, masked texts and no properties, unless --keep-names asks for them. The file is written whole or not at all.
    """
    if start and end and start > end:
        raise click.UsageError(f"--start {start} lies after --end {end}.")
    try:
        format_of(file, format_name or "")
        with _bar(session) as progress:
            exported = export_events(
                session.workspace,
                file,
                format_name or "",
                scope=Scope(start=start, end=end, filter=filter_),
                case=case,
                keep_names=keep_names,
                on_progress=_Steps(session, progress, file.name),
            )
    except _StoppedError:
        session.console.print("Stopped. Nothing was written.")
        session.exit_code = _INTERRUPTED
    except FormatError as problem:
        raise click.UsageError(str(problem)) from None
    except FilterError as problem:
        raise click.UsageError(f"--filter: {problem}") from None
    except (NothingToExportError, JourneyFileError) as problem:
        raise click.ClickException(str(problem)) from None
    except OSError as problem:
        raise click.ClickException(f"{file} could not be written: {problem.strerror or problem}.") from None
    else:
        session.console.print(_told(exported, keep_names), soft_wrap=True, markup=False)


class _Steps:
    """Moves the bar, and stops the writing when asked."""

    def __init__(self, session: Session, progress: Progress, name: str) -> None:
        self._session, self._progress = session, progress
        self._task = progress.add_task(name, total=None)

    def __call__(self, done: int, total: int) -> None:
        if self._session.should_stop():
            raise _StoppedError
        self._progress.update(self._task, completed=done, total=total)


def _bar(session: Session) -> Progress:
    return Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=20),
        TaskProgressColumn(),
        TimeRemainingColumn(compact=True),
        console=session.console,
        transient=True,
        disable=not session.console.is_terminal,
    )


def _told(exported: Exported, keep_names: bool) -> str:
    written = f"Wrote {exported.path}: {exported.count:,} {exported.what} as {exported.format.name}."
    if exported.format.name.startswith("ocel"):
        return f"{written} It holds identifiers and texts as they are; importing it gives the same map."
    if exported.format.keeps_names:
        return f"{written} It holds names and texts as they are."
    if keep_names:
        return f"{written} It holds identifiers, texts and properties as they are."
    return f"{written} Names are replaced by pseudonyms, texts are masked, properties were left out."
