"""One story for all clients: they send over bad lines, the collector is killed while they do, and comes back."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page
from rudderstack.analytics.client import Client as RudderClient
from tests.clients.collector import CollectorProcess
from tests.clients.gateway import Fault, Gateway
from tests.clients.plans import BROWSER, Client, streamed_call

from tools.install_clients import node
from touchline.engine.workspace import Workspace

SENDERS = Path(__file__).parent / "senders"
DEADLINE_SECONDS = 45
FAULTS = (
    Fault.NONE,
    Fault.ANSWER_LOST,
    Fault.NONE,
    Fault.BUSY,
    Fault.NONE,
    Fault.NOT_PASSED_ON,
    Fault.NONE,
    Fault.TOO_MANY,
    Fault.NONE,
    Fault.CUT_INSIDE,
    Fault.ANSWER_LOST,
)


@dataclass
class Told:
    """What one client was told, and what became of its lines."""

    client: Client
    calm: Gateway
    stormy: Gateway
    streamed: int = 0
    """Calls of the stream."""
    failed: list[str] = field(default_factory=list)
    """What the client says it could not deliver."""


@dataclass(frozen=True)
class Story:
    """The end of it: everything is stored, nobody serves the workspace any more."""

    workspace: Workspace
    token: str
    clients: dict[str, Told]
    missing: dict[str, str]
    """Clients that could not be tried, and why."""
    refused: list[str]
    """What RudderStack's Python client says of each refusal when its write key is none."""

    def of(self, name: str) -> Told:
        """What a client did; skips the test when it could not be tried, and fails it under CI=true."""
        if name in self.missing:
            pytest.fail(self.missing[name]) if os.environ.get("CI") == "true" else pytest.skip(self.missing[name])
        return self.clients[name]


def let_everybody_send(
    told: dict[str, Told], senders: dict[str, subprocess.Popen[str]], collector: CollectorProcess, page: Page | None
) -> None:
    def until(what: str, is_so: Callable[[Gateway], bool]) -> None:
        deadline = time.monotonic() + DEADLINE_SECONDS
        while late := [name for name, each in told.items() if not is_so(each.stormy)]:
            assert time.monotonic() < deadline, f"{what} did not come about for {', '.join(late)}."
            _pause(page)

    until("Every fault", lambda gateway: gateway.has_played)
    collector.kill()
    until("Sending while it was dead", lambda gateway: gateway.was_without_collector)
    seen = {id(each.stormy): len(each.stormy.seen) for each in told.values()}
    collector.restart()
    until(
        "An answer after it came back",
        lambda gateway: any(each.status == 200 for each in gateway.seen[seen[id(gateway)] :]),
    )
    for process in senders.values():
        assert process.stdin is not None
        process.stdin.write("enough\n")
        process.stdin.flush()
    if page is not None:
        _end_in_browser(told[BROWSER.name], page)
    for name, process in senders.items():
        out, _ = process.communicate(timeout=DEADLINE_SECONDS)
        assert process.returncode == 0, f"{name} ended with {process.returncode}: {out}"
        outcome = json.loads(out.splitlines()[-1])
        told[name].failed, told[name].streamed = outcome["failed"], outcome["streamed"]


def send_with_a_wrong_key(url: str) -> list[str]:
    refused: list[str] = []
    client = RudderClient(
        "tl_nobodys",
        host=url,
        on_error=lambda error, batch: refused.append(str(error)),
        upload_interval=0.05,
        max_retries=1,  # of what it takes for a broken line
    )
    client.track("somebody", "Order Completed")
    client.flush()
    client.join()
    return refused


@contextmanager
def sender(client: Client, plan_: dict[str, Any]) -> Iterator[subprocess.Popen[str]]:
    if client.module in ("segment", "rudder"):
        command = [str(node()), str(SENDERS / "node_client.mjs")]
    else:
        command = [sys.executable, str(SENDERS / "python_client.py")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        try:
            process.stdin.write(json.dumps(plan_) + "\n")
            process.stdin.flush()
            yield process
        finally:
            process.kill()


def _end_in_browser(told: Told, page: Page) -> None:
    page.evaluate("shop.enough = true")
    again = streamed_call(told.client)["properties"]["leg"]
    deadline = time.monotonic() + DEADLINE_SECONDS
    while True:
        told.streamed, told.failed = page.evaluate("[shop.streamed, shop.failed]")
        arrived = {
            number for seen in told.stormy.seen if seen.status == 200 for leg, number in seen.facts if leg == again
        }
        if len(arrived) == told.streamed:
            return
        assert time.monotonic() < deadline, f"The browser delivered {len(arrived)} of {told.streamed}: {told.failed}"
        _pause(page)


def _pause(page: Page | None) -> None:
    """Waiting in the browser's own way lets its messages through."""
    if page is None:
        time.sleep(0.05)
    else:
        page.wait_for_timeout(50)
