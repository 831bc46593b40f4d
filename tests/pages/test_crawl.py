"""Every page can be reached by following links from the start page."""

from __future__ import annotations

import re
from collections import Counter
from html import unescape
from urllib.parse import urldefrag, urljoin, urlsplit

from django.core.files.uploadedfile import SimpleUploadedFile

from touchline.collection.actions.storing import REJECTIONS_DOOR, entry_of, store_waiting
from touchline.collection.facade import make_hook, make_write_key
from touchline.collection.rules.problems import Rejected
from touchline.engine.journal import JOURNAL_FILE, Entry, Journal

MOST_PAGES = 600
ADDRESSES_OF_ONE_PATH = 2
ONLY_BY_POST = {
    "hook-change",
    "import-change",
    "stage-change",
    "touchpoint-change",
    "filter-keep",
    "filter-forget",
    "unmapped-adopt",
    "research-add",
    "research-remove",
    "research-place",
    "card-keep",
    "segment-keep",
    "board-change",
    "card-change",
    "link-switch",
    "write-key-change",
    "rejections-change",
    "rejection-dismiss",
    "identity-judge",
    "identity-undo",
    "improvement-standing",
    "strategy-answers",
    "strategy-target",
    "strategy-lenses",
    "strategy-close",
    "strategy-inventory-import",
    "strategy-gap-decide",
    "experiment-change",
    "pains-compute",
    "pains-stop",
}
LED_TO_BY_RESULTS = {"experiment-rows", "pain", "pain-close-up", "pain-rows"}
"""It takes hundreds of visits to find a pain point: src/touchline/pains/tests follows these links."""
ASKED_BY_SCRIPTS = {"import-progress"}
ORDERS = (
    "order id,when,customer e-mail,company,total\n"
    + "".join(f"{n},2026-0{1 + n % 6}-1{n % 9} 10:00,ada{n % 12}@example.org,Firm {n % 3},{n}.50\n" for n in range(60))
    + "61,some day,ada@example.org,Firm 1,3.00\n"
)


EXPERIMENT = {
    "title": "Shorter form",
    "metric": "ordered",
    "days": 14,
    "smallest_change": 1,
    "weeks": 4,
    "included_percent": 100,
    "change_percent": 50,
    "change_name": "change",
    "keep": "",
}


LINK = re.compile(r'<(?:(?:a|link)\b[^>]*?\shref|(?!a\b|link\b)\w+\b[^>]*?\ssrc)="([^"]+)"')
"""Address of a link or an image; reading a page as a parser does takes longer than making it."""


def links_on(page: str) -> list[str]:
    """Addresses of links and images on a page."""
    return [unescape(address) for address in LINK.findall(page)]


def crawled(client, not_from: str | None = None) -> dict[str, str]:
    """Address -> name of the page, for everything that can be reached from the start page.

    `not_from`: pages whose address begins with this are opened where others lead to them, and lead nowhere.
    """
    from django.urls import resolve

    reached: dict[str, str] = {}
    seen, of_path = {"/"}, Counter({"/": 1})
    waiting = ["/"]
    while waiting and len(reached) < MOST_PAGES:
        address = waiting.pop(0)
        answer = client.get(address)
        assert answer.status_code in (200, 304), f"{address} answers {answer.status_code}"
        path = urlsplit(address).path
        reached[address] = "static" if path.startswith("/static/") else resolve(path).view_name
        if not answer["Content-Type"].startswith("text/html") or (not_from and address.startswith(not_from)):
            continue
        for link in links_on(answer.content.decode()):
            target = urldefrag(urljoin(address, link)).url
            parts = urlsplit(target)
            if not parts.scheme and target not in seen and of_path[parts.path] < ADDRESSES_OF_ONE_PATH:
                of_path[parts.path] += 1
                seen.add(target)
                waiting.append(target)
    return reached


def reject_an_event(workspace) -> None:
    """Make a write key and a webhook, and have an event that came by each in the rejection log."""
    key, _ = make_write_key(workspace, "Shop website", ["https://shop.example"])
    hook = make_hook(workspace, "generic", "Tills").key
    journal = Journal(workspace.folder / JOURNAL_FILE)
    rejected = entry_of("segment", Rejected("no_event_name", "A track call needs `event`.", b'{"type": "track"}'))
    waiting = entry_of("generic", Rejected("no_mapping", "Nobody has confirmed it.", b'{"body": {"at": "2026-08-01"}}'))
    at_us = 1_790_000_000_000_000
    journal.append([Entry(at_us, REJECTIONS_DOOR, key.id, rejected), Entry(at_us, REJECTIONS_DOOR, hook.id, waiting)])
    store_waiting(workspace, journal)
    journal.close()


def test_every_page_is_reached_from_the_start_page(client, page_workspace):
    from django.urls import get_resolver

    from touchline.events import facade
    from touchline.events.tasks import desk_of

    client.post("/import", {"files": [SimpleUploadedFile("orders.csv", ORDERS.encode())]})
    (dropped,) = desk_of(page_workspace).files()
    facade.save_mapping(page_workspace, dropped.proposal.header_key, dropped.proposal.mapping)
    client.post(f"/import/{dropped.id}/resume")
    desk_of(page_workspace).wait()
    client.post("/boards/keep/map", {"board": "Monday", "asked": "period=all"})
    client.post("/experiments/new", EXPERIMENT)
    client.post("/improvements/new", {"title": "Shorter form", "touchpoint": "payment", "target": "experience"})
    client.post("/strategy/inventory", {"kind": "team", "name": "Crew"})
    client.post("/strategy/gaps/new", {"what_is": "Nobody reads complaints."})
    reject_an_event(page_workspace)

    reached = set(crawled(client).values())

    names = {name for name in get_resolver().reverse_dict if isinstance(name, str)}
    assert names - reached - ONLY_BY_POST - ASKED_BY_SCRIPTS - LED_TO_BY_RESULTS == set()


def test_an_empty_workspace_has_no_dead_link(client):
    reached = crawled(client, not_from="/help")  # help says the same in every workspace: the test above followed it

    assert "/help" in reached
