"""A workspace that collects in this process, and requests to it without a socket."""

from __future__ import annotations

import asyncio
import base64
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.hostile.hostile_bodies import Hostile

from touchline.collection.facade import make_write_key
from touchline.collection.tasks import Collector
from touchline.engine.workspace import Settings, Workspace, create_workspace
from touchline.journeys.facade import DEFAULT_JOURNEY_TOML

AT_ONCE = 25


@dataclass
class CollectingWorld:
    """The workspace, who collects for it, and a key that may send as much as it likes."""

    workspace: Workspace
    collector: Collector
    token: str

    def send(self, requests: Sequence[Hostile]) -> list[tuple[int, bytes]]:
        """Send them, several at a time, each with the key as Basic user; give status and body of each answer."""
        with ThreadPoolExecutor(max_workers=1) as thread:  # Playwright leaves a loop running in the thread of the tests
            return thread.submit(asyncio.run, self._send(requests)).result()

    async def _send(self, requests: Sequence[Hostile]) -> list[tuple[int, bytes]]:
        answers: list[tuple[int, bytes]] = []
        for start in range(0, len(requests), AT_ONCE):
            answers += await asyncio.gather(*(self._ask(each) for each in requests[start : start + AT_ONCE]))
        return answers

    async def _ask(self, request: Hostile) -> tuple[int, bytes]:
        basic = base64.b64encode(f"{self.token}:".encode()).decode()
        headers = {"authorization": f"Basic {basic}", **request.headers}
        scope = {
            "type": "http", "method": "POST", "path": request.path, "scheme": "http",
            "query_string": f"api_secret={self.token}&measurement_id=G-1".encode(),
            "headers": [(name.encode(), value.encode("latin-1")) for name, value in headers.items()],
            "client": ("192.0.2.7", 1), "server": ("127.0.0.1", 8000),
        }  # fmt: skip
        half = len(request.body) // 2
        waiting = [request.body[half:], request.body[:half]]
        sent: list[dict[str, Any]] = []

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": waiting.pop(), "more_body": bool(waiting)}

        async def send(message: dict[str, Any]) -> None:
            sent.append(message)

        await self.collector.receiver(scope, receive, send)
        return sent[0]["status"], b"".join(message.get("body", b"") for message in sent[1:])

    def settle(self) -> None:
        """Store what waits."""
        self.collector.stop()
        self.collector = Collector(self.workspace)

    def stored(self) -> Counter[str]:
        """How often the store has each good call."""
        rows = self.workspace.store.rows(
            "select json_extract_string(properties, '/good') as good, count(*) from events"
            " where json_extract_string(properties, '/good') is not null group by 1"
        )
        return Counter(dict(rows))


@contextmanager
def collecting_world(folder: Path) -> Iterator[CollectingWorld]:
    """Make it below the folder; it is closed after the block."""
    workspace = create_workspace(folder / "w", Settings("Hostile", currency="EUR"), DEFAULT_JOURNEY_TOML)
    _, token = make_write_key(workspace, "Shop", ["*"], events_per_second=1_000_000)
    world = CollectingWorld(workspace, Collector(workspace), token)
    try:
        yield world
    finally:
        world.collector.stop()
        workspace.close()
