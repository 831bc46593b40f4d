"""Making, changing and forgetting boards and cards."""

from __future__ import annotations

from datetime import UTC, date, datetime

from touchline.boards.questions import board_named, board_of, boards
from touchline.boards.rules import Board, BoardError, Card, checked_name, checked_note
from touchline.engine.store import Writer
from touchline.engine.workspace import Workspace

INSERT_CARD = "insert into cards values (?, ?, ?, ?, ?, ?, ?, ?, ?)"


def make_board(workspace: Workspace, name: str) -> Board:
    """Make an empty board. Raises BoardError where the name is taken."""
    name = checked_name(name, "name of a board")
    if any(each.name.casefold() == name.casefold() for each in boards(workspace)):
        raise BoardError(f"There is a board “{name}” already.")
    made = _now()
    with workspace.store.transaction() as writer:
        number = writer.value("select nextval('board_seq')::integer")
        writer.execute("insert into boards values (?, ?, ?)", [number, name, made])
    return Board(number, name, made, 0)


def board_called(workspace: Workspace, name: str) -> Board:
    """The board of a name, made where there is none."""
    try:
        return board_named(workspace, name)
    except BoardError:
        return make_board(workspace, name)


def rename_board(workspace: Workspace, board: int, name: str) -> None:
    """Give a board another name. Raises BoardError."""
    name = checked_name(name, "name of a board")
    if any(each.id != board and each.name.casefold() == name.casefold() for each in boards(workspace)):
        raise BoardError(f"There is a board “{name}” already.")
    board_of(workspace, board)
    with workspace.store.transaction() as writer:
        writer.execute("update boards set name = ? where board = ?", [name, board])


def delete_board(workspace: Workspace, board: int) -> None:
    """Forget a board with its cards. Raises BoardError."""
    board_of(workspace, board)
    with workspace.store.transaction() as writer:
        writer.execute("delete from cards where board = ?", [board])
        writer.execute("delete from boards where board = ?", [board])


def add_card(
    workspace: Workspace, board: int, kind: str, asked: str, title: str, note: str = "", noted: date | None = None
) -> Card:
    """Put a question on a board, at its end. Raises BoardError."""
    board_of(workspace, board)
    title, note = checked_name(title, "title of a card"), checked_note(note)
    with workspace.store.transaction() as writer:
        number = writer.value("select nextval('card_seq')::integer")
        position = writer.value("select coalesce(max(position) + 1, 0)::integer from cards where board = ?", [board])
        writer.execute(INSERT_CARD, [number, board, position, kind, asked, title, note, noted, _now()])
    return Card(number, board, position, kind, asked, title, note, noted)


def change_card(workspace: Workspace, card: int, title: str, note: str, noted: date | None) -> None:
    """Give a card another title, note and day. Raises BoardError."""
    title, note = checked_name(title, "title of a card"), checked_note(note)
    with workspace.store.transaction() as writer:
        _check(writer, card)
        writer.execute("update cards set title = ?, note = ?, noted = ? where card = ?", [title, note, noted, card])


def move_card(workspace: Workspace, card: int, places: int) -> None:
    """Move a card by some places, up where negative; the others make room. Raises BoardError."""
    with workspace.store.transaction() as writer:
        board = _check(writer, card)
        order = [
            row[0] for row in writer.rows("select card from cards where board = ? order by position, card", [board])
        ]
        at = order.index(card)
        order.insert(min(max(at + places, 0), len(order) - 1), order.pop(at))
        for position, each in enumerate(order):
            writer.execute("update cards set position = ? where card = ?", [position, each])


def remove_card(workspace: Workspace, card: int) -> None:
    """Take a card off its board. Raises BoardError."""
    with workspace.store.transaction() as writer:
        _check(writer, card)
        writer.execute("delete from cards where card = ?", [card])


def _check(writer: Writer, card: int) -> int:
    board = writer.value("select board from cards where card = ?", [card])
    if board is None:
        raise BoardError("There is no such card; it may have been taken off.")
    return int(board)


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None, microsecond=0)
