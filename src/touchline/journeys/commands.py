"""`touchline journey`: look at the definition, see what it does not cover, and take that in."""

from __future__ import annotations

from typing import Protocol

import click
from rich.console import Console
from rich.table import Table

from touchline.engine.workspace import Workspace
from touchline.journeys import facade
from touchline.journeys.actions.proposing import KEPT_AS
from touchline.journeys.facade import JourneyDefinition, JourneyFileError, UnmappedKind
from touchline.journeys.questions.typical_positions import unmapped_in_order
from touchline.journeys.rules.asked_proposal import read_proposal
from touchline.journeys.rules.proposal import MOST_STAGES, USUAL_STAGES, ProposalError
from touchline.journeys.rules.rule_words import planned_in_words, rule_in_words
from touchline.journeys.terminal import print_proposal

MOST_SHOWN = 20


class Session(Protocol):
    """What the command line gives a command."""

    console: Console

    @property
    def workspace(self) -> Workspace:
        """The open workspace."""


@click.group()
def journey() -> None:
    """The journey definition: stages, touchpoints, and the rules that say which events are contacts."""


@journey.command()
@click.pass_obj
def show(session: Session) -> None:
    """Show stages and touchpoints with their rules in words."""
    definition = _definition(session)
    console = session.console
    console.print(f"{definition.name}: journeys end after {definition.gap_days:g} days without a visit", markup=False)
    for stage in definition.stages:
        console.print(f"\n{stage.name}", style="bold", markup=False)
        for touchpoint in definition.touchpoints_of(stage.id):
            console.print(f"  {touchpoint.name} ({touchpoint.id})", markup=False)
            for words in rule_in_words(touchpoint):
                console.print(f"    {words}", style="dim", markup=False)
    planned, anywhere = planned_in_words(definition)
    if planned:
        console.print("\nPlanned order", style="bold")
        for words in planned:
            console.print(f"  {words}", markup=False)
        if anywhere:
            console.print(f"  at any time: {', '.join(anywhere)}", style="dim", markup=False)


@journey.command()
@click.pass_obj
def unmapped(session: Session) -> None:
    """List the most frequent events that belong to no touchpoint, in the order customers meet them."""
    _definition(session)
    facade.refresh(session.workspace)
    kinds = unmapped_in_order(session.workspace.store, MOST_SHOWN)
    if not kinds:
        session.console.print("Every event of a customer belongs to a touchpoint.")
        return
    table = Table("event", "channel", "page", "called", "events", box=None, header_style="bold")
    table.columns[-1].justify = "right"
    for kind in kinds:
        table.add_row(kind.name, kind.channel, kind.page or "", kind.label or "", f"{kind.events:,}")
    session.console.print(table)
    session.console.print("Make touchpoints of them with: touchline journey adopt --stage STAGE", soft_wrap=True)


@journey.command()
@click.option("--stage", "stage_id", required=True, help="Id of the stage that gets them, see: touchline journey show.")
@click.option(
    "--top", default=10, show_default=True, type=click.IntRange(1, MOST_SHOWN), help="How many, by frequency."
)
@click.pass_obj
def adopt(session: Session, stage_id: str, top: int) -> None:
    """Make touchpoints of the most frequent events that have none, in the order customers meet them."""
    _definition(session)
    facade.refresh(session.workspace)
    kinds = unmapped_in_order(session.workspace.store, top)
    before = {touchpoint.id for touchpoint in _definition(session).touchpoints}
    try:
        definition = facade.adopt_unmapped(session.workspace, kinds, stage_id)
    except JourneyFileError as error:
        raise click.BadParameter(str(error), param_hint="--stage") from None
    added = [touchpoint.name for touchpoint in definition.touchpoints if touchpoint.id not in before]
    named = f"Made {len(added)} touchpoints of {_events(kinds):,} events: {', '.join(added)}."
    session.console.print(named if added else "Nothing to do: every event of a customer belongs to a touchpoint.")


@journey.command()
@click.option("--stages", default=USUAL_STAGES, show_default=True, help=f"How many stages, at most {MOST_STAGES}.")
@click.option(
    "--pin",
    "pins",
    multiple=True,
    metavar="ID=STAGE[:PLACE]",
    help="Keep a touchpoint in a stage, e.g. basket=3 or basket=3:1.",
)
@click.option("--rename", "renames", multiple=True, metavar="ID=NAME", help="Call a touchpoint otherwise.")
@click.option("--stage-name", "stage_names", multiple=True, metavar="NUMBER=NAME", help="Call a stage otherwise.")
@click.option("--write", is_flag=True, help=f"Make it the journey definition; the one before is kept as {KEPT_AS}.")
@click.pass_obj
def propose(
    session: Session,
    stages: int,
    pins: tuple[str, ...],
    renames: tuple[str, ...],
    stage_names: tuple[str, ...],
    write: bool,
) -> None:
    """Propose stages and touchpoints from what customers do, in the order in which they do it.

    Nothing is changed without --write. What comes out otherwise in more than a fifth of resamples is marked as unsure.
    """
    _definition(session)
    try:
        filled = {"stages": str(stages)}
        for each in pins:
            id_, place = _pair(each, "--pin")
            filled[f"pin-{id_}"], _, filled[f"place-{id_}"] = place.partition(":")
        filled |= {f"name-{id_}": name for id_, name in (_pair(each, "--rename") for each in renames)}
        filled |= {f"stage-{number}": name for number, name in (_pair(each, "--stage-name") for each in stage_names)}
        asked = read_proposal(filled)
        proposal = facade.propose_journey(session.workspace, asked.stages, asked.pins)
    except ProposalError as problem:
        raise click.UsageError(str(problem)) from None
    print_proposal(session.console, proposal, asked.touchpoint_names, asked.stage_names)
    if write:
        facade.save_proposal(session.workspace, proposal, asked.touchpoint_names, asked.stage_names)
        session.console.print(f"Saved as the journey. What was there before is kept as {KEPT_AS}.", soft_wrap=True)
    else:
        session.console.print("Nothing is changed yet. Make it the journey with --write.", soft_wrap=True)


def _pair(text: str, option: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign or not name.strip() or not value.strip():
        raise ProposalError(f"{option} {text!r}: expected name=value.")
    return name.strip(), value.strip()


def _events(kinds: tuple[UnmappedKind, ...]) -> int:
    return sum(kind.events for kind in kinds)


def _definition(session: Session) -> JourneyDefinition:
    try:
        return facade.load_definition(session.workspace)
    except JourneyFileError as error:
        raise click.ClickException(str(error)) from None


COMMANDS = (journey,)
