"""`touchline quarantine`."""

from __future__ import annotations

from pathlib import Path

import click

from touchline.events import facade
from touchline.events.commands.reporting import print_reports
from touchline.events.commands.session import DataError, Session
from touchline.events.commands.tables import WIDTH
from touchline.events.facade import Correction


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
    print_reports(session, [report])


def _change(written: str, line: int | None) -> Correction:
    column, equals, value = written.partition("=")
    if not equals or not column:
        raise click.UsageError(f"--set {written!r} is not of the form COLUMN=VALUE.")
    return Correction(column, value, None, line)
