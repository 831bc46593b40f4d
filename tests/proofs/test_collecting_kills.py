"""Killed while several senders send: what was answered with 2xx is in the store, once each, whenever and how often."""

from __future__ import annotations

import json
import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from tests.forked import start_touchline

from touchline.collection.facade import make_write_key
from touchline.engine.journal import JOURNAL_FILE
from touchline.engine.workspace import Settings, create_workspace, open_workspace
from touchline.journeys.facade import DEFAULT_JOURNEY_TOML

BATCH = 100
"""Events, of which the last is the next batch's first."""
PATIENCE_SECONDS = 60


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Till:
    """A workspace, the process that serves it, and processes that send to it."""

    folder: Path
    senders: int
    connections: int
    port: int = field(default_factory=free_port)
    kills: int = 0

    def __post_init__(self) -> None:
        workspace = create_workspace(self.folder / "w", Settings("Till"), DEFAULT_JOURNEY_TOML)
        _, self.token = make_write_key(workspace, "Till", events_per_second=1_000_000)
        workspace.close()
        self.generation = self.folder / "generation"
        self.generation.write_text("0", "utf-8")

    def serve(self) -> None:
        """Start the server; it answers when this returns."""
        self.server = start_touchline("-w", self.folder / "w", "serve", "--port", self.port)
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            assert self.server.is_alive()
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.02)
        pytest.fail("The server did not answer.")

    @contextmanager
    def sending(self) -> Iterator[list[dict[str, Any]]]:
        """Send from several processes while the block runs; then what each tells is in the list."""
        script = Path(__file__).with_name("collect_sender.py")
        running = [
            subprocess.Popen(
                [sys.executable, script, str(self.port), self.token, f"s{number}", self.generation, str(self.connections)],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            )
            for number in range(self.senders)
        ]  # fmt: skip
        told: list[dict[str, Any]] = []
        try:
            yield told
            told += [json.loads(each.communicate(timeout=PATIENCE_SECONDS)[0]) for each in running]
        finally:
            for each in running:
                each.kill()
                each.communicate()

    def kill(self) -> None:
        """End the server as a power cut would."""
        self.kills += 1
        self.generation.write_text(str(self.kills), "utf-8")
        self.server.kill()
        self.server.join()

    def stop(self) -> None:
        """End the server as Ctrl-C does."""
        os.kill(self.server.pid, signal.SIGINT)
        self.server.join(PATIENCE_SECONDS)
        assert self.server.exitcode == 0

    def touchline(self, *words: str) -> None:
        """Run a command in a process of its own."""
        command = start_touchline("-w", self.folder / "w", *words)
        command.join(PATIENCE_SECONDS)
        assert command.exitcode == 0

    def stored(self) -> Counter[str]:
        """How often the store has each message."""
        workspace = open_workspace(self.folder / "w")
        rows = workspace.store.rows("select json_extract_string(properties, '/n'), count(*) from events group by 1")
        workspace.close()
        return Counter(dict(rows))


def messages(told: list[dict[str, Any]], what: str) -> set[str]:
    return {
        f"s{sender}-{each}"
        for sender, one in enumerate(told)
        for batch in one[what]
        for each in range(batch * (BATCH - 1), batch * (BATCH - 1) + BATCH)
    }


def run_until(server_seconds: float) -> None:
    deadline = time.monotonic() + server_seconds
    while time.monotonic() < deadline:
        time.sleep(0.02)


def check(till: Till, told: list[dict[str, Any]]) -> None:
    answered, sent, stored = messages(told, "answered"), messages(told, "sent"), till.stored()
    unanswered = [sum(one["unanswered"].get(str(kill), 0) for one in told) for kill in range(1, till.kills + 1)]
    statuses = sum((Counter(one["statuses"]) for one in told), Counter())
    print(
        f"\n{till.kills} kills, at each {min(unanswered):,} to {max(unanswered):,} events unanswered;"
        f" {len(answered):,} answered, {len(stored):,} stored, answers {dict(statuses)}"
    )
    assert min(unanswered) >= 1000
    assert answered - stored.keys() == set()
    assert stored.keys() - sent == set()
    assert set(stored.values()) == {1}
    assert set(statuses) <= {"200", "429", "503"}


def test_two_kills_lose_nothing_and_double_nothing(tmp_path: Path) -> None:
    """The first is followed by a command, which stores what waits, and by a new journal, whose positions begin anew."""
    till = Till(tmp_path, senders=2, connections=8)
    till.serve()
    with till.sending() as told:
        run_until(1.2)
        till.kill()
        till.touchline("map")
        (tmp_path / "w" / JOURNAL_FILE).unlink()
        till.serve()
        run_until(0.8)
        till.kill()
        till.serve()
    till.stop()

    check(till, told)


@pytest.mark.verify
def test_twenty_kills_lose_nothing_and_double_nothing(tmp_path: Path) -> None:
    chance = random.Random(20261122)
    till = Till(tmp_path, senders=3, connections=8)
    till.serve()
    with till.sending() as told:
        for _ in range(20):
            run_until(chance.uniform(0.5, 3.0))
            till.kill()
            till.serve()
    till.stop()
    till.touchline("map")

    check(till, told)


def test_kills_in_the_transaction_and_right_after_it(tmp_path: Path) -> None:
    """The events are written and not committed, then committed and not forgotten: in the end they are there once."""
    till = Till(tmp_path, 0, 0)
    killed_when(tmp_path, "storing.write_rejections", received=5)
    assert till.stored() == {}
    killed_when(tmp_path, "storing.Journal.forget", received=0)
    assert till.stored() == {"a": 5}

    till.touchline("map")

    assert till.stored() == {"a": 5}


def killed_when(folder: Path, moment: str, received: int) -> None:
    """Receive, then store what waits in a process that ends when it comes to a moment."""
    code = (
        "import os\n"
        "from pathlib import Path\n"
        "from touchline.collection.actions import storing\n"
        "from touchline.engine.journal import Entry, Journal, JOURNAL_FILE\n"
        "from touchline.engine.workspace import open_workspace\n"
        "workspace = open_workspace(Path('w'))\n"
        "journal = Journal(Path('w') / JOURNAL_FILE)\n"
        'call = b\'{"type":"track","event":"Coffee Drunk","userId":"1","properties":{"n":"a"}}\'\n'
        f"journal.append([Entry(1_760_000_000_000_000, 'segment', 1, call)] * {received})\n"
        f"{moment} = lambda *_: os.kill(os.getpid(), 9)\n"
        "storing.store_waiting(workspace, journal)\n"
    )
    ended = subprocess.run([sys.executable, "-c", code], cwd=folder, check=False, capture_output=True)
    assert ended.returncode == -signal.SIGKILL, ended.stderr
