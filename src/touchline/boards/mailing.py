"""Boards by e-mail: every answer in words, and the board as PDF attached."""

from __future__ import annotations

import hashlib
import os
import smtplib
import ssl
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from typing import Final
from urllib.parse import unquote, urlsplit

from touchline.boards.answers import AnsweredCard
from touchline.boards.exports.feed import card_text
from touchline.boards.exports.pdf import write_pdf
from touchline.boards.facade import answered_board
from touchline.boards.rules import Board, BoardError
from touchline.boards.subscriptions import note_sent, subscriptions
from touchline.engine.workspace import Workspace

SMTP_VARIABLE: Final = "TOUCHLINE_SMTP"
FROM_VARIABLE: Final = "TOUCHLINE_MAIL_FROM"
EXAMPLE: Final = "smtp://user:password@mail.example.org:587"
PORTS: Final = {"smtp": 587, "smtps": 465, "smtp-plain": 25}
TIMEOUT_SECONDS: Final = 30


@dataclass(frozen=True)
class MailServer:
    """Where mail is handed in. `smtp` upgrades to TLS, `smtps` begins with it, `smtp-plain` has none."""

    scheme: str
    host: str
    port: int
    user: str
    password: str
    sender: str


@dataclass(frozen=True)
class Sent:
    """One mail that went out."""

    board: str
    address: str


def mail_server() -> MailServer:
    """Read the server from the environment. Raises BoardError with what is to be set."""
    address, sender = os.environ.get(SMTP_VARIABLE, ""), os.environ.get(FROM_VARIABLE, "")
    if not address or not sender:
        raise BoardError(
            f"Mail needs a server and a sender: set {SMTP_VARIABLE}, e.g. {EXAMPLE}, and {FROM_VARIABLE}, e.g. "
            "touchline@example.org."
        )
    parts = urlsplit(address)
    if parts.scheme not in PORTS or not parts.hostname:
        raise BoardError(f"{SMTP_VARIABLE} cannot be read; expected something like {EXAMPLE}.")
    return MailServer(
        parts.scheme,
        parts.hostname,
        parts.port or PORTS[parts.scheme],
        unquote(parts.username or ""),
        unquote(parts.password or ""),
        sender,
    )


def send_due(
    workspace: Workspace, boards: Sequence[Board], server: MailServer, *, everything: bool = False
) -> list[Sent]:
    """Send every board to whom it is due, or to every subscriber. Raises BoardError when the server refuses.

    What was handed over before a refusal stays noted as sent, so that nobody gets it twice.
    """
    now = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
    sent = []
    for board in boards:
        waiting = subscriptions(workspace, board.id)
        if not waiting:
            continue
        cards = answered_board(workspace, board)
        digest = hashlib.sha256("\n".join(map(card_text, cards)).encode()).hexdigest()
        due = [each for each in waiting if everything or each.is_due(digest, now)]
        attachment = write_pdf(board.name, cards) if due and cards else b""
        for each in due:
            _send(server, _message(workspace.settings.name, board, cards, attachment, each.address, server.sender))
            note_sent(workspace, board.id, each.address, digest, now)
            sent.append(Sent(board.name, each.address))
    return sent


def _message(
    company: str, board: Board, cards: Sequence[AnsweredCard], attachment: bytes, address: str, sender: str
) -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = f"{board.name}: {company}"
    message["From"] = sender
    message["To"] = address
    message["Date"] = formatdate(localtime=False)
    message["Message-ID"] = make_msgid(domain=sender.rsplit("@", 1)[-1].strip(">"))
    message["Auto-Submitted"] = "auto-generated"
    message["List-Unsubscribe"] = f"<mailto:{sender}?subject=unsubscribe%20{board.id}>"
    told = [f"{card.card.title}\n{'-' * len(card.card.title)}\n{card_text(card)}" for card in cards]
    why = f"You get this because {address} is subscribed to the board “{board.name}”. To end it, answer this mail."
    message.set_content("\n\n".join([*told, why]))
    if attachment:
        message.add_attachment(attachment, maintype="application", subtype="pdf", filename=f"{board.name}.pdf")
    return message


def _send(server: MailServer, message: EmailMessage) -> None:
    try:
        if server.scheme == "smtps":
            connection: smtplib.SMTP = smtplib.SMTP_SSL(
                server.host, server.port, timeout=TIMEOUT_SECONDS, context=ssl.create_default_context()
            )
        else:
            connection = smtplib.SMTP(server.host, server.port, timeout=TIMEOUT_SECONDS)
        with connection:
            if server.scheme == "smtp":
                connection.starttls(context=ssl.create_default_context())
            if server.user:
                connection.login(server.user, server.password)
            connection.send_message(message)
    except (OSError, smtplib.SMTPException) as error:
        raise BoardError(
            f"The mail server {server.host}:{server.port} did not take the mail to {message['To']}: {error}"
        ) from None
