"""`touchline import` and `touchline imports`."""

from __future__ import annotations

from pathlib import Path

import click

from touchline.events import facade
from touchline.events.commands.progress import Bar
from touchline.events.commands.reporting import print_reports
from touchline.events.commands.session import DataError, Session
from touchline.events.commands.tables import WIDTH, shortened, table_of
from touchline.events.facade import ImportRecord
from touchline.events.intake.report import IGNORED, INTERRUPTED


@click.command("import")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE_OR_FOLDER...")
@click.option("--yes", is_flag=True, help="Take the proposed mapping of files that are not a known kind of export.")
@click.option("--verbose", "-v", is_flag=True, help="Say of every file how its rows are joined to customers.")
@click.pass_obj
def import_command(session: Session, paths: tuple[Path, ...], yes: bool, verbose: bool) -> None:
    """Import files and folders: exports of known tools, and any table through a mapping.

    Importing a file again, or a newer export that overlaps, changes nothing twice. Ctrl-C stops after the rows in
    hand; importing the file again goes on from there.
    """
    missing = [path for path in paths if not path.exists()]
    if missing:
        raise click.UsageError(f"{missing[0]} does not exist.")
    with Bar(session) as bar:
        reports = facade.import_files(
            session.workspace,
            paths,
            accept_proposals=yes,
            choose=bar.ask if session.interactive and not yes else None,
            on_progress=bar.show,
            should_stop=session.should_stop,
        )
    print_reports(session, reports, verbose=verbose)
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
    table = table_of("import", "file", "status", "rows", "imported", "quarant.", "skipped")
    for record in records:
        table.add_row(*_record_cells(record))
    session.console.print(table, width=WIDTH)


def _record_cells(record: ImportRecord) -> tuple[str, ...]:
    counts = (record.rows, record.imported, record.quarantined, record.skipped)
    return (
        str(record.import_id),
        shortened(record.file, 26),
        record.status,
        *(f"{count:,}" for count in counts),
    )
