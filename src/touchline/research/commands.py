"""`touchline note`: notes of interviews, observations, workshops and usability tests on the steps of the journey."""

from __future__ import annotations

from datetime import date
from typing import Protocol

import click
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from touchline.engine.workspace import Workspace
from touchline.events.facade import RESEARCH_METHODS
from touchline.formulas.evidence_grade import OPINION
from touchline.journeys.facade import JourneyFileError, ResearchNote
from touchline.kit.day_option import Day
from touchline.research import facade
from touchline.research.rules import ResearchError


class Session(Protocol):
    """What the command line gives a command."""

    console: Console

    @property
    def workspace(self) -> Workspace:
        """The open workspace."""


@click.group("note")
def note_command() -> None:
    """Research notes on steps: interviews, observations, workshops, usability tests.

    They are evidence of grade E, hypotheses: shown beside a step and never counted. Tables of notes are imported with
    `touchline import`.
    """


@note_command.command("add")
@click.argument("step")
@click.argument("text")
@click.option(
    "--method",
    type=click.Choice(tuple(RESEARCH_METHODS)),
    default="other",
    show_default=True,
    help="How it came about.",
)
@click.option("--who", "participant", default="", help="Whoever said or did it, as a pseudonym such as P3.")
@click.option("--noted-by", default="", help="Whoever noted it.")
@click.option("--date", "noted", type=Day(), help="The day, e.g. 2026-05-04.")
@click.pass_obj
def add_command(
    session: Session, step: str, text: str, method: str, participant: str, noted_by: str, noted: date | None
) -> None:
    """Put a note on a step, named by its id or its name."""
    try:
        number, name = facade.add_research_note(
            session.workspace, step, text, method=method, participant=participant, noted_by=noted_by, noted=noted
        )
    except (ResearchError, JourneyFileError) as problem:
        raise click.UsageError(str(problem)) from None
    session.console.print(Text(f"Note {number} is on “{name}”."))


@note_command.command("list")
@click.argument("step", required=False, default="")
@click.pass_obj
def list_command(session: Session, step: str) -> None:
    """List the notes of a step, or all, with their numbers; personal data masked."""
    try:
        notes = facade.research_notes_on(session.workspace, step)
    except (ResearchError, JourneyFileError) as problem:
        raise click.UsageError(str(problem)) from None
    if not notes:
        session.console.print(
            Text("There are no research notes here yet. Put one on a step: touchline note add STEP TEXT")
        )
        return
    session.console.print(Text(f"Evidence grade {OPINION.letter}: each is a {OPINION.wording}, never counted."))
    shown = None
    for name, note in notes:
        heading = name or f"On no step: “{note.called}”"
        if heading != shown:
            session.console.print(Text(f"\n{heading}", "bold"))
            shown = heading
        session.console.print(Padding(_line(note), (0, 0, 0, 2), expand=False))


@note_command.command("remove")
@click.argument("number", type=int)
@click.pass_obj
def remove_command(session: Session, number: int) -> None:
    """Remove a note: its words are erased, and importing its table again does not bring it back."""
    try:
        facade.remove_research_note(session.workspace, number)
    except ResearchError as problem:
        raise click.UsageError(str(problem)) from None
    session.console.print(Text(f"Removed note {number}."))


@note_command.command("place")
@click.argument("called")
@click.argument("step")
@click.pass_obj
def place_command(session: Session, called: str, step: str) -> None:
    """Put all notes that a table has under a name of its own, CALLED, on a step."""
    try:
        moved, name = facade.place_research_notes(session.workspace, called, step)
    except (ResearchError, JourneyFileError) as problem:
        raise click.UsageError(str(problem)) from None
    session.console.print(Text(f"Put {moved} note{'' if moved == 1 else 's'} on “{name}”."))


def _line(note: ResearchNote) -> Text:
    about = [RESEARCH_METHODS.get(note.method, note.method), note.participant]
    about += [f"noted by {note.noted_by}" if note.noted_by else "", note.noted.isoformat() if note.noted else ""]
    line = Text(f"{note.number}. {note.text}")
    line.append(f" ({', '.join(filter(None, about))})", "dim")
    return line


COMMANDS = (note_command,)
