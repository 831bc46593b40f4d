"""`touchline strategy`: from the audit to the board pack."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from pathlib import Path
from typing import Any, Protocol

import click
from rich.console import Console
from rich.text import Text

from touchline.documents.facade import WRITERS, Section, print_document, print_section
from touchline.engine.workspace import Workspace
from touchline.improvements.facade import ImprovementError
from touchline.journeys.facade import JourneyFileError
from touchline.kit.whole_file import write_whole
from touchline.strategy import facade
from touchline.strategy.facade import StrategyError
from touchline.strategy.writing.audit import answers_section, scorecard_section
from touchline.strategy.writing.gaps import gaps_section, proposed_section
from touchline.strategy.writing.proposals import proposals_section
from touchline.strategy.writing.review import review_sections
from touchline.strategy.writing.roadmap import inventory_section, roadmap_section

USUAL_SITE = "http://127.0.0.1:8000"
"""Where `touchline serve` shows the pages."""
NO_TARGET = "none"
NARROW = ("answers",)
"""Sections whose tables hold counts rather than sentences."""
FORM = {"pdf": "PDF", "pptx": "PowerPoint, with charts that can be edited", "md": "Markdown"}


class Session(Protocol):
    """What the command line gives a command."""

    console: Console

    @property
    def workspace(self) -> Workspace:
        """The open workspace."""


def _told(command: Callable[..., None]) -> Callable[..., None]:
    """Say in a sentence what cannot be as asked."""

    @wraps(command)
    def run(*given: Any, **named: Any) -> None:
        try:
            command(*given, **named)
        except (StrategyError, ImprovementError, JourneyFileError) as problem:
            raise click.UsageError(str(problem)) from None

    return run


@click.group("strategy")
def strategy_command() -> None:
    """Audit, gaps, proposals, roadmap, quarterly review and board pack, each resting on the one before."""


@strategy_command.command("audit")
@click.option(
    "--answer", "answered", multiple=True, metavar="QUESTION=ANSWER", help="Answer a question; repeat for several."
)
@click.option("--note", default="", help="Said with --answer or --close.")
@click.option("--who", default="", help="Who answers, or closes.")
@click.option(
    "--target", default=None, help="Experience score that every touchpoint is to reach, −100 to 100; or none."
)
@click.option("--lens", "lens_on", multiple=True, help="Switch a lens on, which adds its questions.")
@click.option("--without-lens", "lens_off", multiple=True, help="Switch a lens off; its answers stay.")
@click.option(
    "--close", "is_closing", is_flag=True, help="Keep the audit as it is now, for later reviews to compare with."
)
@click.pass_obj
@_told
def audit_command(
    session: Session,
    answered: tuple[str, ...],
    note: str,
    who: str,
    target: str | None,
    lens_on: tuple[str, ...],
    lens_off: tuple[str, ...],
    is_closing: bool,
) -> None:
    """What is measured at each touchpoint, and how far people say that we are there.

    Lenses (models of the field) add questions: hierarchy_of_needs, service_dominant_logic, experience_economy,
    experiential_modules.
    """
    workspace, console = session.workspace, session.console
    for name in lens_on:
        facade.switch_lens(workspace, name, is_on=True)
    for name in lens_off:
        facade.switch_lens(workspace, name, is_on=False)
    if answered:
        facade.answer(workspace, [(*_pair(each, "--answer"), note) for each in answered], who)
    if target is not None:
        facade.set_target(workspace, None if target.casefold() == NO_TARGET else _score(target))
    if is_closing:
        audit = facade.close_audit(workspace, who, "" if answered else note)
        console.print(Text(f"Closed audit {audit.number}. Later reviews compare with it."))
    areas, answers = facade.areas(workspace), facade.answers(workspace)
    _print(console, (scorecard_section(facade.scorecard(workspace)), answers_section(areas, answers)))
    given = {each.question: each.answer for each in answers}
    console.print(Text("\nQuestions", "bold"))
    for area in areas:
        for question in area.questions:
            answer = given.get(question.id, "not answered")
            console.print(Text(f"  {question.id}: ").append(question.text).append(f" {answer}", "bold"), soft_wrap=True)


@strategy_command.command("inventory")
@click.option(
    "--import", "imported", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Take in a CSV table."
)
@click.option(
    "--export", "exported", type=click.Path(dir_okay=False, path_type=Path), help="Write the inventory as CSV."
)
@click.pass_obj
@_told
def inventory_command(session: Session, imported: Path | None, exported: Path | None) -> None:
    """Tools, teams, skills and budgets: what there is to work with, and what nobody owns."""
    workspace, console = session.workspace, session.console
    if imported is not None:
        count = facade.import_resources(workspace, _text_of(imported))
        console.print(Text(f"Took in {count} {'line' if count == 1 else 'lines'} of {imported.name}."))
    found = facade.inventory(workspace)
    if exported is not None:
        write_whole(exported, facade.as_csv(found.resources).encode())
        console.print(f"Wrote {exported}", soft_wrap=True)
    _print(console, (inventory_section(found, facade.places(workspace), workspace.settings.currency),))


@strategy_command.command("gaps")
@click.option(
    "--keep", "kept", multiple=True, metavar="EVIDENCE", help="Keep a gap that is proposed, such as answer:data.joined."
)
@click.option("--dismiss", "dismissed", multiple=True, metavar="EVIDENCE", help="Dismiss one; needs --reason.")
@click.option("--owner", default="", help="Who looks after what --keep keeps.")
@click.option("--reason", default="", help="Why.")
@click.pass_obj
@_told
def gaps_command(session: Session, kept: tuple[str, ...], dismissed: tuple[str, ...], owner: str, reason: str) -> None:
    """Gaps between what is and what should be: those that are kept, and those that the data propose."""
    for evidence in kept:
        gap = facade.decide(session.workspace, evidence, owner=owner)
        session.console.print(Text(f"Kept as gap {gap.number}."))
    for evidence in dismissed:
        facade.decide(session.workspace, evidence, "dismissed", reason=reason)
        session.console.print(Text(f"Dismissed {evidence}."))
    found = facade.register(session.workspace)
    _print(session.console, (gaps_section(found), proposed_section(found)))


@strategy_command.command("proposals")
@click.pass_obj
@_told
def proposals_command(session: Session) -> None:
    """Improvements not launched yet, in the order in which they should be done: value × confidence ÷ effort."""
    _print(session.console, (proposals_section(facade.proposals(session.workspace)),))


@strategy_command.command("roadmap")
@click.option(
    "--put",
    "placed",
    multiple=True,
    metavar="NUMBER=QUARTER",
    help="Put an improvement into a quarter, such as 3=2026-Q4; NUMBER= takes it out.",
)
@click.pass_obj
@_told
def roadmap_command(session: Session, placed: tuple[str, ...]) -> None:
    """Improvements in quarters, the days they take beside the days that teams have."""
    for each in placed:
        number, quarter = _pair(each, "--put")
        if not number.isdecimal():
            raise StrategyError(f"--put: “{number}” is not the number of an improvement.")
        facade.place(session.workspace, int(number), facade.quarter_asked(quarter) if quarter else None)
    _print(session.console, (roadmap_section(facade.roadmap(session.workspace)),))


@strategy_command.command("review")
@click.option("--quarter", default="", help="Such as 2026-Q4; the current one without.")
@click.option("--decide", "decision", default="", help="Write down what was decided.")
@click.option("--who", default="", help="Who decided.")
@click.pass_obj
@_told
def review_command(session: Session, quarter: str, decision: str, who: str) -> None:
    """What a quarter brought: launches, verdicts, reviews, gaps, how experience moved, decisions."""
    asked = facade.quarter_asked(quarter)
    if decision:
        facade.write_decision(session.workspace, asked, decision, who, None)
    _print(session.console, review_sections(facade.review(session.workspace, asked)))


@strategy_command.command("pack")
@click.option("--quarter", default="", help="Such as 2026-Q4; the current one without.")
@click.option(
    "--pptx", "pptx_file", type=click.Path(dir_okay=False, path_type=Path), help=f"Write it as {FORM['pptx']}."
)
@click.option("--pdf", "pdf_file", type=click.Path(dir_okay=False, path_type=Path), help=f"Write it as {FORM['pdf']}.")
@click.option("--md", "md_file", type=click.Path(dir_okay=False, path_type=Path), help=f"Write it as {FORM['md']}.")
@click.option("--site", default=USUAL_SITE, show_default=True, help="Where numbers in files lead to.")
@click.pass_obj
@_told
def pack_command(
    session: Session, quarter: str, pptx_file: Path | None, pdf_file: Path | None, md_file: Path | None, site: str
) -> None:
    """The board pack: all of it as one document, without figures that rest on fewer than ten. Without a file: here."""
    document = facade.pack(session.workspace, facade.quarter_asked(quarter))
    files = {"pptx": pptx_file, "pdf": pdf_file, "md": md_file}
    for ending, file in files.items():
        if file is not None:
            write_whole(file, WRITERS[ending][0](document, site.rstrip("/")))
            session.console.print(f"Wrote {file}", soft_wrap=True)
    if not any(files.values()):
        print_document(session.console, document)


def _print(console: Console, sections: Iterable[Section]) -> None:
    for section in sections:
        print_section(console, section, in_blocks=section.id not in NARROW)


def _pair(text: str, option: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise StrategyError(f"{option}: “{text}” is not of the form NAME=VALUE.")
    return name.strip(), value.strip()


def _score(text: str) -> float:
    try:
        return float(text.replace("−", "-"))
    except ValueError:
        raise StrategyError(f"--target: “{text}” is not a score from −100 to 100, nor none.") from None


def _text_of(file: Path) -> str:
    try:
        return file.read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise StrategyError(f"{file.name} is not text in UTF-8.") from None


COMMANDS = (strategy_command,)
