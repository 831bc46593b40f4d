"""Who gets a board by e-mail, and when it is due."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from touchline.boards.rules import BoardError
from touchline.engine.workspace import Workspace

EVERY = {"day": timedelta(days=1), "week": timedelta(days=7), "month": timedelta(days=30), "change": timedelta(0)}
"""How often. 'change': whenever an answer changed; the others also when nothing did, so that silence means a fault."""
_ADDRESS = re.compile(r"[^@\s,;<>\"()\[\]\\]{1,64}@[^@\s,;<>\"()\[\]\\]{1,190}\.[^@\s,;<>\"()\[\]\\.]{2,}")

LIST = "select address, every, sent, digest from subscriptions where board = ? order by lower(address)"


@dataclass(frozen=True)
class Subscription:
    """One address on one board."""

    address: str
    every: str
    sent: datetime | None
    digest: str
    """Of what was sent last."""

    def is_due(self, digest: str, now: datetime) -> bool:
        """Whether it is to be sent now that the board reads as `digest` tells."""
        if self.sent is None:
            return True
        if self.every == "change":
            return digest != self.digest
        return now - self.sent >= EVERY[self.every]


def subscriptions(workspace: Workspace, board: int) -> list[Subscription]:
    """Who gets a board, in alphabetical order."""
    return [Subscription(*row) for row in workspace.store.rows(LIST, [board])]


def subscribe(workspace: Workspace, board: int, address: str, every: str) -> Subscription:
    """Send a board to an address from now on. Raises BoardError."""
    address = address.strip()
    if not _ADDRESS.fullmatch(address):
        raise BoardError(f"{address!r} is not an e-mail address such as ada@example.org.")
    if every not in EVERY:
        raise BoardError(f"every is {every!r}; expected one of {', '.join(EVERY)}.")
    unsubscribe(workspace, board, address)
    with workspace.store.transaction() as writer:
        writer.execute("insert into subscriptions values (?, ?, ?, ?, null, '')", [board, address, every, _now()])
    return Subscription(address, every, None, "")


def unsubscribe(workspace: Workspace, board: int, address: str) -> bool:
    """Send it no more; whether it was sent to that address before."""
    with workspace.store.transaction() as writer:
        asked = [board, address.strip()]
        was = writer.value("select count(*) from subscriptions where board = ? and lower(address) = lower(?)", asked)
        writer.execute("delete from subscriptions where board = ? and lower(address) = lower(?)", asked)
    return bool(was)


def note_sent(workspace: Workspace, board: int, address: str, digest: str, now: datetime) -> None:
    """Remember what was sent when."""
    with workspace.store.transaction() as writer:
        writer.execute(
            "update subscriptions set sent = ?, digest = ? where board = ? and address = ?",
            [now, digest, board, address],
        )


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None, microsecond=0)
