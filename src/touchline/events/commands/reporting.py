"""What became of files, in the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from touchline.events.commands.session import Session
from touchline.events.commands.tables import WIDTH, shortened, table_of
from touchline.events.facade import FileReport
from touchline.events.intake.report import IGNORED
from touchline.events.sources.catalogue import named_sources


def print_reports(session: Session, reports: Sequence[FileReport], *, verbose: bool = False) -> None:
    """For each file: rows = imported + quarantined + skipped, the reasons, and what the user should know."""
    console = session.console
    shown = [report for report in reports if report.status != IGNORED]
    table = table_of("file", "read as", "rows", "= imported", "+ quarant.", "+ skipped")
    table.columns[0].no_wrap = True
    for report in shown:
        counts = (report.rows, report.imported, report.quarantined, report.skipped)
        table.add_row(shortened(report.file.name, 20), report.title or "–", *(f"{count:,}" for count in counts))
    if shown:
        console.print(table, width=WIDTH)
    usual = {source.name: (source.joins_people, source.time_zone) for source in named_sources()}
    for report in shown:
        of_source = usual.get(report.source, ())
        sentences = [sentence for sentence in _sentences(report) if sentence not in of_source]
        if verbose:
            sentences += of_source
        if sentences:
            console.print(f"\n{report.file.name}", style="bold", markup=False, width=WIDTH)
        for sentence in sentences:
            console.print(Padding(Text(sentence), (0, 0, 0, 2), expand=False), width=WIDTH)
    _print_ignored(console, [report.file.name for report in reports if report.status == IGNORED])
    if not verbose and any(report.source in usual and report.rows for report in shown):
        zone = session.workspace.settings.time_zone
        console.print(
            f"\nTimes without a zone of their own are read in {zone}, unless the export has another by its rules. How "
            "rows of each kind are joined to customers, and their times read: touchline import -v",
            markup=False,
            width=WIDTH,
        )


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
