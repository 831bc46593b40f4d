"""`touchline board`: boards on the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

import click
from rich.console import Console

from touchline.analyses.facade import QuestionError, all_kinds
from touchline.boards import facade
from touchline.boards.exports.feed import card_text, write_feed
from touchline.boards.exports.pdf import write_pdf
from touchline.boards.exports.pptx import write_pptx
from touchline.boards.facade import MAP, Board, BoardError
from touchline.boards.mailing import mail_server, send_due
from touchline.boards.subscriptions import EVERY, subscribe, subscriptions, unsubscribe
from touchline.engine.workspace import Workspace
from touchline.kit.whole_file import write_whole
from touchline.segments.facade import FilterError

ENDINGS = ("pdf", "pptx", "atom")


class Session(Protocol):
    """What the command line gives a command."""

    console: Console

    @property
    def workspace(self) -> Workspace:
        """The open workspace."""


@click.group("board")
def board_command() -> None:
    """Boards: saved questions with notes, answered anew whenever they are looked at."""


@board_command.command("list")
@click.pass_obj
def list_command(session: Session) -> None:
    """List the boards."""
    boards = facade.boards(session.workspace)
    for board in boards:
        session.console.print(f"{board.name}: {board.cards} card{'' if board.cards == 1 else 's'}")
    if not boards:
        session.console.print("There are no boards yet. Put a question on one: touchline board add Monday funnel")


@board_command.command("add")
@click.argument("board")
@click.argument("kind", type=click.Choice([MAP, *(kind.name for kind in all_kinds())]))
@click.argument("asked", nargs=-1, metavar="[NAME=VALUE]...")
@click.option("--title", default="", help="Title of the card. Default: the kind of question.")
@click.option("--note", default="", help="What you want to say about it.")
@click.pass_obj
def add_command(session: Session, board: str, kind: str, asked: tuple[str, ...], title: str, note: str) -> None:
    """Put a question on a board, which is made where there is none.

    NAME=VALUE are as in the address of its page: steps=landing steps=basket period=90 country. Periods by name (30, 90,
    365, all) move with the data.
    """
    given: dict[str, list[str]] = {}
    for each in asked:
        name, equals, value = each.partition("=")
        if not equals:
            raise click.UsageError(f"{each!r}: expected NAME=VALUE, such as period=90.")
        given.setdefault(name, []).append(value)
    try:
        card = facade.keep_question(session.workspace, board, kind, given, title, note)
    except (BoardError, QuestionError, FilterError) as problem:
        raise click.UsageError(str(problem)) from None
    session.console.print(f"“{card.title}” is on the board “{board}”.")


@board_command.command("show")
@click.argument("board")
@click.pass_obj
def show_command(session: Session, board: str) -> None:
    """Answer every card of a board, in words."""
    found = _named(session, board)
    for answered in facade.answered_board(session.workspace, found):
        session.console.print(answered.card.title, style="bold")
        session.console.print(card_text(answered))
        session.console.print()
    if not found.cards:
        session.console.print("This board has no cards yet.")


@board_command.command("export")
@click.argument("board")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.pass_obj
def export_command(session: Session, board: str, file: Path) -> None:
    """Write a board as .pdf, .pptx (native charts) or .atom (a feed)."""
    ending = file.suffix.lower().removeprefix(".")
    if ending not in ENDINGS:
        raise click.UsageError(f"{file}: a board can be written as .{', .'.join(ENDINGS)}.")
    found = _named(session, board)
    cards = facade.answered_board(session.workspace, found)
    if not cards:
        raise click.ClickException(f"The board “{found.name}” has no cards yet.")
    if ending == "atom":
        content = write_feed(found, cards, f"urn:touchline:board:{found.id}")
    else:
        content = (write_pdf if ending == "pdf" else write_pptx)(found.name, cards)
    write_whole(file, content)
    session.console.print(f"Wrote {file}", soft_wrap=True)


@board_command.command("subscribe")
@click.argument("board")
@click.argument("address")
@click.option("--every", type=click.Choice(tuple(EVERY)), default="week", show_default=True, help="How often.")
@click.pass_obj
def subscribe_command(session: Session, board: str, address: str, every: str) -> None:
    """Send a board to a colleague's e-mail address; `touchline board send` does the sending."""
    found = _named(session, board)
    try:
        subscribe(session.workspace, found.id, address, every)
    except BoardError as problem:
        raise click.UsageError(str(problem)) from None
    session.console.print(f"{address} gets “{found.name}”, every {every}, whenever touchline board send runs.")


@board_command.command("unsubscribe")
@click.argument("board")
@click.argument("address")
@click.pass_obj
def unsubscribe_command(session: Session, board: str, address: str) -> None:
    """Send a board to an address no more."""
    found = _named(session, board)
    if not unsubscribe(session.workspace, found.id, address):
        addresses = ", ".join(each.address for each in subscriptions(session.workspace, found.id)) or "nobody"
        raise click.UsageError(f"{address} does not get “{found.name}”; {addresses} does.")
    session.console.print(f"{address} gets “{found.name}” no more.")


@board_command.command("send")
@click.argument("board", required=False)
@click.option("--all", "everything", is_flag=True, help="To every subscriber, due or not.")
@click.pass_obj
def send_command(session: Session, board: str | None, everything: bool) -> None:
    """Send boards by e-mail to whom they are due; run it every hour. TOUCHLINE_SMTP and TOUCHLINE_MAIL_FROM say how."""
    chosen = [_named(session, board)] if board else facade.boards(session.workspace)
    try:
        sent = send_due(session.workspace, chosen, mail_server(), everything=everything)
    except BoardError as problem:
        raise click.ClickException(str(problem)) from None
    for each in sent:
        session.console.print(f"Sent “{each.board}” to {each.address}.")
    if not sent:
        session.console.print("Nothing is due.")


def _named(session: Session, name: str) -> Board:
    try:
        return facade.board_named(session.workspace, name)
    except BoardError as problem:
        raise click.UsageError(str(problem)) from None


COMMANDS = (board_command,)
