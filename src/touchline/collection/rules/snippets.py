"""What a sender has to be told, ready to be copied: the address and the token in the words of each kind of sender."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from typing import Final


@dataclass(frozen=True)
class Snippet:
    """A few lines for one kind of sender."""

    title: str
    tells: str
    """Where they go, in a sentence."""
    text: str


def script_tag(address: str, token: str) -> str:
    """The line that a page needs, e.g. for https://events.shop.example."""
    return f'<script async src="{escape(address)}/v1/touchline.js" data-write-key="{escape(token)}"></script>'


def snippets(address: str, token: str) -> tuple[Snippet, ...]:
    """Every kind of sender, the usual first. `address` has scheme and host, and no slash at its end."""
    return tuple(Snippet(title, tells, write(address, token)) for title, tells, write in _KINDS)


def _python(address: str, token: str) -> str:
    return (
        "import segment.analytics as analytics\n"
        f"analytics.write_key = {json.dumps(token)}\n"
        f"analytics.host = {json.dumps(address)}\n"
        'analytics.track(user_id="42", event="Order Completed", properties={"order_id": "1001", "total": 59.9})'
    )


def _node(address: str, token: str) -> str:
    return (
        'import { Analytics } from "@segment/analytics-node";\n'
        f"const analytics = new Analytics({{ writeKey: {json.dumps(token)}, host: {json.dumps(address)} }});\n"
        'analytics.track({ userId: "42", event: "Order Completed", properties: { order_id: "1001", total: 59.9 } });'
    )


def _browser(address: str, token: str) -> str:
    return (
        'import { AnalyticsBrowser } from "@segment/analytics-next";\n'
        f"const analytics = AnalyticsBrowser.load({{ writeKey: {json.dumps(token)}, cdnURL: {json.dumps(address)} }});\n"
        "analytics.page();"
    )


def _curl(address: str, token: str) -> str:
    call = json.dumps({"userId": "42", "event": "Order Completed", "properties": {"order_id": "1001"}})
    return f"curl -u {token}: -H 'Content-Type: application/json' -d '{call}' {address}/v1/track"


_KINDS: Final[tuple[tuple[str, str, Callable[[str, str], str]], ...]] = (
    ("Script tag", "Into the head of every page of the shop.", script_tag),
    (
        "Segment in the browser",
        "Where pages use Segment's analytics.js already: only key and address change.",
        _browser,
    ),
    ("Segment for Node", "On a server.", _node),
    ("Segment for Python", "On a server.", _python),
    ("A terminal", "To try whether anything arrives.", _curl),
)
