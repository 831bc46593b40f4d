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
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from tests.clients.collector import CollectorProcess

from touchline.collection.facade import make_write_key
from touchline.collection.tasks import store_left_behind
from touchline.engine.journal import JOURNAL_FILE, Journal
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
    server: int
    """Its process."""
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
        resource.prlimit(self.server, resource.RLIMIT_FSIZE, (most_bytes, resource.RLIM_INFINITY))


def unprivileged() -> list[str]:
    """Before a command: what may be read only is so for root too."""
    return ["setpriv", "--inh-caps", "-all", "--bounding-set", "-all"] if os.geteuid() == 0 else []


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the workspace will be."""
    return tmp_path / "w"


@pytest.fixture
def token(folder: Path) -> str:
    """Of a key of a new workspace."""
    workspace = create_workspace(folder, Settings("Shop"), DEFAULT_JOURNEY_TOML)
    _, found = make_write_key(workspace, "Shop", events_per_second=1_000_000)
    workspace.close()
    return found


@contextmanager
def serving(folder: Path, token: str) -> Iterator[Shop]:
    """Serve the workspace while the block runs, by a process to which a file that may only be read is so."""
    with (folder.parent / "errors").open("w") as errors:
        server = subprocess.Popen(
            [*unprivileged(), sys.executable, "-m", "touchline", "-w", str(folder), "serve", "--port", "0"],
            stdout=subprocess.PIPE, stderr=errors, text=True, env=os.environ | {"NO_COLOR": "1", "PYTHONUNBUFFERED": "1"},
        )  # fmt: skip
    assert server.stdout is not None
    try:
        address = re.search(r":(\d+)/", server.stdout.readline())
        assert address, (folder.parent / "errors").read_text("utf-8")
        yield Shop(folder.parent, token, server.pid, int(address.group(1)))
    finally:
        server.terminate()
        server.wait(timeout=PATIENCE_SECONDS)
        server.stdout.close()


@contextmanager
def serving_forked(folder: Path, token: str) -> Iterator[Shop]:
    """The same by a process that need not load what it serves with."""
    server = CollectorProcess(folder)
    try:
        yield Shop(folder.parent, token, server.pid, server.port)
    finally:
        server.stop()


def check(shop: Shop) -> None:
    """What was answered with yes is in the store, once each, and nothing else."""
    workspace = open_workspace(shop.folder / "w")
    store_left_behind(workspace)
    stored = dict(workspace.store.rows("select json_extract_string(properties, '/n'), count(*) from events group by 1"))
    rejected = workspace.store.value("select count(*) from rejections")
    workspace.close()
    assert Counter(stored) == Counter(shop.kept)
    assert rejected == 0
    for said in ("errors", "printed"):
        assert "Traceback" not in ((shop.folder / said).read_text("utf-8") if (shop.folder / said).exists() else "")


@pytest.mark.skipif(not hasattr(resource, "prlimit"), reason="only Linux lets another process lift a limit")
def test_nothing_is_kept_on_a_full_disk_and_everything_goes_on_when_there_is_room(folder: Path, token: str) -> None:
    with serving_forked(folder, token) as shop:
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
    check(shop)


@pytest.mark.skipif(
    os.geteuid() == 0 and shutil.which("setpriv") is None, reason="root writes whatever may only be read"
)
def test_a_journal_that_may_only_be_read_takes_nothing_until_it_may_be_written(folder: Path, token: str) -> None:
    Journal(folder / JOURNAL_FILE).close()
    (folder / JOURNAL_FILE).chmod(0o400)
    with serving(folder, token) as shop:
        assert [shop.post() for _ in range(3)] == [(503, "10")] * 3
        assert shop.ask("GET", "/")[0].status == 200

        for file in folder.glob(f"{JOURNAL_FILE}*"):
            file.chmod(0o600)
        deadline = time.monotonic() + PATIENCE_SECONDS
        while shop.post() != (200, None):
            assert time.monotonic() < deadline
    check(shop)


@pytest.mark.skipif(
    os.geteuid() == 0 and shutil.which("setpriv") is None, reason="root writes whatever may only be read"
)
def test_a_store_that_may_only_be_read_is_not_served(folder: Path, token: str) -> None:
    (folder / "store.duckdb").chmod(0o400)

    refused = subprocess.run(
        [*unprivileged(), sys.executable, "-m", "touchline", "-w", str(folder), "serve", "--port", "0"],
        capture_output=True, text=True, check=False, timeout=PATIENCE_SECONDS,
    )  # fmt: skip

    assert refused.returncode == 1
    assert refused.stderr.endswith("w cannot be written to: its owner, or the disk, allows reading only.\n")
