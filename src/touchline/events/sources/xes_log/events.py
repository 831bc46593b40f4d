"""Events of a XES log: the case is an object, and the customer where nothing says who that is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final

import msgspec

from touchline.events.mapping.vocabularies import channel_of, channel_of_name, device_of, event_name_of
from touchline.events.mapping.words import PERSONAL, header_fit, words_of
from touchline.events.readers.jsonl import RAW_COLUMN
from touchline.events.readers.xes import CAMPAIGN_OBJECT, CASE
from touchline.events.rules import Event, Refused, Score
from touchline.events.sources.cells import CellError, identifiers, parse_amount, parse_time, present
from touchline.events.sources.protocol import Context, Result, Row
from touchline.events.vocabulary import OBJECT_TYPES, SCALES

_REMEMBERED = 4096
"""The same words come again and again in a log; looking one up costs more than the rest of an attribute."""
Attributes = Mapping[str, Any]
_event_name = lru_cache(_REMEMBERED)(event_name_of)
_channel = lru_cache(_REMEMBERED)(channel_of)
_device = lru_cache(_REMEMBERED)(device_of)
_decode = msgspec.json.Decoder().decode
_CUSTOMER_OF_CASE: Final = ("email", "phone", "user_id", "external_id")
_SURE = 0.5
_CURRENCY: Final = re.compile(r"[A-Z]{3}")
_READ: Final = frozenset(
    {
        "concept:name", "time:timestamp", "identity:id", "channel", "page", "label", "device", "campaign", "metric",
        "score", "score_min", "score_max", "text", "language", "value", "currency", "session", "properties", "source",
        "case:concept:name", CAMPAIGN_OBJECT, *OBJECT_TYPES,
    }
)  # fmt: skip


def read_rows(rows: Iterable[Row], context: Context) -> Iterator[Result]:
    """Turn rows into events; those of one case stand together."""
    case, seen = None, Counter[str]()
    for line, cells in rows:
        found = _decode(cells.get("_json", "{}"))
        if found.get("case:concept:name") != case:
            case, seen = found.get("case:concept:name"), Counter()
        try:
            yield _event(line, found, seen, context)
        except CellError as error:
            yield Refused(line, str(error), dict(cells))


def said_of(header: tuple[str, ...]) -> tuple[str, ...]:
    """Say who is followed where no attribute names a customer, and which facts about a person are not kept."""
    keys = [key for key in header if key != RAW_COLUMN]
    followed = "No attribute names a customer: each case is followed as one."
    personal = ", ".join(key for key in keys if _is_personal(key))
    return (
        *(() if any(map(_customer_role, keys)) else (followed,)),
        *((f"Not kept, because they are facts about a person: {personal}.",) if personal else ()),
    )


@lru_cache(_REMEMBERED)
def _is_personal(key: str) -> bool:
    return _customer_role(key) is None and PERSONAL.search(words_of(key.removeprefix(CASE))) is not None


def _event(line: int, found: Attributes, seen: Counter[str], context: Context) -> Event:
    case = _text(found, "case:concept:name")
    written = _text(found, "concept:name")
    if written is None:
        raise CellError("concept:name", "", "the name of what happened")
    name = _event_name(written, "Event ")
    text = _text(found, "text")
    value = _amount(found, "value")
    currency = (_text(found, "currency") or context.currency) if value is not None else ""
    return Event(
        key=_text(found, "identity:id") or _key(case, written, found, seen),
        name=name,
        time=_moment(found, context),
        line=line,
        channel=_channel(_text(found, "channel") or "") or channel_of_name(name) or "other",
        identifiers=_named(case, found),
        label=_text(found, "label"),
        page=_text(found, "page"),
        device=_device(_text(found, "device") or ""),
        campaign=_text(found, "campaign"),
        score=_score(found),
        text=text,
        language=_text(found, "language") if text else None,
        value=value,
        currency=currency if _CURRENCY.fullmatch(currency) else None,
        objects=tuple(_objects(case, found)),
        session=_text(found, "session"),
        properties=_properties(found),
    )


def _named(case: str | None, found: Attributes) -> dict[str, str]:
    """The customer by whatever says so; the case where nothing does."""
    named: dict[str, str] = {}
    for key in found:
        role = _customer_role(key)
        value = _text(found, key) if role else None
        if role and value:
            named.setdefault("email" if "@" in value else role, value)
    return named | identifiers(case_id=case)


@lru_cache(_REMEMBERED)
def _customer_role(key: str) -> str | None:
    """What an attribute is as an identifier of the customer. Of an event's own, `user` and `email` are mostly staff."""
    plain = key.removeprefix(CASE)
    words = words_of(plain)
    if ":" in plain or words == "id":
        return None
    roles = _CUSTOMER_OF_CASE if key.startswith(CASE) else ("external_id",)
    return next((role for role in roles if header_fit(role, words)[0] >= _SURE), None)


def _key(case: str | None, name: str, found: Attributes, seen: Counter[str]) -> str:
    parts = (case or "", name, found.get("lifecycle:transition", ""), found.get("time:timestamp", ""))
    plain = "\x1f".join(map(str, parts))
    seen[plain] += 1
    return plain if seen[plain] == 1 else f"{plain}\x1f{seen[plain]}"


def _moment(found: Attributes, context: Context) -> Any:
    written = _text(found, "time:timestamp")
    if written is None:
        raise CellError("time:timestamp", "", "a date and time")
    try:
        return parse_time(written, context.zone)
    except ValueError:
        raise CellError("time:timestamp", written, "a date and time such as 2026-08-01T14:30:00Z") from None


def _objects(case: str | None, found: Attributes) -> Iterator[tuple[str, str]]:
    if case is not None:
        yield "case", case
    for type_ in OBJECT_TYPES:
        value = found.get(CAMPAIGN_OBJECT if type_ == "campaign" else type_)
        for each in value if isinstance(value, list) else (value,):
            if isinstance(each, (str, int)) and (type_, each) != ("case", case):
                yield type_, str(each)


def _score(found: Attributes) -> Score | None:
    """Only with a metric we know: a number alone does not say what it answers."""
    scale = SCALES.get(_text(found, "metric") or "")
    value = found.get("score")
    if scale is None or isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    ends = [found.get(name, end) for name, end in (("score_min", scale.low), ("score_max", scale.high))]
    low, high = (float(end) if isinstance(end, (int, float)) else float("nan") for end in ends)
    return Score(scale.metric, float(value), low, high) if low <= value <= high else None


def _amount(found: Attributes, key: str) -> Decimal | None:
    value = _text(found, key)
    try:
        return None if value is None else parse_amount(value)
    except ValueError:
        return None


def _properties(found: Attributes) -> dict[str, Any]:
    """What has no place of its own; a channel, device, score or value that could not be read as one stays here."""
    written = found.get("properties")
    ours = _decode(written) if isinstance(written, str) and written.startswith("{") else {}
    others = {
        key: value
        for key, value in found.items()
        if key not in _READ and _customer_role(key) is None and not _is_personal(key)
    }
    unread = present(
        channel=None if _channel(_text(found, "channel") or "") else found.get("channel"),
        device=None if _device(_text(found, "device") or "") else found.get("device"),
        score=None if _score(found) else found.get("score"),
        value=None if _amount(found, "value") is not None else found.get("value"),
    )
    return others | unread | ours


def _text(found: Attributes, key: str) -> str | None:
    value = found.get(key)
    if value is None or isinstance(value, (dict, list)):
        return None
    return str(value).strip() or None
