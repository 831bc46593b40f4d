"""The five clients send to one collector, over good lines and bad ones, and while it is killed: once for all tests here."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from rudderstack.analytics.client import Client as RudderClient
from tests.clients.collector import CollectorProcess
from tests.clients.gateway import Fault, Gateway
from tests.clients.pages import ShopPages
from tests.clients.plans import BROWSER, CLIENTS, Client, plan, streamed_call
from tests.conftest import NO_BROWSER

from tools.install_clients import is_installed, node
from touchline.collection.facade import make_write_key
from touchline.engine.workspace import Settings, Workspace, create_workspace, open_workspace
from touchline.journeys.facade import DEFAULT_JOURNEY_TOML

SENDERS = Path(__file__).parent / "senders"
NOT_INSTALLED = (
    "The JavaScript clients are not installed; `make setup` does that where the npm registry is within reach."
)
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


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("clients"))


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


@pytest.fixture(scope="session")
def new_workspace(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Path]:
    """Make an empty workspace with the default journey."""

    def make() -> Path:
        folder = tmp_path_factory.mktemp("clients") / "workspace"
        create_workspace(folder, Settings("Fernhill Outdoor", currency="EUR"), DEFAULT_JOURNEY_TOML).close()
        return folder

    return make


@pytest.fixture(scope="session")
def shop_pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ShopPages]:
    """Pages of a shop with Segment's browser client, on a port of their own."""
    if not is_installed():
        pytest.fail(NOT_INSTALLED) if os.environ.get("CI") == "true" else pytest.skip(NOT_INSTALLED)
    pages = ShopPages(tmp_path_factory.mktemp("shop"))
    yield pages
    pages.close()


@pytest.fixture(scope="session")
def story(
    request: pytest.FixtureRequest, browser_path: str | None, new_workspace: Callable[[], Path]
) -> Iterator[Story]:
    """Everybody sends; the lines are bad; the collector is killed and comes back."""
    missing = {}
    if not is_installed():
        missing = dict.fromkeys(("segment-node", "rudder-node", BROWSER.name), NOT_INSTALLED)
    elif browser_path is None:
        missing = {BROWSER.name: NO_BROWSER}
    folder = new_workspace()
    with ExitStack() as closing:
        pages: ShopPages | None = None
        page: Page | None = None
        if BROWSER.name not in missing:
            browser: Browser = request.getfixturevalue("browser")
            pages = request.getfixturevalue("shop_pages")
            context = browser.new_context()
            closing.callback(context.close)
            page = context.new_page()
        token = _make_key(folder, [pages.origin] if pages else [])
        collector = CollectorProcess(folder)
        closing.callback(collector.stop)
        told = {
            name: Told(client, Gateway(collector.port), Gateway(collector.port, FAULTS))
            for name, client in CLIENTS.items()
            if name not in missing
        }
        for each in told.values():
            closing.callback(each.calm.close)
            closing.callback(each.stormy.close)
        plans = {name: plan(each.client, token, each.calm.url, each.stormy.url) for name, each in told.items()}
        senders = {
            name: closing.enter_context(_sender(told[name].client, plans[name]))
            for name in told
            if name != BROWSER.name
        }
        if page is not None and pages is not None:
            page.goto(pages.url)
            page.evaluate("legs => void shop.send(legs)", plans[BROWSER.name]["legs"])
        _let_everybody_send(told, senders, collector, page)
        refused = _send_with_a_wrong_key(collector.url)
        collector.stop()
        workspace = open_workspace(folder)
        closing.callback(workspace.close)
        yield Story(workspace, token, told, missing, refused)


def _make_key(folder: Path, origins: list[str]) -> str:
    workspace = open_workspace(folder)
    _, token = make_write_key(workspace, "Shop website", origins)
    workspace.close()
    return token


def _let_everybody_send(
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


def _send_with_a_wrong_key(url: str) -> list[str]:
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
def _sender(client: Client, plan_: dict[str, Any]) -> Iterator[subprocess.Popen[str]]:
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
