"""`touchline import`, `touchline imports` and `touchline quarantine`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Protocol

import click
from rich.console import Console
from rich.padding import Padding
from rich.progress import BarColumn, Progress, TaskID, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.prompt import Prompt
from rich.table import Table
from rich.text import Text

from touchline.engine.workspace import Settings, Workspace
from touchline.events import facade
from touchline.events.facade import Correction, FileReport, ImportRecord, Mapping, Proposal
from touchline.events.intake.report import IGNORED, INTERRUPTED, UNDECIDED

WIDTH = 80


class Session(Protocol):
    """What the command line gives a command."""

    console: Console
    interactive: bool
    exit_code: int

    @property
    def workspace(self) -> Workspace:
        """The open workspace."""
        ...

    def should_stop(self) -> bool:
        """Whether the user asked to stop."""
        ...


class DataError(click.ClickException):
    """The data cannot be used as asked."""

    exit_code = 1


@click.command("import")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE_OR_FOLDER...")
@click.option("--yes", is_flag=True, help="Take the proposed mapping of files that are not a known kind of export.")
@click.pass_obj
def import_command(session: Session, paths: tuple[Path, ...], yes: bool) -> None:
    """Import files and folders: exports of known tools, and any table through a mapping.

    Importing a file again, or a newer export that overlaps, changes nothing twice. Ctrl-C stops after the rows in
    hand; importing the file again goes on from there.
    """
    missing = [path for path in paths if not path.exists()]
    if missing:
        raise click.UsageError(f"{missing[0]} does not exist.")
    with _Bar(session) as bar:
        reports = facade.import_files(
            session.workspace,
            paths,
            accept_proposals=yes,
            choose=bar.ask if session.interactive and not yes else None,
            on_progress=bar.show,
            should_stop=session.should_stop,
        )
    _print_reports(session.console, reports)
    if not reports:
        raise DataError("There is no file to import in there.")
    if any(report.status == INTERRUPTED and not report.error for report in reports):
        session.exit_code = 130
    elif any(report.error and report.status != IGNORED for report in reports):
        session.exit_code = 1


@click.command("imports")
@click.pass_obj
def imports_command(session: Session) -> None:
    """List what was imported, the latest first."""
    records = facade.imports(session.workspace)
    if not records:
        session.console.print("Nothing was imported yet. Start with: touchline import FILE_OR_FOLDER")
        return
    table = _table("import", "file", "status", "rows", "imported", "quarant.", "skipped")
    for record in records:
        table.add_row(*_record_cells(record))
    session.console.print(table, width=WIDTH)


@click.group("quarantine")
def quarantine_command() -> None:
    """Rows that could not be read: look at them, export them, try them again."""


@quarantine_command.command("list")
@click.argument("import_id", type=int, required=False)
@click.option("--offset", type=click.IntRange(min=0), default=0, show_default=True, help="Rows to leave out.")
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True, help="Rows to show.")
@click.pass_obj
def list_command(session: Session, import_id: int | None, offset: int, limit: int) -> None:
    """Show waiting rows with file, line and reason."""
    page = facade.quarantined(session.workspace, import_id, offset, limit)
    if not page.rows:
        session.console.print("No row is waiting." if not page.total else "There are no further rows.")
        return
    for row in page.rows:
        where = f"{row.file}, line {row.line} (import {row.import_id})"
        session.console.print(where, style="bold", markup=False, width=WIDTH)
        session.console.print(f"  {row.reason}", markup=False, width=WIDTH)
        cells = "  ".join(f"{name}={cell}" for name, cell in row.content.items() if cell)
        session.console.print(f"  {cells[:200]}", markup=False, style="dim", width=WIDTH)
    last = offset + len(page.rows)
    session.console.print(f"Rows {offset + 1} to {last} of {page.total}.")


@quarantine_command.command("export")
@click.argument("import_id", type=int, required=False)
@click.option("--output", "-o", type=click.Path(path_type=Path, dir_okay=False), help="File to write; else printed.")
@click.pass_obj
def export_command(session: Session, import_id: int | None, output: Path | None) -> None:
    """Write the waiting rows as CSV: file, line and reason first, then their cells."""
    text = facade.export_quarantine(session.workspace, import_id)
    if output is None:
        session.console.out(text, end="", highlight=False)
        return
    try:
        output.write_text(text, "utf-8", newline="")
    except OSError as error:
        raise DataError(f"{output} cannot be written: {error.strerror or error}.") from None
    session.console.print(f"Wrote {output}.", markup=False, soft_wrap=True)


@quarantine_command.command("retry")
@click.argument("import_id", type=int)
@click.option("--set", "changes", multiple=True, metavar="COLUMN=VALUE", help="Put VALUE into COLUMN of these rows.")
@click.option(
    "--replace",
    "replacements",
    nargs=3,
    multiple=True,
    metavar="COLUMN FOUND VALUE",
    help="Put VALUE into COLUMN where it says FOUND.",
)
@click.option("--line", type=int, help="Correct only the row of this line.")
@click.pass_obj
def retry_command(
    session: Session,
    import_id: int,
    changes: tuple[str, ...],
    replacements: tuple[tuple[str, str, str], ...],
    line: int | None,
) -> None:
    """Try the waiting rows of an import again, with corrections or after its mapping was corrected."""
    corrections = [_change(change, line) for change in changes]
    corrections += [Correction(column, value, found, line) for column, found, value in replacements]
    report = facade.retry_quarantined(session.workspace, import_id, corrections)
    if not report.rows:
        session.console.print(f"No row of import {import_id} is waiting.")
        return
    _print_reports(session.console, [report])


COMMANDS: tuple[click.Command, ...] = (import_command, imports_command, quarantine_command)


class _Bar:
    """The progress bar, and the questions asked between two files."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._progress = Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(bar_width=20),
            TaskProgressColumn(),
            TextColumn("{task.fields[told]}", markup=False),
            TimeRemainingColumn(compact=True),
            console=session.console,
            transient=True,
            disable=not session.console.is_terminal,
        )
        self._tasks: dict[Path, TaskID] = {}

    def __enter__(self) -> _Bar:
        self._progress.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._progress.stop()

    def show(self, progress: facade.Progress) -> None:
        """Move the bar of a file."""
        if progress.file not in self._tasks:
            name = _shortened(progress.file.name, 24)
            self._tasks[progress.file] = self._progress.add_task(name, total=progress.bytes_total, told="")
        told = f"{progress.rows:,} rows, {progress.rows_per_second:,.0f}/s"
        self._progress.update(self._tasks[progress.file], completed=progress.bytes_read, told=told)

    def ask(self, proposal: Proposal) -> Mapping | None:
        """Show the proposed mapping and ask whether to take it."""
        self._progress.stop()
        try:
            return _ask(self._session.console, proposal, self._session.workspace.settings)
        finally:
            self._progress.start()


