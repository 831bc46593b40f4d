"""A small shop on a server of its own that keeps what the browser SDK sends, as it was sent."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from touchline.events.rules import Event, Skipped
from touchline.events.sources.protocol import Context
from touchline.events.sources.segment_jsonl.calls import read_call
from touchline.ui.built import BUILT

POLICY = "default-src 'none'; script-src 'self'; connect-src 'self'; form-action 'self'"
"""What the SDK needs: to be loaded, and to send. No eval, no inline script or style."""
ARRIVES_SECONDS = 20
ASSUMED = Context(ZoneInfo("UTC"), "EUR", "live", ())
TAG = '<script async src="/v1/touchline.js" data-write-key="{key}"></script>'

SHOP_SCRIPT = """
const on = (name, act) => document.addEventListener("click", (event) => {
  const element = event.target.closest(`[${name}]`);
  if (element) act(element.getAttribute(name), element, event);
});
const grow = () => document.querySelector("#room").append(document.createElement("p"));
on("data-grow", (wait) => (wait ? setTimeout(grow, Number(wait)) : grow()));
on("data-go", (path) => history.pushState(null, "", path));
on("data-replace", (path) => history.replaceState(null, "", path));
on("data-throw", (words) => { throw new Error(words); });
on("data-reject", (words) => { Promise.reject(new Error(words)); });
on("data-still", (_, element, event) => event.preventDefault());
on("data-refuse", (id) => document.getElementById(id).setAttribute("aria-invalid", "true"));
on("data-allow", (id) => document.getElementById(id).removeAttribute("aria-invalid"));
on("data-remove", (id) => document.getElementById(id).remove());
"""


@dataclass
class Shop:
    """Pages by their path, and everything that arrived."""

    url: str
    key: int = 0
    """Another one for each test: what the pages of the last one say on closing is not for this one."""
    pages: dict[str, str] = field(default_factory=dict)
    settings: dict[str, Any] | None = None
    refusals: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    """Answers to the next batches; then they are taken."""
    tag: str = ""
    bodies: list[str] = field(default_factory=list)
    """Every body that was sent, refused ones too."""
    taken: list[str] = field(default_factory=list)
    hurried: list[Page] = field(default_factory=list)
    sent_by: list[str] = field(default_factory=list)
    """What the browser says sent each body: fetch or beacon."""

    def reset(self) -> None:
        self.pages = {}
        self.settings = {"consent": "not_required", "respectDoNotTrack": False}
        self.refusals, self.bodies, self.taken, self.sent_by, self.hurried = [], [], [], [], []
        self.key += 1
        self.tag = TAG.format(key=self.key)

    def messages(self) -> list[dict[str, Any]]:
        """Every message taken, once each, as they arrived."""
        found = [message for body in self.taken for message in json.loads(body)["batch"]]
        return list({message["messageId"]: message for message in found}.values())

    def named(self, name: str) -> list[dict[str, Any]]:
        """The messages of a type, or the track calls of a name."""
        return [each for each in self.messages() if name in (each["type"], each.get("event"))]

    def wait_for(self, name: str, count: int = 1) -> list[dict[str, Any]]:
        """The messages of that name, once there are so many. Pages are made to send at once what they gather."""
        deadline = time.monotonic() + ARRIVES_SECONDS
        while time.monotonic() < deadline:
            if len(found := self.named(name)) >= count:
                return found
            for page in self.hurried:
                page.evaluate("dispatchEvent(new Event('online'))")
            time.sleep(0.02)
        pytest.fail(
            f"{count} × {name} did not arrive; there are {[(m['type'], m.get('event')) for m in self.messages()]}"
        )

    def wait_until(self, holds: Callable[[], Any]) -> None:
        deadline = time.monotonic() + ARRIVES_SECONDS
        while not holds():
            assert time.monotonic() < deadline, "It did not come true."
            time.sleep(0.02)

    def all_of(self, page: Page) -> list[str]:
        """The names of everything that happened until now: what comes later cannot overtake the mark."""
        marks = len(self.named("Mark"))
        page.evaluate("touchline.track('Mark')")
        self.wait_for("Mark", marks + 1)
        return [each.get("event") or each["type"] for each in self.messages()]


class _Handler(BaseHTTPRequestHandler):
    shop: Shop

    def do_GET(self) -> None:
        path = self.path.split("?")[0]
        if path == "/v1/touchline.js":
            self._answer(200, "text/javascript", (BUILT / "touchline.js").read_text("utf-8"))
        elif path == f"/v1/projects/{self.shop.key}/settings" and self.shop.settings is not None:
            self._answer(200, "application/json", json.dumps({"touchline": self.shop.settings}))
        elif path == "/shop.js":
            self._answer(200, "text/javascript", SHOP_SCRIPT)
        elif path == "/before.js" and path in self.shop.pages:
            self._answer(200, "text/javascript", self.shop.pages[path])
        elif path in self.shop.pages:
            before = '<script src="/before.js"></script>' if "/before.js" in self.shop.pages else ""
            head = f'<!doctype html><html lang="en"><title>Boots</title>{before}{self.shop.tag}<script defer src="/shop.js"></script>'
            self._answer(200, "text/html", f'{head}<body>{self.shop.pages[path]}<div id="room"></div></body>')
        else:
            self._answer(404, "text/plain", "no such page")

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        if self.path != "/v1/batch" or json.loads(body)["writeKey"] != str(self.shop.key):
            return self._answer(204, "text/plain", "")
        self.shop.bodies.append(body)
        self.shop.sent_by.append("beacon" if self.headers.get("Sec-Fetch-Mode") == "no-cors" else "fetch")
        status, headers = self.shop.refusals.pop(0) if self.shop.refusals else (200, {})
        if status == 200:
            self.shop.taken.append(body)
        return self._answer(status, "application/json", "{}", headers)

    def _answer(self, status: int, kind: str, text: str, headers: dict[str, str] | None = None) -> None:
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", POLICY)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture(scope="session")
def shop_server() -> Iterator[Shop]:
    shop = Shop("")
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"shop": shop}))
    shop.url = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield shop
    server.shutdown()
    server.server_close()


@pytest.fixture
def shop(shop_server: Shop) -> Iterator[Shop]:
    """A shop with no pages that asks for no consent. Whatever it was sent must be understood by the other side."""
    shop_server.reset()
    yield shop_server
    for message in shop_server.messages():
        event = read_call(1, message, {}, ASSUMED)
        assert isinstance(event, Event | Skipped)
        if message["type"] in ("page", "track"):
            path = message.get("properties", {}).get("path") or message["context"]["page"]["path"]
            assert (event.channel, event.page) == ("web", path)
            assert event.label is None or message["name"] == event.label


@pytest.fixture(scope="session")
def windows(browser: Browser) -> Iterator[dict[bool, BrowserContext]]:
    """Two windows with a page for all tests, the second with a clock that can be moved on: opening them takes long."""
    found = {has_clock: new_window(browser) for has_clock in (False, True)}
    found[True].clock.install()
    yield found
    for window in found.values():
        window.close()


@pytest.fixture
def window(browser: Browser) -> Iterator[BrowserContext]:
    """A window for a test that changes what the browser says of itself."""
    window = new_window(browser)
    yield window
    window.close()


def new_window(browser: Browser) -> BrowserContext:
    window = browser.new_context(viewport={"width": 1000, "height": 700}, locale="en-GB")
    window.set_default_timeout(ARRIVES_SECONDS * 1000)
    return window


@pytest.fixture
def visit(shop: Shop, windows: dict[bool, BrowserContext]) -> Iterator[Callable[..., Page]]:
    """Open a page of the shop: its body, where it lies, and whether its clock can be moved."""
    pages: list[Page] = []

    def next_page(window: BrowserContext) -> Page:
        if pages or not window.pages:
            return window.new_page()
        page = window.pages[0]
        page.goto("about:blank")
        everything = {"origin": shop.url, "storageTypes": "all"}
        window.new_cdp_session(page).send("Storage.clearDataForOrigin", everything)
        return page

    def visit(
        body: str = "",
        path: str = "/boots",
        clock: bool = False,
        page: Page | None = None,
        window: BrowserContext | None = None,
    ) -> Page:
        shop.pages.setdefault(path.split("?")[0].split("#")[0], body)
        if page is None:
            page = next_page(window or windows[clock])
            pages.append(page)
        page.goto(shop.url + path)
        shop.wait_until(lambda: page.evaluate("!!window.touchline?.track"))
        shop.hurried = [page]
        return page

    yield visit
    for window in windows.values():
        window.set_offline(False)
    for page in pages[1:]:
        page.close()
