"""A real browser on a real server process with a real workspace."""

from __future__ import annotations

import socket
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page
from tests.forked import start_touchline

from touchline.engine.workspace import Workspace

START_SECONDS = 30
VIEWPORT = {"width": 1440, "height": 900}


@dataclass(frozen=True)
class Site:
    """A running Touchline."""

    url: str
    folder: Path


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def window(browser: Browser) -> Iterator[BrowserContext]:
    """The window of all tests: opening one takes half a second of processor time, a page in it half of that.

    A test that changes the window itself (no JavaScript, offline, another language) opens one of its own.
    """
    context = browser.new_context(viewport=VIEWPORT, accept_downloads=True)
    yield context
    context.close()


@pytest.fixture
def page(window: BrowserContext) -> Iterator[Page]:
    """A page that remembers nothing; anything it complains about in the console fails the test."""
    page = window.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    window.new_cdp_session(page).send("Storage.clearDataForOrigin", {"origin": page.url, "storageTypes": "all"})
    page.close()
    assert complaints == []


@pytest.fixture(scope="session")
def run_touchline(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., str]:
    """Run the command line in a process of its own and return what it printed."""
    output = tmp_path_factory.mktemp("printed") / "output"

    def run(*arguments: object) -> str:
        command = start_touchline(*arguments, output=output)
        command.join(timeout=300)
        assert command.exitcode == 0, output.read_text("utf-8")
        return output.read_text("utf-8")

    return run


@pytest.fixture(scope="session")
def start_site() -> Iterator[Callable[[Path], Site]]:
    """Serve a workspace folder on a free port until the tests end."""
    servers: list[BaseProcess] = []

    def start(folder: Path) -> Site:
        port = _free_port()
        server = start_touchline("--workspace", folder, "serve", "--port", port)
        servers.append(server)
        site = Site(f"http://127.0.0.1:{port}", folder)
        _wait_for(site, server)
        return site

    yield start
    for server in servers:
        server.terminate()
    for server in servers:
        server.join(timeout=20)


@pytest.fixture
def empty_site(page_workspace: Workspace, start_site: Callable[[Path], Site]) -> Site:
    """A new workspace with the default journey and no data."""
    page_workspace.close()
    return start_site(page_workspace.folder)


@pytest.fixture(scope="session")
def demo_site(
    tmp_path_factory: pytest.TempPathFactory, run_touchline: Callable[..., str], start_site: Callable[[Path], Site]
) -> Site:
    """The demo company, imported from its exports."""
    folder = tmp_path_factory.mktemp("demo") / "company"
    run_touchline("demo", "--no-serve", "--folder", folder, "--customers", 400)
    return start_site(next(folder.rglob("store.duckdb")).parent)


@pytest.fixture
def shop() -> Iterator[ThreadingHTTPServer]:
    """A web server that shows its `page` at every address."""

    class Pages(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(server.page.encode())

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_for(site: Site, server: BaseProcess) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        assert server.is_alive(), f"The server ended with {server.exitcode}."
        try:
            with urllib.request.urlopen(f"{site.url}/help", timeout=5):
                return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
    pytest.fail(f"The server did not answer within {START_SECONDS} s.")
