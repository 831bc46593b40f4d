"""A workspace that collects, and a way to ask its ASGI application without a socket."""

from __future__ import annotations

import asyncio
import base64
import io
import json
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from rich.console import Console

from touchline.collection.commands import COMMANDS
from touchline.collection.facade import make_write_key
from touchline.collection.tasks import Collector
from touchline.engine.workspace import Settings, Workspace, create_workspace
from touchline.journeys.facade import DEFAULT_JOURNEY_TOML


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)

    @property
    def code(self) -> str:
        """The code of what is wrong."""
        return str(self.json["error"]["code"])


@dataclass
class Collecting:
    """A workspace being collected for, with a key that any page may use."""

    workspace: Workspace
    collector: Collector
    token: str

    def post(self, path: str, body: Any, headers: Mapping[str, str] | None = None, token: str | None = None) -> Answer:
        """Send a body (bytes as they are, anything else as JSON) with the key as Basic user."""
        basic = base64.b64encode(f"{self.token if token is None else token}:".encode()).decode()
        sent = body if isinstance(body, bytes) else json.dumps(body).encode()
        return self.ask("POST", path, {"authorization": f"Basic {basic}", **(headers or {})}, sent)

    def ask(self, method: str, path: str, headers: Mapping[str, str] | None = None, body: bytes = b"") -> Answer:
        """Ask with just these headers."""
        asking = _ask(self.collector.receiver, method, path, headers or {}, body)
        with ThreadPoolExecutor(max_workers=1) as thread:  # Playwright leaves a loop running in the thread of the tests
            return thread.submit(asyncio.run, asking).result()

    def stored(self, sql: str = "select count(*) from events") -> Any:
        """Store what waits, and ask the store for a value."""
        self.settle()
        return self.workspace.store.value(sql)

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """Store what waits, and ask the store for rows."""
        self.settle()
        return self.workspace.store.rows(sql)

    def settle(self) -> None:
        """End collecting, which stores what waits, and begin anew, as after a restart."""
        self.collector.stop()
        self.collector = Collector(self.workspace)


@pytest.fixture(scope="session")
def empty_shop(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The folder of an empty workspace with a key that may send as much as it likes, to be copied; and the key."""
    folder = tmp_path_factory.mktemp("empty") / "workspace"
    workspace = create_workspace(folder, Settings("Fernhill Outdoor", currency="EUR"), DEFAULT_JOURNEY_TOML)
    _, token = make_write_key(workspace, "Shop website", ["*"], events_per_second=1_000_000)
    workspace.close()
    return folder, token


@pytest.fixture
def collecting(empty_shop: tuple[Path, str], open_copy: Callable[[Path], Workspace]) -> Iterator[Collecting]:
    """An empty workspace that collects."""
    folder, token = empty_shop
    workspace = open_copy(folder)
    found = Collecting(workspace, Collector(workspace), token)
    yield found
    found.collector.stop()


@dataclass
class Session:
    """What the command line gives a command."""

    workspace: Workspace
    console: Console = field(default_factory=lambda: Console(file=io.StringIO(), width=80, highlight=False))
    exit_code: int = 0

    def should_stop(self) -> bool:
        return False


@pytest.fixture
def run(collecting):
    """Run a command on the workspace; gives its exit code and everything it showed."""

    def run(*arguments: str) -> tuple[int, str]:
        session = Session(collecting.workspace)
        command = {command.name: command for command in COMMANDS}[arguments[0]]
        result = CliRunner().invoke(command, arguments[1:], obj=session)
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result.exit_code or session.exit_code, session.console.file.getvalue() + result.output

    return run


async def _ask(application: Any, method: str, path: str, headers: Mapping[str, str], body: bytes) -> Answer:
    where, _, query = path.partition("?")
    scope = {
        "type": "http",
        "method": method,
        "path": where,
        "query_string": query.encode(),
        "scheme": "http",
        "headers": [(name.lower().encode(), value.encode("latin-1")) for name, value in headers.items()],
        "client": ("192.0.2.7", 1),
        "server": ("127.0.0.1", 8000),
    }
    waiting = [{"type": "http.request", "body": body, "more_body": False}]
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return waiting.pop() if waiting else {"type": "http.disconnect"}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    await application(scope, receive, send)
    found = {name.decode(): value.decode("latin-1") for name, value in sent[0]["headers"]}
    return Answer(sent[0]["status"], found, b"".join(message.get("body", b"") for message in sent[1:]))
