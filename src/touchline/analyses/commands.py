"""One command per kind of question: `touchline funnel`, `touchline retention` and the others, made of its parameters."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, Protocol

import click
from rich.console import Console

from touchline.analyses import COMMANDS as COMMANDS_IN_SHORT
from touchline.analyses import facade
from touchline.analyses.exports.files import WRITERS, as_json, write_answer
from touchline.analyses.facade import Kind, Question, QuestionError
from touchline.analyses.questions.units import UNITS
from touchline.analyses.rules.parameters import AnyParameter, Choice, OneStep, StepList, Switch
from touchline.analyses.terminal import print_answer
from touchline.engine.workspace import Workspace
from touchline.events.facade import CHANNELS, DEVICES
from touchline.kit.day_option import Day
from touchline.kit.whole_file import write_whole


class Session(Protocol):
    """What the command line gives a command."""

    console: Console

    @property
    def workspace(self) -> Workspace:
        """The open workspace."""


def _command(kind: Kind[Any, Any]) -> click.Command:
    @click.pass_obj
    def run(session: Session, /, as_json_: bool, files: tuple[Path, ...], **given: Any) -> None:
        _check_endings(files)
        try:
            answered = facade.answered(session.workspace, _question(session.workspace, kind, given))
        except QuestionError as problem:
            option = f"{_option_name(problem.parameter)}: " if problem.parameter else ""
            raise click.UsageError(f"{option}{problem}") from None
        for file in files:
            write_whole(file, write_answer(answered, file.suffix)[1])
            if not as_json_:
                session.console.print(f"Wrote {file}", soft_wrap=True)
        if as_json_:
            session.console.out(as_json(answered), end="", highlight=False)
        elif not files:
            print_answer(session.console, answered)

    command: Callable[..., Any] = run
    for option in reversed([*map(_option, kind.parameters), *_scope_options()]):
        command = option(command)
    return click.command(
        kind.name,
        help=f"{kind.asks}\n\nWithout options it answers the question that is usual for the data. Files leave out figures "
        "that rest on fewer than ten people; the terminal shows them.",
        short_help=COMMANDS_IN_SHORT[kind.name],
    )(command)


def _option(parameter: AnyParameter) -> Callable[..., Any]:
    name = _option_name(parameter.name)
    if isinstance(parameter, Choice):
        choice = click.Choice([value for value, _ in parameter.choices])
        return click.option(name, parameter.name, type=choice, help=parameter.help)
    if isinstance(parameter, StepList):
        return click.option(
            name, parameter.name, multiple=True, metavar="STEP", help=f"{parameter.help} Give it once for each."
        )
    if isinstance(parameter, Switch):
        return click.option(f"{name}/--no-{name[2:]}", parameter.name, default=None, help=parameter.help)
    metavar = "STEP" if isinstance(parameter, OneStep) else None
    return click.option(name, parameter.name, metavar=metavar, help=parameter.help)


def _option_name(parameter: str) -> str:
    return "--step" if parameter == "steps" else f"--{parameter.replace('_', '-')}"


def _scope_options() -> list[Callable[..., Any]]:
    return [
        click.option("--unit", type=click.Choice(UNITS), help="Whose steps are put in order. Default: customer."),
        click.option("--start", type=Day(), help="First day, e.g. 2026-01-01. Default: the last 90 days of the data."),
        click.option("--end", type=Day(), help="Last day, inclusive."),
        click.option("--all", "everything", is_flag=True, help="All data instead of the last 90 days."),
        click.option("--compare", default="", metavar="previous|DAY..DAY", help="Days of the second group."),
        click.option("--against", default="", help="A filter that makes the second group, e.g. 'country = \"DE\"'."),
        click.option(
            "--breakdown", default="", help="channel, device, intent or a fact: figures of each of its values."
        ),
        click.option(
            "--channel", "channel", multiple=True, type=click.Choice(CHANNELS), help="Only these; repeatable."
        ),
        click.option("--device", "device", multiple=True, type=click.Choice(DEVICES), help="Only these; repeatable."),
        click.option("--intent", default="", help="Journeys that began with this campaign or touchpoint id."),
        click.option("--filter", "filter", default="", help="Only customers for whom this holds."),
        click.option("--json", "as_json_", is_flag=True, help="The whole answer as a JSON object."),
        click.option(
            "--export",
            "files",
            multiple=True,
            type=click.Path(dir_okay=False, path_type=Path),
            help=f"Write a file; its ending says what: {', '.join(f'.{ending}' for ending in WRITERS)}. Repeatable.",
        ),
    ]


def _question(workspace: Workspace, kind: Kind[Any, Any], given: dict[str, Any]) -> Question:
    texts = {name: _texts(value) for name, value in given.items() if name != "everything"}
    if given.get("everything"):
        texts["period"] = ["all"]
    return facade.usual_question(workspace, kind.name, texts)


def _texts(value: Any) -> list[str]:
    if value is None or value == "":
        return []
    if isinstance(value, bool):
        return ["1" if value else "0"]
    if isinstance(value, date):
        return [value.isoformat()]
    return [str(each) for each in value] if isinstance(value, tuple | list) else [str(value)]


def _check_endings(files: tuple[Path, ...]) -> None:
    for file in files:
        if file.suffix.lower().removeprefix(".") not in WRITERS:
            raise click.UsageError(f"{file}: an answer can be written as .{', .'.join(WRITERS)}.")


COMMANDS = tuple(_command(kind) for kind in facade.all_kinds())
