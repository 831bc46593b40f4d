"""One process owns a store; any other process hands it its request and gets the answer back.

The owner listens on the loopback address and writes where (port, secret) into `owner.json`, readable by its user
only. Requests and frames are JSON; nothing is unpickled.
"""

from __future__ import annotations

import json
import os
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client, Connection, Listener
from pathlib import Path
from typing import Any

from touchline.engine.store import StoreInUseError

OWNER_FILE = "owner.json"
PATIENCE_SECONDS = 10.0
_END: dict[str, Any] = {"end": True}
"""Closing alone would not be seen: a thread that waits to receive keeps the connection open."""

Frame = dict[str, Any]
Handler = Callable[[Frame, Callable[[Frame], None], threading.Event], None]
"""(request, send, stop): answers one request by sending frames; `stop` is set when the asker gives up."""


class Owner:
    """Answers requests for a store this process has open. Start it once the store is open."""

    def __init__(self, folder: Path, handler: Handler, url: str = "") -> None:
        self._folder = folder
        self._handler = handler
        self._key = secrets.token_bytes(32)
        self._listener = Listener(("127.0.0.1", 0), authkey=self._key)
        self._url = url
        self._stopping = False
        self._thread = threading.Thread(target=self._accept, name="joining", daemon=True)

    def start(self) -> None:
        """Say where this process listens, and answer from now on in threads of its own.

        On a full disk nobody can be told, so nobody can join; the command itself runs on.
        """
        with suppress(OSError):
            self._announce()
        self._thread.start()

    def _announce(self) -> None:
        place = self._folder / OWNER_FILE
        place.unlink(missing_ok=True)
        descriptor = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            port = self._listener.address[1]
            json.dump({"pid": os.getpid(), "port": port, "key": self._key.hex(), "url": self._url}, file)

    def stop(self) -> None:
        """Answer no more."""
        (self._folder / OWNER_FILE).unlink(missing_ok=True)
        self._stopping = True
        with suppress(OSError, EOFError):
            Client(self._listener.address, authkey=self._key).close()  # wakes the thread that waits in accept()
        self._thread.join(timeout=2)
        self._listener.close()

    def _accept(self) -> None:
        while not self._stopping:
            try:
                connection = self._listener.accept()
            except (OSError, EOFError, AuthenticationError):
                continue  # a stranger without the key must not end the service
            threading.Thread(target=self._answer, args=(connection,), name="joined", daemon=True).start()

    def _answer(self, connection: Connection) -> None:
        stop = threading.Event()
        with suppress(OSError, EOFError), connection:
            request = json.loads(connection.recv_bytes())
            threading.Thread(target=_watch, args=(connection, stop), daemon=True).start()
            self._handler(request, lambda frame: connection.send_bytes(json.dumps(frame).encode()), stop)
            connection.send_bytes(json.dumps(_END).encode())


def owner_of(folder: Path) -> dict[str, Any] | None:
    """Return what the owning process wrote about itself, or None when nobody did."""
    try:
        found: dict[str, Any] = json.loads((folder / OWNER_FILE).read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return found


def ask_owner(folder: Path, request: Frame, stop: threading.Event | None = None) -> Iterator[Frame]:
    """Send a request to the process that owns the store and yield its frames until it is done.

    Once `stop` is set the owner has PATIENCE_SECONDS to end. Raises StoreInUseError when the store is in use by a process
    that does not answer.
    """
    owner = owner_of(folder)
    if owner is None:
        raise StoreInUseError(
            f"{folder} is in use by another process that takes no requests. Try again when it is done."
        )
    try:
        connection = Client(("127.0.0.1", int(owner["port"])), authkey=bytes.fromhex(owner["key"]))
    except (OSError, EOFError, KeyError, ValueError, AuthenticationError):
        raise StoreInUseError(f"{folder} is in use by process {owner.get('pid')}, which does not answer.") from None
    with connection:
        connection.send_bytes(json.dumps(request).encode())
        give_up_at = float("inf")
        while time.monotonic() < give_up_at:
            if stop is not None and stop.is_set() and give_up_at == float("inf"):
                connection.send_bytes(b'{"stop": true}')
                give_up_at = time.monotonic() + PATIENCE_SECONDS
            try:
                if connection.poll(0.2):
                    frame = json.loads(connection.recv_bytes())
                    if frame == _END:
                        return
                    yield frame
            except (EOFError, ConnectionError):
                return


def _watch(connection: Connection, stop: threading.Event) -> None:
    """Set `stop` when the asker says so or goes away."""
    with suppress(
        OSError, EOFError, TypeError
    ):  # TypeError: the answer went out and the connection was closed meanwhile
        connection.recv_bytes()
    stop.set()
