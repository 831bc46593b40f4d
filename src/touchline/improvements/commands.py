"""`touchline case`, `touchline launch` and `touchline verdict`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, Protocol, TypeVar

import click
from rich.console import Console
from rich.text import Text

from touchline.documents.facade import WRITERS, print_document
from touchline.engine.workspace import Workspace
from touchline.improvements import facade, terminal
from touchline.improvements.facade import (
    SCOPES,
    STATUSES,
    TARGET_KINDS,
    Asked,
    Improvement,
    ImprovementError,
    TargetMetric,
)
from touchline.improvements.writing import written_case
from touchline.journeys.facade import JourneyFileError, load_definition
from touchline.kit.day_option import Day
from touchline.kit.whole_file import write_whole
from touchline.pains.facade import UnknownPainError

USUAL_SITE = "http://127.0.0.1:8000"
"""Where `touchline serve` shows the pages."""

Found = TypeVar("Found")


class Session(Protocol):
    """What the command line gives a command."""

    console: Console

    @property
    def workspace(self) -> Workspace:
        """The open workspace."""


def _file(ending: str, name: str) -> Callable[[Any], Any]:
    return click.option(
        f"--{ending}",
        f"{ending}_file",
        is_flag=False,
        flag_value=f"case.{ending}",
        default=None,
        type=click.Path(dir_okay=False, path_type=Path),
        help=f"Write the page as {name}. Without a file: case.{ending}.",
    )


@click.command("case")
@click.argument("which", metavar="[ID]", required=False, default="")
@click.option(
    "--title", default="", help="What is to change. Without ID: puts an improvement of one's own on the backlog."
)
@click.option("--touchpoint", default="", help="Where, for an improvement of one's own.")
@click.option("--target", type=click.Choice(tuple(TARGET_KINDS)), help="What is to move.")
@click.option("--summary", default=None, help="How it is to change.")
@click.option("--cost", type=click.FloatRange(0), help="Cost, once.")
@click.option("--running-cost", type=click.FloatRange(0), help="Cost a month.")
@click.option("--effort-days", type=click.FloatRange(0), help="Days of work.")
@click.option(
    "--removes", nargs=2, type=click.FloatRange(0, 100), help="Per cent of the pain it takes away: from and to."
)
@click.option("--owner", default=None, help="Who looks after it.")
@click.option("--next-review", type=Day(), help="When it is looked at next, e.g. 2026-05-04.")
@click.option("--status", type=click.Choice(tuple(STATUSES)), help="Where it stands.")
@_file("pdf", "PDF")
@_file("pptx", "PowerPoint, with charts that can be edited")
@_file("md", "Markdown")
@click.option("--site", default=USUAL_SITE, show_default=True, help="Where numbers in files lead to.")
@click.pass_obj
def case_command(
    session: Session,
    /,
    which: str,
    title: str,
    touchpoint: str,
    target: str | None,
    removes: tuple[float, float] | None,
    status: str | None,
    pdf_file: Path | None,
    pptx_file: Path | None,
    md_file: Path | None,
    site: str,
    **told: Any,
) -> None:
    """The one page for the finance director: what hurts, what it costs, what to do, how it will be measured.

    ID is the number of an improvement, or the id of a pain point: then the case for it is made and put on the backlog. Without
    ID, the backlog is listed.
    """
    workspace = session.workspace
    if not which and not title:
        lines = _asked(lambda: facade.backlog(workspace))
        terminal.print_backlog(session.console, lines)
        if not lines:
            session.console.print("There are no improvements yet. Make a case for a pain point: touchline case PAIN")
        return
    number = _asked(lambda: _improvement(session, which, title, touchpoint, target))
    changes: dict[str, Any] = {_FIELDS[name]: value for name, value in told.items() if value is not None}
    if removes:
        changes["removes"] = (removes[0] / 100, removes[1] / 100)
    if target and which:
        found = facade.improvement(workspace, number)
        changes["target"] = _target(workspace, target, found.touchpoint_id, found.pain_id)
    if changes:
        _asked(lambda: facade.change(workspace, replace(facade.improvement(workspace, number), **changes)))
    if status:
        _asked(lambda: facade.set_status(workspace, number, status))
    document = written_case(_asked(lambda: facade.case(workspace, number)))
    files = {"pdf": pdf_file, "pptx": pptx_file, "md": md_file}
    for ending, file in files.items():
        if file is not None:
            write_whole(file, WRITERS[ending][0](document, site.rstrip("/")))
            session.console.print(f"Wrote {file}", soft_wrap=True)
    if not any(files.values()):
        print_document(session.console, document)


@click.command("launch")
@click.argument("number", type=int)
@click.option("--on", "day", type=Day(), required=True, help="The first day, e.g. 2026-05-04.")
@click.option(
    "--for", "scope", type=click.Choice(tuple(SCOPES)), default="everyone", show_default=True, help="Whom it reaches."
)
@click.option("--by", "group_key", default="", help="Which fact divides customers, such as region.")
@click.option("--group", "groups", multiple=True, help="One of the regions or groups that get it; repeat for several.")
@click.option("--experiment", default="", help="For a share or a flag: the experiment that draws them.")
@click.pass_obj
def launch_command(
    session: Session,
    number: int,
    day: date,
    scope: str,
    group_key: str,
    groups: tuple[str, ...],
    experiment: str,
) -> None:
    """Launch an improvement: say from when on whom it reaches. Plan and decision rule are fixed and stay.

    Launching in further groups later makes further waves.
    """
    asked = Asked(scope, day, group_key, groups, experiment)
    launched = _asked(lambda: facade.launch(session.workspace, number, asked))
    plan = launched.plan
    session.console.print(Text(f"Launched: {launched.words}. Measured by: {plan.name}.", "bold"))
    session.console.print(Text(plan.decision_rule))
    until = f"{plan.read_on:%-d %B %Y}" if plan.read_on else ""
    session.console.print(Text(f"It is read on {until}. Digest of the plan: {launched.digest[:16]}"))


@click.command("verdict")
@click.argument("number", type=int, required=False)
@click.pass_obj
def verdict_command(session: Session, number: int | None) -> None:
    """What a launched improvement did, as its plan said it would be read. Without NUMBER: the ledger of all of them."""
    workspace = session.workspace
    if number is None:
        ledger = _asked(lambda: facade.ledger(workspace))
        if ledger.rows:
            terminal.print_ledger(session.console, ledger)
        else:
            session.console.print("Nothing was launched yet. Launch an improvement: touchline launch NUMBER --on DAY")
        return
    case = _asked(lambda: facade.case(workspace, number))
    if case.launch is None:
        session.console.print(Text(facade.verdict(workspace, number).sentence))
        return
    print_document(session.console, written_case(case), only="verdict")


_FIELDS = {
    "summary": "summary",
    "cost": "cost",
    "running_cost": "running_cost_a_month",
    "effort_days": "effort_days",
    "owner": "owner",
    "next_review": "next_review",
}


def _improvement(session: Session, which: str, title: str, touchpoint: str, target: str | None) -> int:
    """The number of the improvement meant, made where it is a pain's or one of one's own."""
    workspace = session.workspace
    if which.isdecimal():
        found = facade.improvement(workspace, int(which))
        if title:
            facade.change(workspace, replace(found, title=title))
        return found.number
    if which:
        known = facade.improvement_of_pain(workspace, which)
        if known is not None:
            return known.number
        proposed = facade.propose(workspace, which)
        made = facade.make_case(workspace, replace(proposed, title=title) if title else proposed)
    else:
        metric = _target(workspace, target, touchpoint, "") if target else None
        made = facade.make_case(workspace, Improvement(0, title, touchpoint_id=touchpoint, target=metric))
    session.console.print(Text(f"Put on the backlog as improvement {made.number}."))
    return made.number


def _target(workspace: Workspace, kind: str, touchpoint: str, pain_id: str) -> TargetMetric:
    names = {each.id: each.name for each in load_definition(workspace).touchpoints}
    if touchpoint not in names:
        raise ImprovementError(f"There is no touchpoint “{touchpoint}”. There are: {', '.join(names)}.")
    return TargetMetric(kind, touchpoint, names[touchpoint], pain_id)


def _asked(ask: Callable[[], Found]) -> Found:
    try:
        return ask()
    except (ImprovementError, JourneyFileError) as problem:
        raise click.UsageError(str(problem)) from None
    except UnknownPainError as problem:
        raise click.UsageError(f"{problem} Or give the number of an improvement.") from None


COMMANDS = (case_command, launch_command, verdict_command)
