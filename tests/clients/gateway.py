"""Stands between a client and the collector, writes down what passes, and does what networks and servers do to clients."""

from __future__ import annotations

import gzip
import json
import socket
import socketserver
import struct
import threading
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import IO, Any

TIMEOUT_SECONDS = 15


class Fault(Enum):
    """What becomes of a request."""

    NONE = "it is answered by the collector"
    NOT_PASSED_ON = "the line is cut before anything reaches the collector"
    CUT_INSIDE = "the line is cut in the middle of the body"
    ANSWER_LOST = "the collector stores it, and the line is cut before the client hears so"
    BUSY = "503 with Retry-After"
    TOO_MANY = "429 with Retry-After"


_STATUS = {Fault.BUSY: b"503 Service Unavailable", Fault.TOO_MANY: b"429 Too Many Requests"}


@dataclass(frozen=True)
class Seen:
    """One request, and what came of it."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes
    fault: Fault
    status: int | None
    """What the client was answered; None: the line was cut."""

    @property
    def told(self) -> Any:
        """The body as JSON, unpacked where it is packed."""
        return json.loads(gzip.decompress(self.body) if self.body.startswith(b"\x1f\x8b") else self.body)

    @property
    def calls(self) -> list[dict[str, Any]]:
        """The calls in it."""
        if self.method != "POST":
            return []
        found: list[dict[str, Any]] = self.told.get("batch", [self.told])
        return found

    @property
    def facts(self) -> list[tuple[str, int]]:
        """Leg and number of each call that carries them."""
        found = [call.get("properties") or {} for call in self.calls]
        return [(each["leg"], each["number"]) for each in found if "number" in each]


@dataclass(frozen=True)
class _Message:
    head: bytes
    body: bytes

    @property
    def first_line(self) -> list[str]:
        return self.head.split(b"\r\n", 1)[0].decode("latin-1").split(" ", 2)

    @property
    def headers(self) -> dict[str, str]:
        lines = self.head.decode("latin-1").split("\r\n")[1:]
        return {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines if line)}


class Gateway:
    """Listens on a free port of loopback; `faults` befall the first requests, one each. Preflights are spared."""

    def __init__(self, port_behind: int, faults: Iterable[Fault] = ()) -> None:
        self._behind = ("127.0.0.1", port_behind)
        self._faults = deque(faults)
        self._lock = threading.Lock()
        self.seen: list[Seen] = []

        gateway = self

        class Handler(socketserver.StreamRequestHandler):
            timeout = TIMEOUT_SECONDS

            def handle(self) -> None:
                try:
                    while (request := _read_message(self.rfile)) is not None:
                        answer = gateway._answer(request)
                        if answer is None:
                            _reset(self.connection)
                            return
                        self.wfile.write(answer.head + b"\r\n\r\n" + answer.body)
                except OSError:
                    return

        class Server(socketserver.ThreadingTCPServer):
            daemon_threads = True
            request_queue_size = 128

        self._server = Server(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    @property
    def has_played(self) -> bool:
        """Whether every fault has befallen a request."""
        return not self._faults

    @property
    def was_without_collector(self) -> bool:
        """Whether the line was cut because nobody was behind it."""
        return any(each.fault is Fault.NONE and each.status is None for each in self.seen)

    def close(self) -> None:
        """Listen no more."""
        self._server.shutdown()
        self._server.server_close()

    def _answer(self, request: _Message) -> _Message | None:
        with self._lock:
            spared = request.first_line[0] != "POST" or not self._faults
            fault = Fault.NONE if spared else self._faults.popleft()
        answer = self._suffer(fault, request)
        status = int(answer.first_line[1]) if answer else None
        method, path, _ = request.first_line
        with self._lock:
            self.seen.append(Seen(method, path, request.headers, request.body, fault, status))
        return answer

    def _suffer(self, fault: Fault, request: _Message) -> _Message | None:
        if fault in _STATUS:
            origin = request.headers.get("origin", "")
            allowed = f"\r\naccess-control-allow-origin: {origin}\r\naccess-control-expose-headers: Retry-After"
            head = b"HTTP/1.1 " + _STATUS[fault] + b"\r\ncontent-length: 0\r\nretry-after: 1"
            return _Message(head + (allowed.encode() if origin else b""), b"")
        if fault is Fault.NOT_PASSED_ON:
            return None
        part = request.body[: len(request.body) // 2] if fault is Fault.CUT_INSIDE else request.body
        try:
            with socket.create_connection(self._behind, TIMEOUT_SECONDS) as behind:
                behind.sendall(request.head + b"\r\n\r\n" + part)
                answer = None if fault is Fault.CUT_INSIDE else _read_message(behind.makefile("rb"))
        except OSError:  # the collector was killed
            return None
        return None if fault is Fault.ANSWER_LOST else answer


def _read_message(stream: IO[bytes] | Any) -> _Message | None:
    """A request or an answer with its length stated; None when the line ended."""
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        line = stream.readline()
        if not line:
            return None
        head += line
    message = _Message(head[:-4], b"")
    length = int(message.headers.get("content-length", 0))
    body = stream.read(length) if length else b""
    return _Message(message.head, body) if len(body) == length else None


def _reset(connection: socket.socket) -> None:
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()
