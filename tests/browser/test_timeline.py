"""One customer's timeline while their events arrive: they appear, and what somebody has opened stays open."""

from __future__ import annotations

import base64
import json
import re
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import Site

from touchline.engine.workspace import Workspace

ADA = {"userId": "ada", "anonymousId": "browser-1"}
PATIENCE_MS = 40_000


def track(place: int, event: str, **properties: object) -> dict[str, object]:
    context = {"page": {"path": "/products/shoe"}}
    told = {"type": "track", "event": event, "properties": properties, "context": context, **ADA}
    return {**told, "messageId": f"m{place}", "timestamp": f"2026-05-01T10:{place:02d}:00Z"}


@pytest.fixture
def shop(
    page_workspace: Workspace, run_touchline: Callable[..., str], start_site: Callable[[Path], Site]
) -> tuple[Site, Callable[..., None]]:
    """A site that collects, and how to send to it."""
    folder = page_workspace.folder
    page_workspace.close()
    token = re.search(r"tl_[\w-]+", run_touchline("-w", folder, "key", "create", "Shop"))[0]
    site = start_site(folder)

    def send(*calls: dict[str, object]) -> None:
        head = {
            "Content-Type": "application/json",
            "Authorization": "Basic " + base64.b64encode(f"{token}:".encode()).decode(),
        }
        body = json.dumps({"batch": calls}).encode()
        with urllib.request.urlopen(urllib.request.Request(f"{site.url}/v1/batch", body, head), timeout=30) as answer:
            assert answer.status == 200

    return site, send


def test_what_is_collected_appears_and_nothing_closes(page, shop):
    site, send = shop
    send(track(1, "Product Viewed"), track(2, "Product Viewed"), track(3, "Cart Viewed"))
    page.goto(f"{site.url}/customers")
    expect(page.get_by_role("link", name="ada")).to_be_visible(timeout=PATIENCE_MS)
    page.get_by_role("link", name="ada").click()
    page.get_by_text("2 events", exact=True).click()
    expect(page.get_by_text("10:02:00")).to_be_visible()

    send(track(20, "Order Completed", order_id="A-17", total=80, currency="EUR"))

    expect(page.get_by_text("Order Completed", exact=True)).to_be_visible(timeout=PATIENCE_MS)
    expect(page.get_by_text("Order A-17", exact=True)).to_be_visible()
    expect(page.get_by_text("10:02:00")).to_be_visible()
    assert page.evaluate("scrollX") == 0


def test_a_customer_is_found_and_a_visit_opened_with_the_keyboard_alone(page, demo_site):
    page.goto(f"{demo_site.url}/customers")
    page.get_by_role("searchbox").focus()
    page.keyboard.type("greta")
    page.keyboard.press("Enter")
    page.get_by_role("link", name=re.compile("^greta")).first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name=re.compile("^greta"))).to_be_visible()

    page.locator(".timeline-body summary").first.focus()
    page.keyboard.press("Enter")

    expect(page.locator(".timeline-events").first).to_be_visible()
