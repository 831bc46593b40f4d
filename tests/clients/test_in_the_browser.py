"""What only happens in a page: a wrong clock, leaving, another origin, a key that allows little."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from tests.clients.collector import CollectorProcess
from tests.clients.gateway import Gateway, Seen
from tests.clients.pages import ShopPages

from touchline.collection.facade import make_write_key
from touchline.engine.workspace import Workspace, open_workspace

DEADLINE_SECONDS = 20
MORE = 6
"""Beyond what a key allows at once; on the slowest machine they take less than as many seconds."""
WRONG_BY = timedelta(days=400)
LOAD = "async ([key, host, options]) => { window.analytics = await shop.load({ key, host, options }); }"


@dataclass(frozen=True)
class Visit:
    """What the pages saw, and what came of it."""

    workspace: Workspace
    seen: list[Seen]
    came: datetime
    """Just before the first page."""
    refused: dict[str, Any]
    """What a page of a foreign origin was told."""
    foreign_failed: list[str]
    """What Segment's client said on it."""
    too_many: dict[str, dict[str, Any]]
    """Event -> what a page was told whose key allows little."""

    def names(self) -> list[str]:
        """Names of the events that were stored, those of track calls only."""
        return [
            name for (name,) in self.workspace.store.rows("select name from events join kinds using (kind) order by 1")
        ]


@pytest.fixture(scope="module")
def visit(browser: Browser, shop_pages: ShopPages, new_workspace: Callable[[], Path]) -> Iterator[Visit]:
    folder = new_workspace()
    workspace = open_workspace(folder)
    _, key = make_write_key(workspace, "Shop website", [shop_pages.origin])
    _, small = make_write_key(workspace, "Small", [shop_pages.origin], events_per_second=1)
    workspace.close()
    came = datetime.now(UTC)
    collector = CollectorProcess(folder)
    gateway = Gateway(collector.port)
    context = browser.new_context()
    try:
        _send_with_a_wrong_clock(context.new_page(), shop_pages, key, gateway)
        _send_on_leaving(context.new_page(), shop_pages, key, gateway)
        refused, failed = _send_from_a_foreign_origin(context.new_page(), shop_pages, key, gateway)
        too_many = _send_more_than_allowed(context.new_page(), shop_pages, small, gateway)
    finally:
        context.close()
        gateway.close()
        collector.stop()
    workspace = open_workspace(folder)
    yield Visit(workspace, gateway.seen, came, refused, failed, too_many)
    workspace.close()


def _send_with_a_wrong_clock(page: Page, pages: ShopPages, key: str, gateway: Gateway) -> None:
    page.clock.set_system_time(datetime.now(UTC) - WRONG_BY)
    page.goto(pages.url)
    page.evaluate(LOAD, [key, gateway.url, {}])
    page.evaluate("analytics.track('Looked Back')")
    _until_answered(page, gateway, "Looked Back")


def _send_on_leaving(page: Page, pages: ShopPages, key: str, gateway: Gateway) -> None:
    page.goto(pages.url)
    kept_alive = {"integrations": {"Segment.io": {"deliveryStrategy": {"config": {"keepalive": True}}}}}
    page.evaluate(LOAD, [key, gateway.url, kept_alive])
    page.evaluate(
        """([key, host]) => {
          addEventListener("pagehide", () => {
            const call = { writeKey: key, type: "track", event: "Left By Beacon", anonymousId: "visitor" };
            navigator.sendBeacon(`${host}/v1/t`, JSON.stringify(call));
          });
          const send = window.fetch;
          window.fetch = (...request) => {
            const sent = send(...request);
            location.assign("elsewhere.html"); // at the moment the request is handed over
            return sent;
          };
          void analytics.track("Left Kept Alive");
        }""",
        [key, gateway.url],
    )
    page.wait_for_url("**/elsewhere.html")
    _until_answered(page, gateway, "Left Kept Alive", "Left By Beacon")


