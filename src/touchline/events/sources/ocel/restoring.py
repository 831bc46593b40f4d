"""Rows out of an export of a workspace (events/exports/ocel_log.py makes them) back into what was stored."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

import msgspec

from touchline.events.rules import Event, Restored, RestoredIdentifier, RestoredLink, Score, SeriesPoint
from touchline.events.sources.cells import CellError
from touchline.events.vocabulary import IDENTIFIER_TYPES, OBJECT_TYPES

Json = Mapping[str, Any]
_decode = msgspec.json.Decoder().decode
_LARGEST_ID = 2**128
_LARGEST_VALUE = Decimal(10) ** 14
_WRONG = (KeyError, ValueError, TypeError, InvalidOperation, msgspec.MsgspecError)
"""Whatever a row that was changed by hand, or made to do harm, can raise while it is read."""


class _Told(msgspec.Struct):
    """The attributes of an event, as exports.ocel_log.EVENT_ATTRIBUTES declares them."""

    touchline_source: str
    channel: str
    page: str | None = None
    label: str | None = None
    device: str | None = None
    campaign: str | None = None
    metric: str | None = None
    score: float | None = None
    score_min: float | None = None
    score_max: float | None = None
    text: str | None = None
    language: str | None = None
    value: float | None = None
    value_text: str | None = None
    currency: str | None = None
    session: str | None = None
    properties: str | None = None
    measure: str | None = None
    amount: float | None = None


class _ToldLink(msgspec.Struct):
    to: str
    reason: str
    source: str
    time: datetime
    active: bool


def restore_event(line: int, row: Json) -> Event | SeriesPoint:
    """Give the event, or the count without people, exactly as it was. Raises CellError where the row was changed by hand."""
    try:
        told = msgspec.convert(row["attributes"], _Told)
        return _event(line, row, told) if told.measure is None else _point(line, row, told)
    except _WRONG:
        raise CellError("_json", str(row.get("id")), "an event as touchline export writes it") from None


def restore_identifier(line: int, row: Json) -> RestoredIdentifier:
    """Give an identifier and its links. Raises CellError as `restore_event` does."""
    links = next((each["value"] for each in row.get("attributes", ()) if each["name"] == "links"), "[]")
    try:
        told = msgspec.json.decode(links, type=list[_ToldLink])
        return RestoredIdentifier(line, _identifier(row["id"]), tuple(map(_link, told)))
    except _WRONG:
        raise CellError("links", str(links)[:60], "links as touchline export writes them") from None


def _event(line: int, row: Json, told: _Told) -> Event:
    touched = [_parted(each["id"]) for each in row["objects"]]
    return Event(
        key=row["id"],
        name=_name(row),
        time=_aware(datetime.fromisoformat(row["time"])),
        line=line,
        channel=told.channel,
        identifiers=dict(each for each in touched if each[0] in IDENTIFIER_TYPES),
        label=told.label,
        page=told.page,
        device=told.device,
        campaign=told.campaign,
        score=_score(told),
        text=told.text,
        language=told.language,
        value=_value(told),
        currency=told.currency,
        objects=tuple(each for each in touched if each[0] in OBJECT_TYPES),
        session=told.session,
        restored=_restored(row["id"], told),
    )


def _point(line: int, row: Json, told: _Told) -> SeriesPoint:
    if told.measure is None or told.amount is None:
        raise ValueError(told)
    return SeriesPoint(
        key=row["id"],
        name=_name(row),
        time=_aware(datetime.fromisoformat(row["time"])),
        line=line,
        measure=told.measure,
        amount=told.amount,
        channel=told.channel,
        label=told.label,
        restored=_restored(row["id"], told),
    )


def _link(told: _ToldLink) -> RestoredLink:
    return RestoredLink(_identifier(told.to), told.reason, told.source, _aware(told.time), told.active)


def _name(row: Json) -> str:
    if not row["type"]:
        raise ValueError(row)
    return str(row["type"])


def _aware(time: datetime) -> datetime:
    if time.tzinfo is None:
        raise ValueError(time)
    return time


def _restored(id_: str, told: _Told) -> Restored:
    number = int(id_.rpartition(":")[2])
    if not 0 <= number < _LARGEST_ID:
        raise ValueError(id_)
    if told.properties is not None and not isinstance(_decode(told.properties), dict):
        raise ValueError(told.properties)
    return Restored(told.touchline_source, number, told.properties)


def _parted(id_: str) -> tuple[str, str]:
    """Type and id of an object or identifier: every id of an export begins with its type."""
    type_, _, value = id_.partition(":")
    return type_, value


def _identifier(id_: str) -> tuple[str, str]:
    found = _parted(id_)
    if found[0] not in IDENTIFIER_TYPES or not found[1]:
        raise ValueError(id_)
    return found


def _score(told: _Told) -> Score | None:
    if told.metric is None:
        return None
    if told.score is None or told.score_min is None or told.score_max is None:
        raise ValueError(told)
    return Score(told.metric, told.score, told.score_min, told.score_max)


def _value(told: _Told) -> Decimal | None:
    written = told.value if told.value_text is None else told.value_text
    if written is None:
        return None
    value = Decimal(str(written)).quantize(Decimal("0.0001"))
    if not abs(value) < _LARGEST_VALUE:
        raise ValueError(written)
    return value
