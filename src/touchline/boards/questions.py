"""What boards and cards there are."""

from __future__ import annotations

from touchline.boards.rules import Board, BoardError, Card
from touchline.engine.workspace import Workspace

BOARDS = """
select b.board, b.name, b.made, (select count(*) from cards c where c.board = b.board)
from boards b order by lower(b.name), b.board
"""
CARDS = """
select card, board, position, kind, asked, title, note, noted from cards where board = ? order by position, card
"""


def boards(workspace: Workspace) -> list[Board]:
    """Every board, in alphabetical order."""
    return [Board(*row) for row in workspace.store.rows(BOARDS)]


def board_of(workspace: Workspace, board: int) -> Board:
    """One board. Raises BoardError."""
    for each in boards(workspace):
        if each.id == board:
            return each
    raise BoardError("There is no such board; it may have been deleted.")


def board_named(workspace: Workspace, name: str) -> Board:
    """The board of a name (case does not count). Raises BoardError naming those there are."""
    there = boards(workspace)
    for each in there:
        if each.name.casefold() == name.strip().casefold():
            return each
    names = ", ".join(f"“{each.name}”" for each in there) or "none yet"
    raise BoardError(f"There is no board “{name}”. There are: {names}.")


def cards_of(workspace: Workspace, board: int) -> list[Card]:
    """The cards of a board, in their order."""
    return [Card(*row) for row in workspace.store.rows(CARDS, [board])]
