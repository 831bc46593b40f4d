"""`touchline rejections`: events that could not be stored as they came."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, TypeVar

import click

from touchline.collection import facade
from touchline.collection.actions.exporting import FORMATS, export_rejections
from touchline.collection.commands.session import WIDTH, Session, say
from touchline.collection.facade import Rejection, RejectionError, RejectionFilter, WriteKey
from touchline.collection.rules.problems import EVENT_PROBLEMS
from touchline.collection.rules.reading import as_read
from touchline.collection.rules.redriving import in_words
from touchline.kit.day_option import Day
from touchline.ui.numbers import moment

_Command = TypeVar("_Command", bound=Callable[..., Any])


@click.group("rejections")
def rejections_command() -> None:
    """Events that could not be stored as they came: look at them, correct them, send them again."""


def _filtered(command: _Command) -> _Command:
    options = (
        click.option("--code", type=click.Choice(sorted(EVENT_PROBLEMS)), help="Only those with this problem."),
        click.option("--key", default="", help="Only those that came by this write key or webhook (number or name)."),
        click.option("--contains", default="", help="Only those whose content, reason or message id holds this."),
        click.option("--since", type=Day(), help="Only those received from this day on (UTC), e.g. 2026-11-01."),
        click.option("--until", type=Day(), help="Only those received up to this day (UTC)."),
    )
    for option in reversed(options):
        command = option(command)
    return command


def _meant(
    session: Session, code: str | None, key: str, contains: str, since: date | None, until: date | None
) -> RejectionFilter:
    return RejectionFilter(
        code,
        _sender_meant(session, key).id if key else None,
        contains or None,
        datetime.combine(since, time()) if since else None,
        datetime.combine(until + timedelta(days=1), time()) if until else None,
    )


def _sender_meant(session: Session, text: str) -> WriteKey:
    found = facade.senders_called(session.workspace.store, text)
    if len(found) == 1:
        return found[0]
    if not found:
        raise click.UsageError(f"There is no write key and no webhook {text!r}.")
    numbers = " and ".join(str(key.id) for key in found)
    raise click.UsageError(f"{text!r} is the name of several senders: say {numbers}.")


@rejections_command.command("list")
@_filtered
@click.option("--offset", type=click.IntRange(min=0), default=0, show_default=True, help="Events to leave out.")
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True, help="Events to show.")
@click.pass_obj
def list_command(session: Session, /, offset: int, limit: int, **chosen: Any) -> None:
    """List the events that wait, the latest first, with the reason."""
    which = _meant(session, **chosen)
    total = facade.count_rejections(session.workspace.store, which)
    found = facade.rejections(session.workspace.store, which, offset, limit)
    if not found:
        say(session, "No rejected event is waiting." if not total else "There are no further events.")
        return
    for each in found:
        _show_head(session, each)
        session.console.print(f"  {each.content[:200]}", markup=False, style="dim", width=WIDTH)
    say(session, f"Events {offset + 1} to {offset + len(found)} of {total:,}.")


@rejections_command.command("show")
@click.argument("number", type=int)
@click.pass_obj
def show_command(session: Session, number: int) -> None:
    """Show one with its whole content."""
    found = facade.rejection(session.workspace.store, number)
    if found is None:
        raise click.UsageError(f"There is no rejected event {number}.")
    _show_head(session, found)
    say(session, as_read(found.content))


@rejections_command.command("retry")
@click.argument("number", type=int, required=False)
@_filtered
@click.option(
    "--content",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A file with the corrected event, in place of what came; with NUMBER.",
)
@click.pass_obj
def retry_command(session: Session, /, number: int | None, content: Path | None, **chosen: Any) -> None:
    """Send one again (NUMBER), as it came or corrected, or all that wait and are meant by the options.

    It is judged by today's rules and counted at the time at which it came. What is in the store already is not
    counted twice.
    """
    if number is None and content is not None:
        raise click.UsageError("--content corrects one event: say its NUMBER.")
    if number is None:
        done = facade.redrive_all(session.workspace, _meant(session, **chosen), should_stop=session.should_stop)
        say(session, in_words(done))
        return
    _refuse_options(chosen)
    try:
        corrected = content.read_text("utf-8", "replace") if content is not None else None
        result = facade.redrive(session.workspace, number, corrected)
    except RejectionError as problem:
        raise click.UsageError(str(problem)) from None
    say(session, f"{number}: {result.sentence}")
    if result.reason:
        session.exit_code = 1


@rejections_command.command("dismiss")
@click.argument("number", type=int, required=False)
@_filtered
@click.option("--yes", is_flag=True, help="Yes, all that are meant; needed without NUMBER.")
@click.pass_obj
def dismiss_command(session: Session, /, number: int | None, yes: bool, **chosen: Any) -> None:
    """Take one (NUMBER), or all that are meant by the options, off the list of those that wait."""
    if number is None:
        which = _meant(session, **chosen)
        if not yes:
            count = facade.count_rejections(session.workspace.store, which)
            raise click.UsageError(f"This would dismiss {count:,} events. Say --yes if that is meant.")
        say(session, f"Dismissed {facade.dismiss_all(session.workspace, which):,}.")
        return
    _refuse_options(chosen)
    try:
        facade.dismiss(session.workspace, number)
    except RejectionError as problem:
        raise click.UsageError(str(problem)) from None
    say(session, "Dismissed.")


@rejections_command.command("export")
@_filtered
@click.option("--format", "format_", type=click.Choice(tuple(FORMATS)), default="csv", show_default=True)
@click.option("--output", "-o", type=click.Path(path_type=Path, dir_okay=False), help="File to write; else printed.")
@click.pass_obj
def export_command(session: Session, /, format_: str, output: Path | None, **chosen: Any) -> None:
    """Write the events that wait as CSV, or one JSON object a line."""
    text = "".join(export_rejections(session.workspace.store, _meant(session, **chosen), format_))
    if output is None:
        session.console.out(text, end="", highlight=False)
        return
    try:
        output.write_text(text, "utf-8", newline="")
    except OSError as error:
        raise click.ClickException(f"{output} cannot be written: {error.strerror or error}.") from None
    say(session, f"Wrote {output}.")


def _refuse_options(chosen: dict[str, Any]) -> None:
    if any(chosen.values()):
        raise click.UsageError("Either the NUMBER of one event or options that mean several; found both.")


def _show_head(session: Session, found: Rejection) -> None:
    state = f" ({found.outcome})" if found.outcome else ""
    head = f"{found.id}  {moment(found.received)}  {found.key_name or 'unknown key'}  {found.code}{state}"
    session.console.print(head, style="bold", markup=False, highlight=False, soft_wrap=True)
    session.console.print(f"  {found.reason}", markup=False, highlight=False, width=WIDTH)