def _send_from_a_foreign_origin(
    page: Page, pages: ShopPages, key: str, gateway: Gateway
) -> tuple[dict[str, Any], list[str]]:
    page.goto(pages.foreign_url)
    page.evaluate(LOAD, [key, gateway.url, {}])
    page.evaluate("analytics.track('From Elsewhere')")
    deadline = time.monotonic() + DEADLINE_SECONDS
    while not page.evaluate("shop.failed.length"):
        assert time.monotonic() < deadline, "The client never said that it failed."
        page.wait_for_timeout(20)
    return _post(page, key, gateway, "From Elsewhere"), page.evaluate("shop.failed")


def _send_more_than_allowed(page: Page, pages: ShopPages, key: str, gateway: Gateway) -> dict[str, dict[str, Any]]:
    page.goto(pages.url)
    names = [f"Step {number}" for number in range(10)]
    page.evaluate(LOAD, [key, gateway.url, {}])
    page.evaluate("names => names.forEach((name) => void analytics.track(name))", names)
    _until_answered(page, gateway, *names)
    answers = {f"More {number}": _post(page, key, gateway, f"More {number}") for number in range(MORE)}
    page.evaluate("analytics.track('Later')")
    _until_answered(page, gateway, "Later")
    return answers


def _post(page: Page, key: str, gateway: Gateway, event: str) -> dict[str, Any]:
    """What a script of the page can read of an answer."""
    told: dict[str, Any] = page.evaluate(
        """async ([key, host, event]) => {
          const call = { writeKey: key, event, anonymousId: "visitor" };
          const answer = await fetch(`${host}/v1/t`, { method: "POST", body: JSON.stringify(call) });
          return { status: answer.status, wait: answer.headers.get("Retry-After"), ...(await answer.json()) };
        }""",
        [key, gateway.url, event],
    )
    return told


def _until_answered(page: Page, gateway: Gateway, *events: str) -> None:
    deadline = time.monotonic() + DEADLINE_SECONDS
    while missing := set(events) - {
        call.get("event") for each in gateway.seen if each.status == 200 for call in each.calls
    }:
        assert time.monotonic() < deadline, f"{missing} did not arrive."
        page.wait_for_timeout(20)


def test_an_event_of_a_device_with_a_wrong_clock_has_the_right_time(visit: Visit) -> None:
    [call] = [call for seen in visit.seen for call in seen.calls if call["event"] == "Looked Back"]
    told = datetime.fromisoformat(call["timestamp"])
    [(stored,)] = visit.workspace.store.rows(
        "select time from events join kinds using (kind) where name = 'Looked Back'"
    )

    assert told < visit.came - timedelta(days=399)
    assert visit.came - timedelta(seconds=1) < stored.replace(tzinfo=UTC) < datetime.now(UTC)


def test_what_is_sent_on_leaving_a_page_arrives(visit: Visit) -> None:
    [beacon] = [seen for seen in visit.seen if b"Left By Beacon" in seen.body]

    assert "authorization" not in beacon.headers
    assert beacon.headers["content-type"] == "text/plain;charset=UTF-8"
    assert [name for name in visit.names() if name.startswith("Left")] == ["Left By Beacon", "Left Kept Alive"]


def test_a_page_of_a_foreign_origin_is_refused_in_words_it_can_read(visit: Visit) -> None:
    assert (visit.refused["status"], visit.refused["code"]) == (403, "origin_not_allowed")
    assert visit.refused["message"].startswith("Pages of http://localhost:")
    assert visit.foreign_failed == ["NonRetryableError: Non-retryable error: 403"]
    assert "From Elsewhere" not in visit.names()


def test_a_page_can_read_when_to_come_back_and_does(visit: Visit) -> None:
    refused = {event: told for event, told in visit.too_many.items() if told["status"] != 200}

    assert refused
    assert {(told["status"], told["code"]) for told in refused.values()} == {(429, "too_many_events")}
    assert [told for told in refused.values() if not int(told["wait"]) >= 1] == []
    assert [name for name in visit.names() if name.startswith(("Later", "More", "Step"))] == sorted(
        {"Later", *(f"Step {number}" for number in range(10)), *visit.too_many} - refused.keys()
    )