def _ask(console: Console, proposal: Proposal, settings: Settings) -> Mapping | None:
    """Show the mapping until it is taken (yes) or the file left (no); 'ROLE=COLUMN' corrects it."""
    proposed = proposal.proposal
    if proposed is None:
        return proposal.mapping
    console.print(f"\n{proposal.file.name} is no export known by name. Proposed:", markup=False, width=WIDTH)
    while True:
        _print_mapping(console, proposed)
        answer = Prompt.ask("Import it like this? yes, no, or a correction such as time=Column name", console=console)
        if answer.strip().lower() in ("n", "no"):
            return None
        if answer.strip().lower() in ("y", "yes") and not proposed.problem:
            return proposed.mapping
        role, equals, column = (part.strip() for part in answer.partition("="))
        if equals:
            try:
                proposed = facade.correct_mapping(
                    proposed.mapping, {role: column}, proposal.columns, proposal.sample, settings
                )
            except facade.MappingError as error:
                console.print(str(error), markup=False, width=WIDTH)


def _print_mapping(console: Console, proposed: facade.MappingProposal) -> None:
    table = _table("role", "column", "sure", "for example", numbers=())
    for role in proposed.roles:
        shown = role.column or f"always {role.constant or 'the file name'}"
        table.add_row(role.title, shown, f"{role.confidence:.0%}", ", ".join(role.samples[:2]))
    console.print(table, width=WIDTH)
    for sentence in (*proposed.statements, proposed.problem):
        if sentence:
            console.print(sentence, markup=False, width=WIDTH)


def _print_reports(console: Console, reports: Sequence[FileReport]) -> None:
    """For each file: rows = imported + quarantined + skipped, the reasons, and what the user should know."""
    shown = [report for report in reports if report.status != IGNORED]
    table = _table("file", "read as", "rows", "= imported", "+ quarant.", "+ skipped")
    for report in shown:
        counts = (report.rows, report.imported, report.quarantined, report.skipped)
        table.add_row(_shortened(report.file.name, 23), report.title or "–", *(f"{count:,}" for count in counts))
    if shown:
        console.print(table, width=WIDTH)
    for report in shown:
        if sentences := list(_sentences(report)):
            console.print(f"\n{report.file.name}", style="bold", markup=False, width=WIDTH)
        for sentence in sentences:
            console.print(Padding(Text(sentence), (0, 0, 0, 2), expand=False), width=WIDTH)
    _print_ignored(console, [report.file.name for report in reports if report.status == IGNORED])


def _print_ignored(console: Console, names: list[str]) -> None:
    if not names:
        return
    some = ", ".join(names[:3]) + (" …" if len(names) > 3 else "")
    files = "1 file was" if len(names) == 1 else f"{len(names)} files were"
    console.print(f"\n{files} left, with endings tables do not have: {some}", markup=False, width=WIDTH)


def _sentences(report: FileReport) -> Iterable[str]:
    if report.updated:
        yield f"{report.updated:,} of the imported rows replaced an older version."
    for reason, rows in report.skip_reasons.items():
        yield f"{rows:,} skipped: {reason}."
    for reason, rows in report.quarantine_reasons.items():
        yield f"{rows:,} in quarantine: {reason}"
    yield from report.notes
    if report.error:
        yield report.error
    if report.status == UNDECIDED:
        yield "Look at the proposed mapping and take it with --yes, in a terminal or on the import page."


def _record_cells(record: ImportRecord) -> tuple[str, ...]:
    counts = (record.rows, record.imported, record.quarantined, record.skipped)
    return (
        str(record.import_id),
        _shortened(record.file, 26),
        record.status,
        *(f"{count:,}" for count in counts),
    )


def _table(*headers: str, numbers: Iterable[str] | None = None) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold", show_edge=False)
    of_numbers = {"rows", "imported", "= imported", "quarant.", "+ quarant.", "skipped", "+ skipped", "sure", "import"}
    right = of_numbers if numbers is None else {*numbers, "sure"}
    for header in headers:
        options: dict[str, Any] = {"justify": "right", "no_wrap": True} if header in right else {"overflow": "ellipsis"}
        table.add_column(header, **options)
    return table


def _change(written: str, line: int | None) -> Correction:
    column, equals, value = written.partition("=")
    if not equals or not column:
        raise click.UsageError(f"--set {written!r} is not of the form COLUMN=VALUE.")
    return Correction(column, value, None, line)


def _shortened(name: str, width: int) -> str:
    return name if len(name) <= width else f"{name[: width // 2]}…{name[-(width - width // 2 - 1) :]}"
