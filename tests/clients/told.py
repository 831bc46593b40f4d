"""What the clients are told to send, in words of no client: each sender says it in the words of its own."""

from __future__ import annotations

from typing import Any

Call = dict[str, Any]

EVENT = "Ünïcødé 🎉"
VALUES: dict[str, Any] = {
    "markup": '<script>alert("shop")</script> & <b>“half”</b> \\u0000 %s',
    "nothing": None,
    "largest": 2**53,
    "nested": {"list": [1, [], {"deep": {"nothing": None, "text": "Ünïcødé 🎉"}}], "empty": {}},
    "no": False,
    "price": 12.5,
}
"""Values that are easily spoilt on the way."""
CONTEXT: dict[str, Any] = {"shelf": {"rows": [1, {"left": None, "largest": 2**53}]}, "experiment": "<b>B</b>"}
INTEGRATIONS: dict[str, Any] = {"All": True, "Mail": {"lists": ["spring", "Ünïcødé 🎉"]}, "Archive": False}
TOLD_AT = "2026-11-20T08:30:15.250+00:00"
"""When everything but the stream is said to have happened: long before it is sent."""


def visitor(client: str) -> str:
    """Anonymous id of the one person a client knows."""
    return f"visitor-of-{client}"


def user(client: str) -> str:
    """User id of that person."""
    return f"user-of-{client}"


def earlier_visitor(client: str) -> str:
    """What the person was called on a device that an alias joins."""
    return f"earlier-visitor-of-{client}"


def account(client: str) -> str:
    """Organisation of that person."""
    return f"account-of-{client}"


def email(client: str) -> str:
    """Address that is told among the person's traits."""
    return f"{client}@shop.example"


def every_kind(client: str, leg: str) -> list[Call]:
    """Each kind of call, the numbers of a leg from 1: a visitor comes, says who they are, and joins an account."""
    who = {"anonymousId": visitor(client)}
    known = {"userId": user(client)}
    around = {"context": CONTEXT, "integrations": INTEGRATIONS}
    calls: list[Call] = [
        {"type": "page", "name": EVENT, "properties": {**VALUES, "path": "/products/tent"}, **around, **who},
        {"type": "screen", "name": "Basket", "properties": VALUES, **around, **who},
        {"type": "track", "event": EVENT, "properties": VALUES, **around, **who},
        {"type": "identify", "traits": {**VALUES, "email": email(client)}, **known, **who},
        {"type": "track", "event": EVENT, "properties": VALUES, **around, **known},
        {"type": "group", "groupId": account(client), "traits": VALUES, **known},
        {"type": "track", "event": "Product Viewed", "properties": {"product_id": "tent"}, **known},
    ]
    for number, call in enumerate(calls, start=1):
        call["timestamp"] = TOLD_AT
        told = call.setdefault("traits" if call["type"] in ("identify", "group") else "properties", {})
        call["traits" if "traits" in call else "properties"] = {**told, "leg": leg, "number": number}
    return [
        *calls,
        {"type": "alias", "previousId": user(client), "userId": user(client), "timestamp": TOLD_AT},
        {"type": "alias", "previousId": earlier_visitor(client), "userId": user(client), "timestamp": TOLD_AT},
    ]


def numbered(calls: list[Call]) -> dict[int, Call]:
    """Calls that carry a number, by it."""
    return {facts(call)["number"]: call for call in calls if call["type"] != "alias"}


def facts(call: Call) -> dict[str, Any]:
    """Traits or properties of a call."""
    found: dict[str, Any] = call["traits"] if "traits" in call else call["properties"]
    return found
