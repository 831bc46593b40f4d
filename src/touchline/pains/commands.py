"""`touchline pains`: pain points ranked by what they surely cost, and one of them with all that it rests on."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from typing import Protocol

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from touchline.engine.workspace import Workspace
from touchline.events.facade import CHANNELS, DEVICES
from touchline.journeys.facade import JourneyFileError
from touchline.kit.day_option import Day
from touchline.kit.utc_json import utc_text
from touchline.pains import facade
from touchline.pains.facade import Pains, UnknownPainError
from touchline.pains.terminal import print_pain, print_pains
from touchline.segments.facade import FilterError, Scope


class Session(Protocol):
    """What the command line gives a command."""

    console: Console

    @property
    def workspace(self) -> Workspace:
        """The open workspace."""


@click.command("pains")
@click.option("--details", "id_", metavar="ID", help="One pain with its evidence, its checks and how it was computed.")
@click.option("--from", "start", type=Day(), help="First day of the visits; all data by default.")
@click.option("--to", "end", type=Day(), help="Last day of the visits.")
@click.option("--channel", "channels", multiple=True, type=click.Choice(CHANNELS), help="Only these; may be repeated.")
@click.option("--device", "devices", multiple=True, type=click.Choice(DEVICES), help="Only these; may be repeated.")
@click.option("--intent", default="", help="Journeys that began with this campaign or touchpoint id.")
@click.option("--filter", "expression", default="", help="Which customers, in the filter language.")
@click.option("--kept", is_flag=True, help="Show what was computed last, even where data have changed since.")
@click.option("--json", "as_json", is_flag=True, help="Everything as a JSON object.")
@click.pass_obj
def pains_command(
    session: Session,
    id_: str | None,
    start: date | None,
    end: date | None,
    channels: tuple[str, ...],
    devices: tuple[str, ...],
    intent: str,
    expression: str,
    kept: bool,
    as_json: bool,
) -> None:
    """Show which pain points cost most, whom they hit, and how sure that is.

    Each visit to a touchpoint counts as a small trial: visits with a symptom are compared with fine ones at the same
    touchpoint, given what was known before. Computing takes from seconds to minutes and is kept until the data change.
    Ctrl-C stops it; what was computed before stays.
    """
    scope = Scope(start, end, None, None, channels, devices, intent, expression)
    try:
        found = _found(session, scope, kept=kept)
        pain = None if id_ is None else found.named(id_)
    except FilterError as problem:
        raise click.UsageError(f"--filter: {problem}") from None
    except UnknownPainError as problem:
        raise click.UsageError(f"--details: {problem}") from None
    except JourneyFileError as problem:
        raise click.ClickException(str(problem)) from None
    if as_json:
        told = json.dumps(asdict(pain or found), default=utc_text, ensure_ascii=False, indent=1)
        session.console.out(told, highlight=False)
    elif pain is not None:
        print_pain(session.console, pain, found)
    else:
        print_pains(session.console, found)


def _found(session: Session, scope: Scope, *, kept: bool) -> Pains:
    if kept:
        found = facade.kept_pains(session.workspace, scope)
        if found is None:
            raise click.UsageError("--kept: nothing has been computed for these visits yet; leave it out.")
        return found
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed}/{task.total}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=session.console, transient=True) as shown:
        task = shown.add_task("Looking whether data have changed", total=None)

        def report(progress: facade.Progress) -> None:
            shown.update(task, description=progress.words, completed=progress.done, total=progress.of or None)

        return facade.pains_of(session.workspace, scope, report)


COMMANDS = (pains_command,)
