"""`touchline watch`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import click

from touchline.events import facade
from touchline.events.commands.progress import Bar
from touchline.events.commands.reporting import print_reports
from touchline.events.commands.session import Session
from touchline.events.facade import FileReport
from touchline.events.intake.report import INTERRUPTED, KNOWN


@dataclass
class _Tally:
    """What a watch has done so far."""

    files: int = 0
    rows: int = 0
    known: int = 0
    failed: int = 0

    def add(self, report: FileReport) -> None:
        if report.status == KNOWN:
            self.known += 1
        elif report.error:
            self.failed += 1
        else:
            self.files += 1
            self.rows += report.imported


@click.command("watch")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--yes", is_flag=True, help="Take the proposed mapping of files that are not a known kind of export.")
@click.option(
    "--every",
    "seconds",
    type=click.FloatRange(0.05, 86_400),
    default=5.0,
    show_default=True,
    help="Seconds between two looks.",
)
@click.option("--once", is_flag=True, help="Import what is there and end, e.g. from a timer.")
@click.pass_obj
def watch_command(session: Session, folder: Path, yes: bool, seconds: float, once: bool) -> None:
    """Import new files of a folder as they appear, until stopped with Ctrl-C.

    A file is imported once, when its size and time of change were the same at two looks. One that cannot be read is
    named and left; the watch goes on. A file that changes later is imported again, which changes nothing twice.
    """
    watch = facade.watch_folder(session.workspace, folder, accept_proposals=yes)
    if not once:
        told = f"Watching {folder} every {seconds:g} seconds (stop with Ctrl-C)."
        session.console.print(told, markup=False, soft_wrap=True)
    tally = _Tally()
    watch.settled()
    while not session.stopping().wait(seconds):
        _bring_in(session, watch, tally)
        if once:
            break
    _print_summary(session, folder, tally)
    if once and tally.failed:
        session.exit_code = 1


def _bring_in(session: Session, watch: facade.FolderWatch, tally: _Tally) -> None:
    files = watch.settled()
    if not files:
        return
    reports: list[FileReport] = []
    with Bar(session) as bar:
        for file in files:
            report = watch.bring_in(file, bar.show, session.should_stop)
            reports.append(report)
            tally.add(report)
            if report.status == INTERRUPTED:
                break
    if new := [report for report in reports if report.status != KNOWN]:
        print_reports(session, new)


def _print_summary(session: Session, folder: Path, tally: _Tally) -> None:
    parts = [f"{_counted(tally.files, 'file')} imported with {_counted(tally.rows, 'row')}"]
    if tally.known:
        parts.append(f"{tally.known:,} known from before")
    if tally.failed:
        parts.append(f"{tally.failed:,} left")
    session.console.print(f"{folder}: {', '.join(parts)}.", markup=False, soft_wrap=True)


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
