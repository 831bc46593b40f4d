"""Reading the fields of a conversation: objects, lists, ids, epoch seconds and durations in seconds."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import msgspec

from touchline.events.sources.cells import CellError, parse_time

Json = Mapping[str, Any]

_decode = msgspec.json.Decoder().decode


def conversation(cells: Mapping[str, str]) -> Json:
    """The conversation of a row. Raises CellError where there is no JSON object."""
    raw = cells.get("_json", "")
    try:
        found = _decode(raw)
    except msgspec.DecodeError:
        found = None
    if not isinstance(found, dict):
        raise CellError("_json", raw[:60], "a JSON object")
    return found


def object_at(found: Json, name: str) -> Json:
    """The object in a field; an empty one where something else or nothing stands."""
    inner = found.get(name)
    return inner if isinstance(inner, dict) else {}


def listed(found: Json, name: str) -> list[Json]:
    """The objects of a list inside an object of the same name, as in 'tags': {'tags': [...]}, or of a plain list."""
    inner = found.get(name)
    items = inner.get(name, inner.get("data")) if isinstance(inner, dict) else inner
    return [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []


def words(found: Json, name: str) -> str | None:
    """An id, a name or a text; None for nothing, for objects and for true and false."""
    inner = found.get(name)
    if isinstance(inner, bool) or not isinstance(inner, (str, int, float)):
        return None
    return str(inner).strip() or None


def count(found: Json, name: str) -> float | None:
    """A number; None where there is none."""
    inner = found.get(name)
    return None if isinstance(inner, bool) or not isinstance(inner, (int, float)) else float(inner)


def moment(found: Json, name: str, field: str) -> datetime | None:
    """Epoch seconds (or a date in words) as UTC; None for nothing and for 0. `field` is its name in errors."""
    inner = found.get(name)
    if inner in (None, "", 0):
        return None
    try:
        if isinstance(inner, (int, float)) and not isinstance(inner, bool):
            inner = datetime.fromtimestamp(inner, UTC).isoformat()
        return parse_time(str(inner), UTC)
    except (ValueError, OverflowError, OSError):
        raise CellError(field, str(found[name]), "seconds since 1970, such as 1785571200") from None


def minutes(found: Json, name: str) -> float | None:
    """A duration in seconds as minutes."""
    seconds = count(found, name)
    return None if seconds is None else round(seconds / 60, 2)


def minutes_between(start: datetime, end: datetime | None) -> float | None:
    """Minutes by the calendar; None where the end is unknown or before the start."""
    return None if end is None or end < start else round((end - start).total_seconds() / 60, 2)
