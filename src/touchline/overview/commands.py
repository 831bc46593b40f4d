"""`touchline map`: the journey map in the terminal, as JSON, and as files."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Protocol

import click
from rich.console import Console

from touchline.engine.workspace import Workspace
from touchline.events.facade import CHANNELS, DEVICES
from touchline.journeys.facade import JourneyMap
from touchline.kit.day_option import Day
from touchline.kit.whole_file import write_whole
from touchline.overview import facade
from touchline.overview.exporting.command import export_command
from touchline.overview.facade import FORMATS
from touchline.overview.terminal import print_map
from touchline.segments.facade import DATES, NOTHING, PREVIOUS, FilterError, Scope


class Session(Protocol):
    """What the command line gives a command."""

    console: Console

    @property
    def workspace(self) -> Workspace:
        """The open workspace."""


@click.command("map")
@click.option("--start", type=Day(), help="First day, e.g. 2026-01-01. Default: the last 90 days of the data.")
@click.option("--end", type=Day(), help="Last day, inclusive.")
@click.option("--all", "everything", is_flag=True, help="All data instead of the last 90 days.")
@click.option(
    "--compare",
    default=PREVIOUS,
    show_default=True,
    metavar="previous|none|DAY..DAY",
    help="The period compared with.",
)
@click.option("--channel", "channels", multiple=True, type=click.Choice(CHANNELS), help="Only these; may be repeated.")
@click.option("--device", "devices", multiple=True, type=click.Choice(DEVICES), help="Only these; may be repeated.")
@click.option("--intent", default="", help="Journeys that began with this campaign or touchpoint id.")
@click.option("--filter", "filter_", default="", help="""Only customers for whom this holds, e.g. 'country = "DE"'.""")
@click.option("--json", "as_json", is_flag=True, help="The whole map as a JSON object.")
@click.option(
    "--export",
    "files",
    multiple=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help=f"Write a file; its ending says what: {', '.join(f'.{suffix}' for suffix in FORMATS)}. May be repeated.",
)
@click.pass_obj
def map_command(
    session: Session,
    start: date | None,
    end: date | None,
    everything: bool,
    compare: str,
    channels: tuple[str, ...],
    devices: tuple[str, ...],
    intent: str,
    filter_: str,
    as_json: bool,
    files: tuple[Path, ...],
) -> None:
    """Show the measured journey map.

    Files leave out figures that rest on fewer than ten customers or answers; the terminal shows them.
    """
    unknown = [file for file in files if file.suffix.lower().removeprefix(".") not in FORMATS]
    if unknown:
        raise click.UsageError(f"{unknown[0]}: a map can be written as .{', .'.join(FORMATS)}.")
    days, how = _compared(compare)
    scope = Scope(start, end, *days, tuple(channels), tuple(devices), intent, filter_)
    _print(session, _measured(session, scope, how, everything), as_json, files)


def _measured(session: Session, scope: Scope, compare: str, everything: bool) -> JourneyMap:
    if scope.start and scope.end and scope.start > scope.end:
        raise click.UsageError(f"--start {scope.start} lies after --end {scope.end}.")
    try:
        return facade.measured_map(
            session.workspace, facade.filled_scope(session.workspace, scope, compare, everything)
        )
    except FilterError as problem:
        raise click.UsageError(f"--filter: {problem}") from None


def _print(session: Session, measured: JourneyMap, as_json: bool, files: tuple[Path, ...]) -> None:
    for file in files:
        try:
            write_whole(file, facade.export(measured, file.suffix).content)
        except OSError as problem:
            raise click.ClickException(f"{file} could not be written: {problem.strerror or problem}.") from None
        if not as_json:
            session.console.print(f"Wrote {file}", soft_wrap=True)
    if as_json:
        session.console.out(facade.as_json(measured), end="", highlight=False)
    elif not files:
        print_map(session.console, measured)


def _compared(compare: str) -> tuple[tuple[date | None, date | None], str]:
    if compare in (PREVIOUS, NOTHING):
        return (None, None), compare
    first, dots, last = compare.partition("..")
    try:
        days = date.fromisoformat(first), date.fromisoformat(last)
    except ValueError:
        raise click.UsageError(
            f"--compare {compare!r}: expected previous, none, or two days such as 2026-01-01..2026-03-31."
        ) from None
    if not dots or days[0] > days[1]:
        raise click.UsageError(f"--compare {compare!r}: the first day lies after the last.")
    return days, DATES


COMMANDS = (map_command, export_command)
