"""One row of an object-centric log: an event, or what it says about an object."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec

from touchline.events.mapping.moments import FIRST_YEAR
from touchline.events.mapping.vocabularies import channel_of, channel_of_name, event_name_of
from touchline.events.mapping.words import PERSONAL, words_of
from touchline.events.readers.ocel_rows import OWN_MARK
from touchline.events.rules import Event, Skipped
from touchline.events.sources.cells import UNDATED, CellError, identifiers, parse_time, required_text
from touchline.events.sources.ocel.object_types import CUSTOMER, kind_of
from touchline.events.sources.ocel.restoring import restore_event, restore_identifier
from touchline.events.sources.protocol import Context, Result

Json = Mapping[str, Any]
_decode = msgspec.json.Decoder().decode
_ABOUT_NOBODY = "facts about an object that is no customer"


def read_row(line: int, cells: Mapping[str, str], context: Context) -> Iterator[Result]:
    """Give the results of a row. Raises CellError naming what is missing."""
    row = _decode(cells.get("_json", "{}"))
    if row.get("type") == "identifier" and row.get("is_object"):
        yield restore_identifier(line, row)
    elif row.get("is_object"):
        yield from _facts(line, row, context)
    elif OWN_MARK in row.get("attributes", {}):
        yield restore_event(line, row)
    else:
        yield from _events(line, row, context)


def _events(line: int, row: Json, context: Context) -> Iterator[Event]:
    id_, type_ = (required_text(row, name, "what every event of the log has") for name in ("id", "type"))
    moment = _moment(row.get("time"), context)
    objects = _by_kind(row.get("objects", ()))
    customers = objects.pop(CUSTOMER, ()) or _only(_by_kind(row.get("around", ())).get(CUSTOMER, ()))
    attributes = row.get("attributes", {})
    name = event_name_of(type_, "Event ")
    for customer in customers or (None,):
        alone = len(customers) < 2
        yield Event(
            key=id_ if alone else f"{id_} {customer}",
            name=name,
            time=moment,
            line=line,
            channel=channel_of(str(attributes.get("channel", ""))) or channel_of_name(name) or "other",
            identifiers=_named(customer)
            | identifiers(
                order_id=_single(objects.get("order", ())) if alone else None,
                case_id=_single(objects.get("case", ())) if alone else None,
            ),
            objects=tuple((kind, each) for kind, ids in objects.items() for each in ids),
            properties=_properties(attributes, row.get("objects", ())),
        )


def _by_kind(objects: Sequence[Json]) -> dict[str, tuple[str, ...]]:
    """Ids of the objects of our kinds, in the order of the file."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for each in objects:
        kind = kind_of(each["type"])
        if kind is not None and each["id"]:
            found[kind][each["id"]] = None
    return {kind: tuple(ids) for kind, ids in found.items()}


def _only(ids: tuple[str, ...]) -> tuple[str, ...]:
    """Who is reached over another object is meant only where it can be nobody else."""
    return ids if len(ids) == 1 else ()


def _single(ids: tuple[str, ...]) -> str | None:
    return ids[0] if len(ids) == 1 else None


def _named(customer: str | None) -> dict[str, str]:
    is_email = customer is not None and "@" in customer
    return identifiers(email=customer if is_email else None, external_id=None if is_email else customer)


def _properties(attributes: Json, objects: Sequence[Json]) -> dict[str, Any]:
    kept: dict[str, Any] = {name: value for name, value in attributes.items() if not PERSONAL.search(words_of(name))}
    return kept | ({"objects": list(objects)} if objects else {})


def _facts(line: int, row: Json, context: Context) -> Iterator[Result]:
    """What the log says about a customer, one profile for each time something changed."""
    if kind_of(row["type"]) != CUSTOMER or not row.get("attributes"):
        yield Skipped(line, _ABOUT_NOBODY)
        return
    changes: dict[datetime, dict[str, Any]] = defaultdict(dict)
    contact: dict[str, str] = {}
    for each in row["attributes"]:
        words = words_of(each["name"])
        if words in ("email", "e mail", "phone"):
            contact.setdefault("phone" if words == "phone" else "email", str(each["value"]))
        elif not PERSONAL.search(words):
            changes[_since(each["time"], context)][each["name"]] = each["value"]
    seen: Counter[str] = Counter()
    for moment, facts in sorted(changes.items()) or ([(UNDATED, {})] if contact else []):
        yield Event(
            key=f"object {row['id']} {moment.isoformat()}",
            name="Profile Updated",
            time=moment,
            line=line,
            identifiers=identifiers(**contact) | _named(row["id"]),
            properties=facts,
        )
        seen["profiles"] += 1
    if not seen:
        yield Skipped(line, _ABOUT_NOBODY)


def _since(written: str, context: Context) -> datetime:
    """The standard writes 1970-01-01 for what held from the beginning."""
    if not written or written.startswith("1970-01-01"):
        return UNDATED
    return _moment(written, context)


def _moment(written: Any, context: Context) -> datetime:
    if not written:
        raise CellError("time", "", "a date and time")
    try:
        return parse_time(str(written), context.zone)
    except ValueError:
        raise CellError(
            "time", str(written), f"a date and time from {FIRST_YEAR} on, such as 2026-08-01T14:30:00Z"
        ) from None
