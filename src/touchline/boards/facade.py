"""What others may do with boards: read, change, answer and write them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import parse_qs, urlencode

from touchline.analyses.facade import QuestionError, answered, kind_named, usual_question
from touchline.boards.actions import (
    add_card,
    board_called,
    change_card,
    delete_board,
    make_board,
    move_card,
    remove_card,
    rename_board,
)
from touchline.boards.answers import AnsweredCard
from touchline.boards.map_card import answer_map_card
from touchline.boards.questions import board_named, board_of, boards, cards_of
from touchline.boards.rules import MAP, Board, BoardError, Card
from touchline.engine.workspace import Workspace
from touchline.segments.facade import FilterError

__all__ = [
    "MAP",
    "AnsweredCard",
    "Board",
    "BoardError",
    "Card",
    "add_card",
    "answer_card",
    "answered_board",
    "board_called",
    "board_named",
    "board_of",
    "boards",
    "cards_of",
    "change_card",
    "delete_board",
    "keep_question",
    "make_board",
    "move_card",
    "remove_card",
    "rename_board",
]

NOT_ASKED = ("csrfmiddlewaretoken", "board", "title", "note", "noted", "view", "touchpoint")
"""What a form or an address holds beside the question."""


def keep_question(
    workspace: Workspace,
    board: str,
    kind: str,
    given: Mapping[str, Sequence[str]],
    title: str = "",
    note: str = "",
) -> Card:
    """Put a question, given as texts by name, on the board of a name, which is made where there is none.

    Raises BoardError and QuestionError: a question that cannot be answered is not kept.
    """
    texts = {name: list(values) for name, values in given.items() if name not in NOT_ASKED and any(values)}
    if kind == MAP:
        usual_title = "Journey map"
    else:
        answered(workspace, usual_question(workspace, kind, texts))
        usual_title = kind_named(kind).title
    asked = urlencode([(name, text) for name, values in texts.items() for text in values if text])
    return add_card(workspace, board_called(workspace, board).id, kind, asked, title or usual_title, note)


def answer_card(workspace: Workspace, card: Card) -> AnsweredCard:
    """Answer a card from the latest data; one that cannot be answered says why."""
    given = parse_qs(card.asked)
    try:
        if card.kind == MAP:
            return answer_map_card(workspace, card, given)
        found = answered(workspace, usual_question(workspace, card.kind, given))
    except (QuestionError, FilterError) as problem:
        return AnsweredCard(card, "", (), str(problem))
    return AnsweredCard(card, found.words, found.presentations, data_until=found.data_until)


def answered_board(workspace: Workspace, board: Board) -> list[AnsweredCard]:
    """Answer every card of a board, in order."""
    return [answer_card(workspace, card) for card in cards_of(workspace, board.id)]
