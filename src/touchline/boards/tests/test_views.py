"""Pages of boards answer what is asked of them, and 404 for what is not there."""

from __future__ import annotations

import pytest
from django.test import Client

from touchline.boards import facade
from touchline.boards.facade import MAP
from touchline.engine.workspace import Workspace


def test_a_board_is_made_filled_changed_and_deleted(client: Client, page_workspace: Workspace) -> None:
    made = client.post("/boards", {"name": "Monday"})
    assert made["Location"] == "/boards/1"

    kept = client.post("/boards/keep/map", {"board": "monday", "asked": "period=all", "note": "Look"})
    assert kept["Location"] == "/boards/1#card-1"
    client.post("/boards/keep/map", {"board": "Monday", "asked": "", "title": "Second"})
    client.post("/boards/1/cards/2/up")
    client.post("/boards/1/cards/1/note", {"title": "First", "note": "New", "noted": "2026-03-02"})
    assert [(card.title, card.note) for card in facade.cards_of(page_workspace, 1)] == [
        ("Second", ""),
        ("First", "New"),
    ]
    assert "2 Mar 2026" in client.get("/boards/1").content.decode()

    client.post("/boards/1/cards/2/remove")
    client.post("/boards/1/rename", {"name": "Tuesday"})
    assert [(board.name, board.cards) for board in facade.boards(page_workspace)] == [("Tuesday", 1)]
    client.post("/boards/1/delete")
    assert facade.boards(page_workspace) == []


@pytest.mark.parametrize(
    "address",
    ["/boards/9", "/boards/9.pdf", "/boards/1.exe", "/boards/99999999999999999999.pdf", "/boards/1/cards/1/up"],
)
def test_what_is_not_there_is_not_found(client: Client, page_workspace: Workspace, address: str) -> None:
    facade.add_card(page_workspace, facade.make_board(page_workspace, "Monday").id, MAP, "", "Map")

    assert client.get(address).status_code in (404, 405)


@pytest.mark.parametrize(
    "address", ["/boards/1/eat", "/boards/1/cards/1/eat", f"/boards/1/cards/{10**30}/up", "/boards/7/delete"]
)
def test_a_change_there_is_not_is_not_found(client: Client, page_workspace: Workspace, address: str) -> None:
    facade.add_card(page_workspace, facade.make_board(page_workspace, "Monday").id, MAP, "", "Map")

    assert client.post(address).status_code == 404


def test_files_of_a_board(client: Client, page_workspace: Workspace) -> None:
    facade.add_card(page_workspace, facade.make_board(page_workspace, "Monday").id, MAP, "", "Map")

    starts = {suffix: client.get(f"/boards/1.{suffix}").content[:5] for suffix in ("pdf", "pptx", "atom")}

    assert starts == {"pdf": b"%PDF-", "pptx": b"PK\x03\x04\x14", "atom": b"<?xml"}
