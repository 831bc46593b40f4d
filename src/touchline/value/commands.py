"""`touchline value`: what customers are worth, and the assumptions that amounts of money rest on."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Protocol

import click
from rich.console import Console

from touchline.engine.deriving import bring_up_to_date
from touchline.engine.workspace import Workspace
from touchline.kit.utc_json import utc_text
from touchline.value import facade
from touchline.value.rules.assumptions import MEANINGS
from touchline.value.terminal import print_value


class Session(Protocol):
    """What the command line gives a command."""

    console: Console

    @property
    def workspace(self) -> Workspace:
        """The open workspace."""


@click.command("value")
@click.option(
    "--set",
    "changes",
    multiple=True,
    metavar="NAME=VALUE",
    help=f"Set an assumption: {', '.join(each.name for each in MEANINGS)}. E.g. --set margin=35%.",
)
@click.option("--note", default="", help="Where these figures are from; kept with them.")
@click.option("--json", "as_json", is_flag=True, help="Everything as a JSON object.")
@click.pass_obj
def value_command(session: Session, changes: tuple[str, ...], note: str, as_json: bool) -> None:
    """Show what customers are worth, who lapsed, and how well that can be forecast.

    Amounts are margin still to come, of today's money. They rest on assumptions that no file tells; --set changes them,
    here and wherever else amounts of money are shown.
    """
    if note and not changes:
        raise click.UsageError("--note says where the figures of --set are from; nothing is set.")
    if changes:
        try:
            facade.set_assumptions(session.workspace, dict(_pair(each) for each in changes), note)
        except facade.AssumptionError as problem:
            raise click.UsageError(str(problem)) from None
    bring_up_to_date(session.workspace)
    report = facade.value_report(session.workspace)
    if as_json:
        told = json.dumps(asdict(report), default=utc_text, ensure_ascii=False, indent=1)
        session.console.out(told, highlight=False)
    else:
        print_value(session.console, report)


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise click.UsageError(f"--set: “{text}” is not of the form NAME=VALUE, such as margin=35%.")
    return name.strip(), value.strip()


COMMANDS = (value_command,)
