"""web_events.jsonl: what a Segment-speaking SDK in browser and app sends, one JSON object a line.

The shop tracks until payment; the order itself comes from the Shopify file, so nothing is counted twice.
"""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

from touchline.world.people import Person
from touchline.world.story import PRODUCTS, WebHit, World

HOST = "https://alderway.example"
_USER_AGENTS = {
    "desktop": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36",
    "mobile": "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148",
    "tablet": "Mozilla/5.0 (iPad; CPU OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/604.1",
}
_TOLD: dict[str, dict[str, object]] = {
    "Payment Failed": {"reason": "card_declined"},
    "Dead Click Detected": {"definition": "dead-click/1"},
}
"""What an event says besides where it was."""


def write(world: World, folder: Path) -> None:
    """Write hits in order of time, with one identify line when a person first logs in."""
    identified: set[int] = set()
    with (folder / "web_events.jsonl").open("w", encoding="utf-8") as file:
        logins = {order.person.number: order.time for order in reversed(world.orders)}
        for number, hit in enumerate(world.hits):
            login = logins.get(hit.person.number)
            if hit.known and hit.person.number not in identified and login is not None and hit.time >= login:
                identified.add(hit.person.number)
                file.write(json.dumps(_identify(hit.person, hit, number), ensure_ascii=False) + "\n")
            file.write(json.dumps(_line(hit, number), ensure_ascii=False) + "\n")
        for person_number, time in sorted(logins.items()):
            if person_number not in identified:
                person = world.people[person_number]
                file.write(
                    json.dumps(_identify(person, WebHit(person, time, "", "/", True), 10_000_000 + person_number))
                    + "\n"
                )


def _context(hit: WebHit) -> dict[str, object]:
    person = hit.person
    library = "analytics-ios" if person.uses_app else "analytics.js"
    context: dict[str, object] = {
        "library": {"name": library, "version": "4.1.0"}, "userAgent": _USER_AGENTS[person.device], "locale": "en-GB",
        "page": {"path": hit.path, "url": HOST + hit.path + (f"?q={hit.query}" if hit.query else ""), "title": "Alderway"},
    }  # fmt: skip
    if person.uses_app:
        context["device"] = {"type": "ios"}
    if hit.source:
        context["campaign"] = {"source": hit.source, "medium": hit.medium} | (
            {"name": hit.campaign} if hit.campaign else {}
        )
    return context


def _stamps(hit: WebHit) -> dict[str, str]:
    time = hit.time.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    received = (hit.time + timedelta(milliseconds=900)).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return {"timestamp": time, "originalTimestamp": time, "sentAt": time, "receivedAt": received}


def _line(hit: WebHit, number: int) -> dict[str, object]:
    person = hit.person
    line: dict[str, object] = {
        "messageId": f"m-{number:010d}", "anonymousId": person.anonymous_id, "userId": person.user_id if hit.known else None,
        "context": _context(hit), **_stamps(hit),
    }  # fmt: skip
    properties: dict[str, object] = {"path": hit.path, "url": HOST + hit.path}
    if hit.product >= 0:
        sku, name, category, price = PRODUCTS[hit.product]
        properties |= {"product_id": sku, "name": name, "category": category, "price": price, "currency": "EUR"}
    if hit.query:
        properties["query"] = hit.query
    properties |= _TOLD.get(hit.name, {})
    if hit.name == "Page Viewed":
        return {"type": "page", "name": "", "properties": properties} | line
    return {"type": "track", "event": hit.name, "properties": properties} | line


def _identify(person: Person, hit: WebHit, number: int) -> dict[str, object]:
    return {
        "type": "identify", "messageId": f"i-{number:010d}", "anonymousId": person.anonymous_id, "userId": person.user_id,
        "traits": {"email": person.email, "country": person.country}, "context": _context(hit), **_stamps(hit),
    }  # fmt: skip
