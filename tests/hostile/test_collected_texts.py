"""What anybody with the public write key can send, on the pages and in the files that show it: text, never markup or formula."""

from __future__ import annotations

import csv
import io
import json
import re
from html.parser import HTMLParser
from urllib.parse import quote, urldefrag, urljoin, urlsplit

import pytest
from tests.hostile.collecting_world import CollectingWorld
from tests.hostile.hostile_bodies import FORMULAS, MARKUP, NAUGHTY, ODD_TEXTS, Hostile

from touchline.collection.facade import make_write_key
from touchline.collection.tasks import Collector
from touchline.engine.workspace import Workspace
from touchline.events.facade import neutral
from touchline.journeys.facade import refresh

TEXTS = (*MARKUP, *FORMULAS, *[text for text in NAUGHTY if "<" in text or "=" in text][:60:3], *ODD_TEXTS)
ADDRESSES_OF_ONE_PATH = 3
DOWNLOADS = (
    ".csv",
    ".json",
    ".jsonl",
    ".svg",
    ".png",
    ".pdf",
    ".pptx",
    ".xlsx",
    ".html",
    ".mmd",
    ".md",
    ".ics",
    ".xes",
)


def hostile_calls() -> list[Hostile]:
    """Each text as event, page, ids, traits, campaign, key of a property, value, group, order; and as something rejected."""
    found = []
    for number, text in enumerate(text[:600] for text in TEXTS):
        short = text[:190]
        around = {
            "page": {"path": f"/{text}", "url": f"https://shop.example/{text}", "title": text, "referrer": text},
            "campaign": {"name": text, "source": text, "medium": text},
            "userAgent": text, "locale": text, "library": {"name": text}, "device": {"type": text, "model": text},
        }  # fmt: skip
        told = {text[:100]: text, "order_id": text, "currency": text, "text": text, "sku": text, "campaign_id": text}
        who = {"userId": f"{number % 7}{short}", "anonymousId": short or "a", "context": around}
        traits = {"email": f"{short}@example.org", "name": text, "phone": text, text[:50]: text}
        calls = [
            {"type": "track", "event": short or "x", "messageId": f"t{number}", "properties": told, **who},
            {"type": "track", "event": "Product Viewed", "messageId": f"v{number}", "properties": told, **who},
            {"type": "track", "event": "Order Completed", "properties": {**told, "total": 5}, **who},
            {
                "type": "track",
                "event": "Survey Answered",
                "properties": {"score": 3, "metric": "csat", "text": text},
                **who,
            },
            {"type": "track", "event": "Ticket Created", "properties": {"ticket_id": text, "subject": text}, **who},
            {"type": "page", "name": short, "properties": {"title": text}, **who},
            {"type": "identify", "traits": traits, **who},
            {"type": "group", "groupId": short or "g", "traits": {"name": text, "industry": text}, **who},
            {"type": "alias", "previousId": short or "p", **who},
            {"type": text, "messageId": short[:90], "event": text},
            {"type": "track", "event": text[:400] * 50, "userId": "1"},
            {"type": "track", "event": "x", "userId": "1", "properties": {"total": text or "-"}},
        ]
        found.append(Hostile("/v1/batch", json.dumps({"batch": calls}).encode("utf-8", "surrogatepass")))
    return found


def receive(workspace: Workspace) -> None:
    """Collect all of it for a workspace."""
    _, token = make_write_key(workspace, "Shop", ["*"], events_per_second=1_000_000)
    world = CollectingWorld(workspace, Collector(workspace), token)
    assert {status for status, _ in world.send(hostile_calls())} == {200}
    world.settle()
    world.collector.stop()
    refresh(workspace)


class Faults(HTMLParser):
    """What on a page can run, and where it leads."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.found: list[str] = []
        self._in_script = False
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        values = {name: value or "" for name, value in attrs}
        self._in_script = tag == "script"
        self.found += [f"{tag} {name}={value[:60]}" for name, value in values.items() if name.startswith("on")]
        self.found += [
            f"{tag} {name}={value[:60]}"
            for name, value in values.items()
            if name in ("href", "src", "action", "formaction", "hx-get", "hx-post", "xlink:href")
            and re.match(r"\s*(javascript|data|vbscript):", value, re.IGNORECASE)
        ]
        if tag == "script" and not values.get("src", "").startswith("/static/"):
            self.found.append(f"script {values}")
        if tag in ("iframe", "object", "embed", "base") or (tag == "img" and values.get("src") == "x"):
            self.found.append(f"{tag} {values}")
        if tag == "a" and values.get("href"):
            self.links.append(values["href"])

    def handle_data(self, data):
        if self._in_script and data.strip():
            self.found.append(f"script text {data[:60]}")


@pytest.mark.parametrize("most_pages", [45, pytest.param(400, marks=pytest.mark.verify)])
def test_no_text_runs_on_any_page_and_no_cell_in_any_file(client, page_workspace, most_pages):
    receive(page_workspace)
    waiting = [
        "/", "/?view=table", "/customers", f"/customers?q={quote(MARKUP[0])}", "/accounts", "/value", "/identity", "/identity/audit",
        "/collect", "/collect/rejected", f"/collect/rejected?q={quote(MARKUP[1])}&code={quote(MARKUP[1])}",
        "/collect/rejected.csv", "/imports", "/journey", "/questions", "/quarantine", "/map.csv", f"/{quote(MARKUP[0])}",
    ]  # fmt: skip
    seen, shapes, faults = set(waiting), {}, []
    looked_at = 0
    while waiting and looked_at < most_pages:
        address = waiting.pop(0)
        answer = client.get(address)
        looked_at += 1
        if answer.status_code not in (200, 302, 400, 404, 409):
            faults.append(f"{address}: {answer.status_code}")
        kind = answer.get("Content-Type", "")
        body = answer.getvalue()
        if kind.startswith("text/csv"):
            rows = csv.reader(io.StringIO(body.decode("utf-8-sig")))
            faults += [f"{address}: {cell[:60]!r}" for row in rows for cell in row if _is_run(cell)]
        if not kind.startswith("text/html"):
            continue
        page = Faults(body.decode())
        faults += [f"{address}: {each}" for each in page.found]
        for link in page.links:
            target = urldefrag(urljoin(address, link)).url
            shape = re.sub(r"\d+", "0", urlsplit(target).path)
            if target in seen or not target.startswith("/") or shapes.get(shape, 0) >= ADDRESSES_OF_ONE_PATH:
                continue
            if urlsplit(target).path.endswith(DOWNLOADS) and not urlsplit(target).path.endswith(".csv"):
                continue
            seen.add(target)
            shapes[shape] = shapes.get(shape, 0) + 1
            waiting.append(target)

    print(f"{looked_at} pages and files")
    assert faults == []
    assert looked_at >= 45


def _is_run(cell: str) -> bool:
    """Whether a spreadsheet might run a cell: not one behind an apostrophe, and no number."""
    return neutral(cell) != cell and not cell.startswith("'") and not re.fullmatch(r"[+-]?[\d.,]+(e[+-]?\d+)?%?", cell)
