"""`touchline experiments`: plan an experiment, start it, stop it, read it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Protocol

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from touchline.engine.workspace import Workspace
from touchline.experiments import facade, wording
from touchline.experiments.facade import METRIC_KINDS, ExperimentError, Plan, Power, Reading
from touchline.formulas.cannot_say import CannotSay
from touchline.journeys.facade import JourneyFileError
from touchline.ui.numbers import moment, whole

WIDTH = 120


class Session(Protocol):
    """What the command line gives a command."""

    console: Console

    @property
    def workspace(self) -> Workspace:
        """The open workspace."""


def _told(command: Callable[..., None]) -> Callable[..., None]:
    """Say what cannot be done in a sentence, with exit code 1."""

    @wraps(command)
    def run(*given: Any, **named: Any) -> None:
        try:
            command(*given, **named)
        except (ExperimentError, JourneyFileError) as problem:
            raise click.ClickException(str(problem)) from None

    return run


@click.group("experiments", invoke_without_command=True)
@click.pass_context
def experiments_command(context: click.Context) -> None:
    """Experiments: customers drawn by lot, what each arm did since, and what may be concluded. Alone: list them."""
    if context.invoked_subcommand is None:
        context.invoke(list_command)


@experiments_command.command("list")
@click.pass_obj
@_told
def list_command(session: Session) -> None:
    """List every experiment with what it says at the moment."""
    found = facade.experiments(session.workspace)
    if not found:
        _say(session, 'There is no experiment yet. Plan one: touchline experiments plan "Reassurance at checkout"')
        return
    table = Table(box=None, pad_edge=False)
    for heading in ("name", "status", "since", "customers", "what it says"):
        table.add_column(heading)
    for each in found:
        reading = facade.experiment_reading(session.workspace, each.name) if each.started else None
        counts = " / ".join(whole(arm.exposed) for arm in reading.arms) if isinstance(reading, Reading) else ""
        says = reading.heading if isinstance(reading, Reading) else reading.sentence if reading else ""
        cells = (each.name, each.status_words, moment(each.started) if each.started else "", counts, says)
        table.add_row(*(Text(cell) for cell in cells))
    session.console.print(table, width=WIDTH)


@experiments_command.command("plan")
@click.argument("title")
@click.option("--name", default="", help="By which pages and servers ask. Default: made of the title.")
@click.option("--why", "hypothesis", default="", help="Why it should help.")
@click.option("--at", "touchpoint", default="", help="Id of the touchpoint where customers meet it.")
@click.option("--metric", type=click.Choice(list(METRIC_KINDS)), default="ordered", show_default=True)
@click.option("--step", "metric_touchpoint", default="", help="Id of the touchpoint to reach, for --metric reached.")
@click.option("--days", default=14, show_default=True, help="How long each customer is followed.")
@click.option(
    "--smallest",
    default=1.0,
    show_default=True,
    help="Smallest change worth finding: percentage points, an amount, or points of score.",
)
@click.option("--weeks", default=4, show_default=True, help="How long it may run.")
@click.option("--included", default=100, show_default=True, help="Per cent of customers in the experiment.")
@click.option("--share", default=50, show_default=True, help="Per cent of them that get the change.")
@click.option(
    "--arm", "change_name", default="change", show_default=True, help="Name of the change in the page's code."
)
@click.pass_obj
@_told
def plan_command(session: Session, **told: Any) -> None:
    """Plan an experiment and see how long it takes. Nobody meets it until it is started."""
    plan = Plan(
        told["title"],
        told["metric"],
        told["days"],
        told["metric_touchpoint"],
        told["touchpoint"],
        facade.from_shown(told["smallest"], told["metric"]),
        told["weeks"],
        told["included"],
        told["share"],
        told["change_name"],
        told["hypothesis"],
        told["name"],
    )
    made = facade.create_experiment(session.workspace, plan)
    _say(
        session,
        f"Planned “{made.title}”. {wording.power_sentence(facade.power_before(session.workspace, made), made, facade.currency_of(session.workspace))}",
    )
    _say(session, f"Start it: touchline experiments start {made.name}")


@experiments_command.command("start")
@click.argument("name")
@click.pass_obj
@_told
def start_command(session: Session, name: str) -> None:
    """Put the variants on offer. From now on nothing of the plan changes."""
    made = facade.start_experiment(session.workspace, name)
    _say(session, f"Started “{made.title}”: pages and servers that ask for {made.name} get their variant.")


@experiments_command.command("stop")
@click.argument("name")
@click.pass_obj
@_told
def stop_command(session: Session, name: str) -> None:
    """Take the variants off; what was measured stays."""
    made = facade.stop_experiment(session.workspace, name)
    _say(session, f"Ended “{made.title}”. Whoever asks now gets no variant; browsers learn of it within five minutes.")


@experiments_command.command("remove")
@click.argument("name")
@click.pass_obj
@_told
def remove_command(session: Session, name: str) -> None:
    """Remove a plan that never started."""
    facade.remove_experiment(session.workspace, name)
    _say(session, f"Removed the plan of {name}.")


@experiments_command.command("show")
@click.argument("name")
@click.pass_obj
@_told
def show_command(session: Session, name: str) -> None:
    """Read one experiment: the draw first, then the difference with both intervals; or its plan, before it starts."""
    found = facade.experiment(session.workspace, name)
    if found is None:
        raise ExperimentError(f"There is no experiment “{name}”.")
    _say(session, f"{found.title} · {found.status_words}", f"Main outcome: {found.metric.words}")
    if found.started is None:
        power: Power | CannotSay = facade.power_before(session.workspace, found)
        _say(session, wording.power_sentence(power, found, facade.currency_of(session.workspace)))
        return
    reading = facade.experiment_reading(session.workspace, name)
    if isinstance(reading, CannotSay):
        _say(session, reading.sentence)
        return
    grade = f" Evidence grade {reading.grade.grade.letter}." if reading.grade else ""
    _say(session, f"{reading.heading}. {reading.sentence}{grade}", f"Draw: {wording.draw_sentence(reading)}")
    if reading.main is not None:
        _show_metrics(session, reading)
    _say(session, *wording.flags(reading))


def _show_metrics(session: Session, reading: Reading) -> None:
    control, change = (arm.name for arm in reading.arms)
    shown = [reading.main, *reading.others, reading.answering]
    for each in (wording.metric_row(metric, reading.currency) for metric in shown if metric is not None):
        _say(session, "", each.words)
        if each.refused:
            _say(session, f"  Cannot say. {each.refused}")
            continue
        _say(session, f"  {control} {each.control}, {change} {each.treated}: {each.difference}")
        _say(session, f"  look any time: {each.any_time}", f"  one look:      {each.fixed}, p {each.p}")
        if each.note:
            _say(session, f"  {each.note}")
    _say(session, "")


def _say(session: Session, *lines: str) -> None:
    for line in lines:
        session.console.print(Text(line), soft_wrap=True)


COMMANDS: tuple[click.Command, ...] = (experiments_command,)
