"""A sender in a process of its own, as SDKs are: batches over several connections, the same batch again until it is answered.

Runs until its standard input ends, then prints as JSON which batches were answered with 2xx, which were sent at all, and how
many events were unanswered whenever the server broke off, by the number that the file `generation` held at that time.
"""

from __future__ import annotations

import asyncio
import base64
import json
import sys
from collections import Counter
from pathlib import Path

BATCH = 100
PAUSE_SECONDS = 0.05


class Sender:
    """All connections of one process."""

    def __init__(self, port: int, token: str, name: str, generation: Path) -> None:
        self._port, self._name, self._generation = port, name, generation
        basic = base64.b64encode(f"{token}:".encode()).decode()
        self._head = f"POST /v1/batch HTTP/1.1\r\nHost: collect\r\nAuthorization: Basic {basic}\r\nContent-Length: "
        self._next = 0
        self.stopping = asyncio.Event()
        self.sent: set[int] = set()
        self.answered: list[int] = []
        self.unanswered: Counter[int] = Counter()
        self.statuses: Counter[int] = Counter()

    def _request(self, number: int) -> bytes:
        """Batches overlap by their last event, as retries in other batches do."""
        first = number * (BATCH - 1)
        calls = [
            {"type": "track", "event": "Coffee Drunk", "userId": f"{self._name}-{each % 50}",
             "messageId": f"{self._name}-{each}", "properties": {"n": f"{self._name}-{each}"}}
            for each in range(first, first + BATCH)
        ]  # fmt: skip
        body = json.dumps({"batch": calls}).encode()
        return f"{self._head}{len(body)}\r\n\r\n".encode() + body

    async def send(self) -> None:
        """Over one connection after the other, until asked to stop and nothing is unanswered."""
        streams = None
        while not self.stopping.is_set():
            number, self._next = self._next, self._next + 1
            request = self._request(number)
            while True:
                try:
                    streams = streams or await asyncio.open_connection("127.0.0.1", self._port)
                except OSError:
                    await asyncio.sleep(PAUSE_SECONDS)
                    continue
                self.sent.add(number)
                try:
                    status = await _ask(*streams, request)
                except (OSError, asyncio.IncompleteReadError):
                    self.unanswered[int(self._generation.read_text("utf-8"))] += BATCH
                    streams = None
                    continue
                self.statuses[status] += 1
                if 200 <= status < 300:
                    self.answered.append(number)
                    break
                await asyncio.sleep(PAUSE_SECONDS)


async def _ask(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: bytes) -> int:
    writer.write(request)
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
    length = int(head.split("content-length: ")[1].split("\r\n")[0])
    await reader.readexactly(length)
    return int(head.split(" ")[1])


async def main(port: int, token: str, name: str, generation: Path, connections: int) -> None:
    """Send until standard input ends."""
    sender = Sender(port, token, name, generation)
    sending = [asyncio.ensure_future(sender.send()) for _ in range(connections)]
    await asyncio.to_thread(sys.stdin.read)
    sender.stopping.set()
    await asyncio.gather(*sending)
    print(
        json.dumps(
            {
                "answered": sender.answered,
                "sent": sorted(sender.sent),
                "unanswered": sender.unanswered,
                "statuses": sender.statuses,
            }
        )
    )


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), sys.argv[2], sys.argv[3], Path(sys.argv[4]), int(sys.argv[5])))
