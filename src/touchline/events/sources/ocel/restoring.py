"""Rows out of an export of a workspace (events/exports/ocel.py writes them) back into what was stored."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

import msgspec

from touchline.events.readers.ocel_rows import OWN_MARK
from touchline.events.rules import Event, Restored, RestoredIdentifier, RestoredLink, Score, SeriesPoint
from touchline.events.sources.cells import CellError
from touchline.events.vocabulary import IDENTIFIER_TYPES, OBJECT_TYPES

Json = Mapping[str, Any]
_decode = msgspec.json.Decoder().decode
_LARGEST_ID = 2**128


def restore_event(line: int, row: Json) -> Event | SeriesPoint:
    """Give the event, or the count without people, exactly as it was. Raises CellError where the row was changed by hand."""
    told = row["attributes"]
    try:
        return _point(line, row, told) if "measure" in told else _event(line, row, told)
    except (KeyError, ValueError, TypeError, InvalidOperation, msgspec.DecodeError):
        raise CellError("_json", str(row.get("id")), "an event as touchline export writes it") from None


def restore_identifier(line: int, row: Json) -> RestoredIdentifier:
    """Give an identifier and its links. Raises CellError as `restore_event` does."""
    links = next((each["value"] for each in row.get("attributes", ()) if each["name"] == "links"), "[]")
    try:
        return RestoredIdentifier(line, _identifier(row["id"]), tuple(_link(each) for each in _decode(links)))
    except (KeyError, ValueError, TypeError, msgspec.DecodeError):
        raise CellError("links", str(links)[:60], "links as touchline export writes them") from None


def _link(told: Json) -> RestoredLink:
    time = datetime.fromisoformat(told["time"])
    if not isinstance(told["active"], bool) or not all(isinstance(told[name], str) for name in ("reason", "source")):
        raise ValueError(told)
    return RestoredLink(_identifier(told["to"]), told["reason"], told["source"], time, told["active"])


def _event(line: int, row: Json, told: Json) -> Event:
    touched = [_parted(each["id"]) for each in row["objects"]]
    return Event(
        key=row["id"],
        name=row["type"],
        time=datetime.fromisoformat(row["time"]),
        line=line,
        channel=told["channel"],
        identifiers=dict(each for each in touched if each[0] in IDENTIFIER_TYPES),
        label=told.get("label"),
        page=told.get("page"),
        device=told.get("device"),
        campaign=told.get("campaign"),
        score=_score(told),
        text=told.get("text"),
        language=told.get("language"),
        value=_value(told),
        currency=told.get("currency"),
        objects=tuple(each for each in touched if each[0] in OBJECT_TYPES),
        session=told.get("session"),
        restored=_restored(row["id"], told, told.get("properties")),
    )


def _point(line: int, row: Json, told: Json) -> SeriesPoint:
    return SeriesPoint(
        key=row["id"],
        name=row["type"],
        time=datetime.fromisoformat(row["time"]),
        line=line,
        measure=told["measure"],
        amount=float(told["amount"]),
        channel=told["channel"],
        label=told.get("label"),
        restored=_restored(row["id"], told),
    )


def _restored(id_: str, told: Json, properties: str | None = None) -> Restored:
    number = int(id_.rpartition(":")[2])
    if not 0 <= number < _LARGEST_ID:
        raise ValueError(id_)
    if properties is not None and not isinstance(_decode(properties), dict):
        raise ValueError(properties)
    return Restored(told[OWN_MARK], number, properties)


def _parted(id_: str) -> tuple[str, str]:
    """Type and id of an object or identifier: every id of an export begins with its type."""
    type_, _, value = id_.partition(":")
    return type_, value


def _identifier(id_: str) -> tuple[str, str]:
    found = _parted(id_)
    if found[0] not in IDENTIFIER_TYPES or not found[1]:
        raise ValueError(id_)
    return found


def _score(told: Json) -> Score | None:
    if "metric" not in told:
        return None
    return Score(told["metric"], float(told["score"]), float(told["score_min"]), float(told["score_max"]))


def _value(told: Json) -> Decimal | None:
    written = told.get("value_text", told.get("value"))
    return None if written is None else Decimal(str(written)).quantize(Decimal("0.0001"))
