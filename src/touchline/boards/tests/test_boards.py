"""Boards: cards keep their order, move with the data, and say why they cannot be answered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import pytest
from pypdf import PdfReader

from touchline.boards import facade
from touchline.boards.exports.feed import write_feed
from touchline.boards.exports.pdf import write_pdf
from touchline.boards.exports.pptx import write_pptx
from touchline.boards.facade import MAP, BoardError
from touchline.engine.workspace import Settings, Workspace, create_workspace
from touchline.events.facade import import_files
from touchline.journeys.facade import DEFAULT_JOURNEY_TOML

ATOM = "{http://www.w3.org/2005/Atom}"
HEADER = "email,time,event\n"


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    made = create_workspace(tmp_path / "w", Settings("Shop"), DEFAULT_JOURNEY_TOML)
    yield made
    made.close()


def _import(workspace: Workspace, *rows: str) -> None:
    file = workspace.folder / "events.csv"
    file.write_text(HEADER + "\n".join(rows) + "\n", "utf-8")
    import_files(workspace, [file], accept_proposals=True)


def _twelve_orders(month: int) -> list[str]:
    return [f"c{number}@example.org,2026-{month:02}-{number + 1:02} 10:00:00,Order Completed" for number in range(12)]


def test_cards_keep_the_order_they_are_given(workspace: Workspace) -> None:
    board = facade.make_board(workspace, "Monday")
    for title in ("a", "b", "c"):
        facade.add_card(workspace, board.id, MAP, "", title)
    a, b, c = facade.cards_of(workspace, board.id)

    facade.move_card(workspace, c.id, -1)
    facade.move_card(workspace, a.id, 9)

    assert [card.title for card in facade.cards_of(workspace, board.id)] == ["c", "b", "a"]

    facade.remove_card(workspace, b.id)

    assert [card.title for card in facade.cards_of(workspace, board.id)] == ["c", "a"]


def test_a_note_and_its_day_are_kept(workspace: Workspace) -> None:
    card = facade.add_card(workspace, facade.make_board(workspace, "Monday").id, MAP, "", "Map")

    facade.change_card(workspace, card.id, "Our map", "Carrier changed", date(2026, 3, 2))

    [kept] = facade.cards_of(workspace, card.board)
    assert (kept.title, kept.note, kept.noted) == ("Our map", "Carrier changed", date(2026, 3, 2))


def test_a_card_is_answered_from_the_latest_data(workspace: Workspace) -> None:
    _import(workspace, *_twelve_orders(1))
    card = facade.keep_question(workspace, "Monday", MAP, {"period": ["all"]}, "The map")
    [before] = facade.answered_board(workspace, facade.board_named(workspace, "monday"))

    _import(workspace, *_twelve_orders(1), *_twelve_orders(2), "new@example.org,2026-02-28 10:00:00,Order Completed")
    [after] = facade.answered_board(workspace, facade.board_of(workspace, card.board))

    assert before.presentations[0].sentence == "12 customers, 12 events."
    assert after.presentations[0].sentence == "13 customers, 25 events."
    assert after.data_until is not None
    assert after.data_until.date() == date(2026, 2, 28)


def test_a_card_that_cannot_be_answered_says_why(workspace: Workspace) -> None:
    _import(workspace, *_twelve_orders(1))
    board = facade.make_board(workspace, "Monday")
    facade.add_card(workspace, board.id, MAP, "filter=segment(%22gone%22)", "Map")

    [answered] = facade.answered_board(workspace, board)

    assert "gone" in answered.problem
    assert answered.presentations == ()
    assert write_pptx("Monday", [answered])
    assert len(PdfReader(BytesIO(write_pdf("Monday", [answered]))).pages) == 1


def test_a_board_is_written_as_pdf_slides_and_feed(workspace: Workspace) -> None:
    from pptx import Presentation

    _import(workspace, *_twelve_orders(1))
    for title in ("First", "Second"):
        facade.keep_question(workspace, "Monday & <friends>", MAP, {"period": ["all"]}, title, "A note")
    board = facade.boards(workspace)[0]
    cards = facade.answered_board(workspace, board)

    pages = PdfReader(BytesIO(write_pdf(board.name, cards))).pages
    slides = Presentation(BytesIO(write_pptx(board.name, cards))).slides
    feed = ElementTree.fromstring(write_feed(board, cards, "http://127.0.0.1:8000/boards/1"))

    assert len(pages) == 2
    assert "First" in pages[0].extract_text()
    assert [slide.shapes.title.text_frame.text for slide in slides] == ["First", "Second"]
    assert "A note" in slides[0].notes_slide.notes_text_frame.text
    assert [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")] == ["First", "Second"]


def test_a_feeds_entry_is_new_only_when_the_answer_changed(workspace: Workspace) -> None:
    _import(workspace, *_twelve_orders(1))
    facade.keep_question(workspace, "Monday", MAP, {"period": ["all"]})
    board = facade.boards(workspace)[0]

    def entry() -> str | None:
        feed = ElementTree.fromstring(write_feed(board, facade.answered_board(workspace, board), "http://x"))
        return feed.findtext(f"{ATOM}entry/{ATOM}id")

    first, again = entry(), entry()
    _import(workspace, *_twelve_orders(1), *_twelve_orders(2))

    assert first == again
    assert entry() != first


@pytest.mark.parametrize("name", ["", " " * 3, "x" * 121, "a\x00b"])
def test_a_board_needs_a_name(workspace: Workspace, name: str) -> None:
    with pytest.raises(BoardError, match="1 to 120 characters"):
        facade.make_board(workspace, name)


def test_two_boards_have_two_names(workspace: Workspace) -> None:
    facade.make_board(workspace, "Monday")

    with pytest.raises(BoardError, match="There is a board “monday” already"):
        facade.make_board(workspace, "monday")
