"""Boards by e-mail, handed to a real SMTP server that keeps what it gets."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from touchline.boards import facade
from touchline.boards.facade import MAP, Board, BoardError
from touchline.boards.mailing import MailServer, mail_server, send_due
from touchline.boards.subscriptions import Subscription, subscribe, subscriptions, unsubscribe
from touchline.engine.workspace import Settings, Workspace, create_workspace
from touchline.journeys.facade import DEFAULT_JOURNEY_TOML

NOON = datetime(2026, 3, 2, 12)  # noqa: DTZ001 times are stored as naive UTC


class Sink:
    """Keeps every mail."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.mails.append(message_from_bytes(envelope.content, policy=policy.default))  # type: ignore[arg-type]
        return "250 taken"


@pytest.fixture
def sink() -> Iterator[tuple[Sink, MailServer]]:
    handler = Sink()
    port = _free_port()
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    yield handler, MailServer("smtp-plain", "127.0.0.1", port, "", "", "touchline@example.org")
    controller.stop()


def _free_port() -> int:
    """The sink connects to itself to see that it is there, so it must be told a port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    made = create_workspace(tmp_path / "w", Settings("Fernhill"), DEFAULT_JOURNEY_TOML)
    yield made
    made.close()


@pytest.fixture
def board(workspace: Workspace) -> Board:
    facade.keep_question(workspace, "Monday", MAP, {"period": ["all"]}, "The journey", "Look at delivery")
    return facade.boards(workspace)[0]


def test_a_board_reaches_its_subscribers_once(
    workspace: Workspace, board: Board, sink: tuple[Sink, MailServer]
) -> None:
    handler, server = sink
    subscribe(workspace, board.id, "ada@example.org", "week")
    subscribe(workspace, board.id, "bob@example.org", "change")

    first = send_due(workspace, [board], server)
    again = send_due(workspace, [board], server)

    assert [each.address for each in first] == ["ada@example.org", "bob@example.org"]
    assert again == []
    assert [mail["To"] for mail in handler.mails] == ["ada@example.org", "bob@example.org"]
    mail = handler.mails[0]
    body = mail.get_body(("plain",))
    assert body is not None
    assert "Look at delivery" in body.get_content()
    assert mail["Subject"] == "Monday: Fernhill"
    assert [part.get_filename() for part in mail.iter_attachments()] == ["Monday.pdf"]


@pytest.mark.parametrize(
    ("every", "sent_days_ago", "changed", "is_due"),
    [
        ("day", 0.9, True, False),
        ("day", 1.0, False, True),
        ("week", 6.9, True, False),
        ("week", 7.0, False, True),
        ("change", 0.0, True, True),
        ("change", 99.0, False, False),
    ],
)
def test_when_it_is_due(every: str, sent_days_ago: float, changed: bool, is_due: bool) -> None:
    subscription = Subscription("ada@example.org", every, NOON - timedelta(days=sent_days_ago), "old")

    assert subscription.is_due("new" if changed else "old", NOON) is is_due


def test_one_address_is_on_a_board_once_and_can_be_taken_off(workspace: Workspace, board: Board) -> None:
    subscribe(workspace, board.id, "ada@example.org", "week")
    subscribe(workspace, board.id, "Ada@example.org", "day")

    assert [(each.address, each.every) for each in subscriptions(workspace, board.id)] == [("Ada@example.org", "day")]
    assert unsubscribe(workspace, board.id, "ADA@example.org")
    assert not unsubscribe(workspace, board.id, "ada@example.org")


@pytest.mark.parametrize("address", ["ada", "a@b", "ada@example.org\nBcc: eve@example.org", "a@x.org, b@x.org", ""])
def test_what_is_no_address_is_refused(workspace: Workspace, board: Board, address: str) -> None:
    with pytest.raises(BoardError, match="is not an e-mail address"):
        subscribe(workspace, board.id, address, "week")


def test_a_server_that_does_not_answer_is_named(workspace: Workspace, board: Board) -> None:
    subscribe(workspace, board.id, "ada@example.org", "week")
    nobody = MailServer("smtp-plain", "127.0.0.1", 1, "", "", "touchline@example.org")

    with pytest.raises(BoardError, match=r"127\.0\.0\.1:1 did not take the mail to ada@example\.org"):
        send_due(workspace, [board], nobody)

    assert subscriptions(workspace, board.id)[0].sent is None


def test_the_server_is_read_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOUCHLINE_SMTP", "smtps://ada:p%40ss@mail.example.org")
    monkeypatch.setenv("TOUCHLINE_MAIL_FROM", "touchline@example.org")

    assert mail_server() == MailServer("smtps", "mail.example.org", 465, "ada", "p@ss", "touchline@example.org")


@pytest.mark.parametrize("address", ["", "mail.example.org", "http://mail.example.org"])
def test_a_server_that_cannot_be_read_is_said(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv("TOUCHLINE_SMTP", address)
    monkeypatch.setenv("TOUCHLINE_MAIL_FROM", "touchline@example.org")

    with pytest.raises(BoardError, match="TOUCHLINE_SMTP"):
        mail_server()
