"""One call of Segment's tracking API into one event. Names of track calls are kept as they were sent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from hashlib import blake2b
from typing import Any

import msgspec

from touchline.events.rules import Event, Skipped
from touchline.events.sources.cells import CellError, identifiers, order_number
from touchline.events.sources.protocol import Context
from touchline.events.sources.segment_jsonl.clock import happened
from touchline.events.sources.segment_jsonl.measures import money, scored, words
from touchline.events.sources.segment_jsonl.surroundings import (
    besides,
    campaign_of,
    channel_of,
    device_of,
    language_of,
    page_of,
    session_of,
)

Json = dict[str, Any]


def read_call(line: int, call: Json, envelope: Json, context: Context) -> Event | Skipped:
    """Read a call; `envelope` is the batch it came in, whose sent and received times hold for it.

    Raises CellError naming the field, what was found and what was expected.
    """
    kind = call.get("type")
    name = _KINDS.get(kind) if isinstance(kind, str) else None
    if name is None:
        raise CellError("type", string(kind) or "", "track, page, screen, identify, group or alias")
    if kind == "alias" and call.get("userId") == call.get("previousId"):
        return Skipped(line, "alias of an id to itself")
    told = name(call)
    around = mapping(call.get("context"))
    properties = mapping(call.get("properties"))
    is_contact = kind in ("track", "page", "screen")
    value, currency = money(told, properties, context.currency) if kind == "track" else (None, None)
    text = words(told, properties) if kind == "track" else None
    return Event(
        key=string(call.get("messageId")) or _digest(call),
        name=told,
        time=happened(call, envelope),
        line=line,
        channel=channel_of(told, call, around, properties) if is_contact else "other",
        identifiers={} if is_cookieless(around) else _identifiers(call, around, properties),
        label=string(call.get("name")) if kind in ("page", "screen") else None,
        page=page_of(around, properties) if is_contact and kind != "screen" else None,
        device=device_of(around),
        campaign=campaign_of(around, properties),
        score=scored(told, properties) if kind == "track" else None,
        text=text,
        language=language_of(around) if text else None,
        value=value,
        currency=currency,
        objects=_objects(call, around, properties),
        session=session_of(around, properties),
        properties=_facts(kind, call, around, properties),
    )


def mapping(found: Any) -> Json:
    """The JSON object, or an empty one where something else or nothing stands."""
    return found if isinstance(found, dict) else {}


def string(found: Any) -> str | None:
    """Ids and names as text; None for nothing, true, false, lists and objects."""
    if type(found) is str:  # nearly all that is there
        return found.strip() or None
    if found is None or isinstance(found, bool) or not isinstance(found, (str, int, float)):
        return None
    return str(found).strip() or None


def is_cookieless(around: Json) -> bool:
    """Whether the sender had no consent to know who it was: then nobody is named, whatever else the call holds."""
    return mapping(around.get("consent")).get("cookieless") is True


def _track_name(call: Json) -> str:
    name = string(call.get("event"))
    if name is None:
        raise CellError("event", "", "the name of what happened")
    return name


_KINDS: Mapping[str, Callable[[Json], str]] = {
    "track": _track_name,
    "page": lambda call: "Page Viewed",
    "screen": lambda call: "Screen Viewed",
    "identify": lambda call: "Profile Updated",
    "group": lambda call: "Account Joined",
    "alias": lambda call: "Identity Linked",
}


def _identifiers(call: Json, around: Json, properties: Json) -> dict[str, str]:
    """The previous id of an alias is read as anonymous, which is what SDKs send there; browsers send their own beside it."""
    traits = mapping(around.get("traits")) | mapping(call.get("traits"))
    user = string(call.get("userId"))
    email = string(traits.get("email")) or string(properties.get("email"))
    return identifiers(
        user_id=user,
        email=email or (user if user and "@" in user else None),
        phone=string(traits.get("phone")),
        order_id=order_number(string(properties.get("order_id"))),
        anonymous_id=string(call.get("previousId")) or string(call.get("anonymousId")),
    )


_NAMED_BY = (
    ("case", ("conversation_id", "ticket_id")),
    ("review", ("review_id",)),
    ("survey", ("survey_id",)),
)
"""Types of objects and the properties that name them."""


def _objects(call: Json, around: Json, properties: Json) -> tuple[tuple[str, str], ...]:
    """Each object once."""
    found: list[tuple[str, str]] = []
    if (order := order_number(string(properties.get("order_id")))) is not None:
        found.append(("order", order))
    products = properties.get("products")
    items = products if isinstance(products, list) else (properties,)
    found.extend(("product", product) for item in items if (product := _product(mapping(item))))
    if campaign := string(properties.get("campaign_id")):
        found.append(("campaign", campaign))
    if account := string(call.get("groupId")) or string(around.get("groupId")):
        found.append(("account", account))
    for type_, fields in _NAMED_BY:
        for field in fields:
            if field in properties and (named := string(properties[field])):
                found.append((type_, named))
                break
    return tuple(dict.fromkeys(found))


def _product(item: Json) -> str | None:
    return string(item.get("product_id")) or string(item.get("sku"))


def _facts(kind: Any, call: Json, around: Json, properties: Json) -> Json:
    if kind in ("identify", "group"):
        return mapping(call.get("traits")) or mapping(around.get("traits"))
    return besides(call, around) | properties


def _digest(call: Json) -> str:
    """A call without a message id is known by its content."""
    return "content:" + blake2b(msgspec.json.encode(call, order="sorted"), digest_size=12).hexdigest()
