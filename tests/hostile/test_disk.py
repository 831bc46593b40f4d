"""A disk that takes nothing any more: nothing is answered with yes, and when it takes again everything goes on by itself.

The limit that a process has for the size of its files stands for the disk: writing fails as it would on a full one, and the
limit can be lifted from outside while the server runs.
"""

from __future__ import annotations

import base64
import http.client
import json
import os
import re
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from touchline.collection.facade import make_write_key
from touchline.collection.tasks import store_left_behind
from touchline.engine.workspace import Settings, create_workspace, open_workspace
from touchline.journeys.facade import DEFAULT_JOURNEY_TOML

PATIENCE_SECONDS = 60
LITTLE_ROOM = 400_000
"""Bytes a file may have: less than the journal and the store need."""


@dataclass
class Shop:
    """A server on a disk that can be made full, and what it has answered with yes."""

    folder: Path
    token: str
    server: subprocess.Popen[str]
    port: int
    kept: list[str] = field(default_factory=list)
    sent: int = 0

    def post(self, events: int = 50) -> tuple[int, str | None]:
        """Send new events; give status and Retry-After."""
        names = [f"m-{self.sent + each}" for each in range(events)]
        self.sent += events
        calls = [
            {"type": "track", "event": "Coffee Drunk", "userId": "42", "messageId": name,
             "properties": {"n": name, "fill": os.urandom(300).hex()}}
            for name in names
        ]  # fmt: skip
        basic = base64.b64encode(f"{self.token}:".encode()).decode()
        answer, _ = self.ask("POST", "/v1/batch", json.dumps({"batch": calls}), {"Authorization": f"Basic {basic}"})
        if answer.status == 200:
            self.kept += names
        return answer.status, answer.getheader("retry-after")

    def ask(self, method: str, path: str, body: str | None = None, headers: dict[str, str] | None = None):
        """Ask for anything; give the answer and its text."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_SECONDS)
        connection.request(method, path, body, headers or {})
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        return answer, text

    def room(self, most_bytes: int) -> None:
        """Let no file of the server grow beyond so much; -1: as it likes."""
        resource.prlimit(self.server.pid, resource.RLIMIT_FSIZE, (most_bytes, resource.RLIM_INFINITY))


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    """A workspace that is served."""
    workspace = create_workspace(tmp_path / "w", Settings("Shop"), DEFAULT_JOURNEY_TOML)
    _, token = make_write_key(workspace, "Shop", events_per_second=1_000_000)
    workspace.close()
    errors = (tmp_path / "errors").open("w")
    server = subprocess.Popen(
        [sys.executable, "-m", "touchline", "-w", str(tmp_path / "w"), "serve", "--port", "0"],
        stdout=subprocess.PIPE, stderr=errors, text=True, env=os.environ | {"NO_COLOR": "1", "PYTHONUNBUFFERED": "1"},
    )  # fmt: skip
    errors.close()
    assert server.stdout is not None
    address = re.search(r":(\d+)/", server.stdout.readline())
    assert address
    yield Shop(tmp_path, token, server, int(address.group(1)))
    server.kill()
    server.wait()
    server.stdout.close()


@pytest.mark.skipif(not hasattr(resource, "prlimit"), reason="only Linux lets another process lift a limit")
def test_nothing_is_kept_on_a_full_disk_and_everything_goes_on_when_there_is_room(shop: Shop) -> None:
    assert shop.post() == (200, None)
    shop.room(LITTLE_ROOM)
    refused = [answer for _ in range(30) if (answer := shop.post())[0] != 200]
    page, text = shop.ask("GET", "/")

    assert refused
    assert refused == [(503, "10")] * len(refused)
    assert page.status in (200, 503)
    assert page.status == 200 or "The workspace cannot be used" in text

    shop.room(resource.RLIM_INFINITY)
    assert shop.post() == (200, None)
    deadline = time.monotonic() + PATIENCE_SECONDS
    while shop.ask("GET", "/")[0].status != 200 and time.monotonic() < deadline:
        continue
    shop.server.terminate()
    shop.server.wait(timeout=PATIENCE_SECONDS)
    workspace = open_workspace(shop.folder / "w")
    store_left_behind(workspace)
    stored = dict(workspace.store.rows("select json_extract_string(properties, '/n'), count(*) from events group by 1"))
    rejected = workspace.store.value("select count(*) from rejections")
    workspace.close()
    assert Counter(stored) == Counter(shop.kept)
    assert rejected == 0
    assert "Traceback" not in (shop.folder / "errors").read_text("utf-8")
