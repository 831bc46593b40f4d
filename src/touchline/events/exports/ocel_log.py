"""A workspace as an object-centric event log (OCEL 2.0), whatever form it is then written in.

Customers, identifiers, orders, cases and the rest are objects; an event touches several of them. Identifiers stay as
they are, so that the export can be imported again (events/sources/ocel/restoring.py) and gives the same map.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

import msgspec

from touchline.events.exports.stored import EventLog, Name, StoredEvent, StoredIdentifier, StoredPoint
from touchline.events.readers.ocel_rows import OWN_MARK, OcelEvent, OcelObject, Relation
from touchline.events.vocabulary import OBJECT_TYPES

EVENT_ATTRIBUTES: Final = {
    OWN_MARK: "string",
    "channel": "string",
    "page": "string",
    "label": "string",
    "device": "string",
    "campaign": "string",
    "metric": "string",
    "score": "float",
    "score_min": "float",
    "score_max": "float",
    "text": "string",
    "language": "string",
    "value": "float",
    "value_text": "string",
    "currency": "string",
    "session": "string",
    "properties": "string",
    "measure": "string",
    "amount": "float",
}
"""Attribute -> its type in the standard's words. Not every event has each."""
OBJECT_ATTRIBUTES: Final = {"identifier": {"links": "string"}}
OBJECT_TYPE_NAMES: Final = ("customer", "identifier", *OBJECT_TYPES)
FROM_THE_BEGINNING: Final = "1970-01-01T00:00:00Z"
"""What the standard writes where an attribute held from the beginning."""
_PLAIN: Final = (
    "channel", "page", "label", "device", "campaign", "metric", "score", "score_min", "score_max", "text", "language",
    "currency", "session", "properties",
)  # fmt: skip
_decode = msgspec.json.Decoder().decode
_encode = msgspec.json.Encoder().encode


def ocel_events(log: EventLog) -> Iterator[OcelEvent]:
    """Give every event, then every count without people."""
    for event in log.events():
        yield _event(event)
    for point in log.points():
        yield _point(point)


def ocel_objects(log: EventLog) -> Iterator[OcelObject]:
    """Give identifiers, the customers they name, and the objects of the events."""
    customers: dict[int, None] = {}
    for identifier in log.identifiers():
        if identifier.customer is not None:
            customers[identifier.customer] = None
        yield _identifier(identifier)
    for customer in customers:
        yield OcelObject(_customer_id(customer), "customer", (), ())
    for name in log.objects():
        yield OcelObject(object_id(name), name[0], (), ())


def object_id(name: Name) -> str:
    """Return the id under which an object or identifier stands in the log: ids are unique over all types."""
    return f"{name[0]}:{name[1]}"


def written_time(time: datetime) -> str:
    """Write a naive UTC time as the standard does."""
    return f"{time.isoformat()}Z"


def _event(event: StoredEvent) -> OcelEvent:
    attributes: dict[str, Any] = {OWN_MARK: event.source}
    attributes |= {name: value for name in _PLAIN if (value := getattr(event, name)) is not None}
    if event.value is not None:
        attributes |= _money(event.value)
    return OcelEvent(str(event.id), event.name, written_time(event.time), attributes, tuple(_relations(event)))


def _money(value: Decimal) -> dict[str, Any]:
    """As a number, and as a text too where the number would lose digits."""
    number = float(value)
    return {"value": number} if Decimal(str(number)) == value else {"value": number, "value_text": str(value)}


def _relations(event: StoredEvent) -> Iterator[Relation]:
    if event.customer is not None:
        yield _customer_id(event.customer), "customer"
    if event.who is not None:
        yield object_id(event.who), "named by"
    qualifiers = _qualifiers(event.properties) if event.objects else {}
    for name in event.objects:
        yield object_id(name), qualifiers.get(name[1]) or name[0]


def _qualifiers(properties: str | None) -> dict[str, str]:
    """Object id -> qualifier, as another log had it."""
    listed = _decode(properties).get("objects") if properties and '"qualifier"' in properties else None
    if not isinstance(listed, list):
        return {}
    return {
        str(each["id"]): str(each["qualifier"])
        for each in listed
        if isinstance(each, dict) and each.get("id") and each.get("qualifier")
    }


def _point(point: StoredPoint) -> OcelEvent:
    attributes: dict[str, Any] = {
        OWN_MARK: point.source,
        "channel": point.channel,
        "measure": point.measure,
        "amount": point.amount,
    }
    if point.label is not None:
        attributes["label"] = point.label
    return OcelEvent(f"count:{point.id}", point.name, written_time(point.time), attributes, ())


def _identifier(identifier: StoredIdentifier) -> OcelObject:
    relations: list[Relation] = []
    if identifier.customer is not None:
        relations.append((_customer_id(identifier.customer), "names"))
    relations += [(object_id(link.to), link.reason) for link in identifier.links]
    links = [
        {
            "to": object_id(link.to),
            "reason": link.reason,
            "source": link.source,
            "time": written_time(link.time),
            "active": link.active,
        }
        for link in identifier.links
    ]
    attributes = (("links", _encode(links).decode(), FROM_THE_BEGINNING),) if links else ()
    return OcelObject(object_id(identifier.name), "identifier", attributes, tuple(relations))


def _customer_id(customer: int) -> str:
    return f"customer:{customer}"
