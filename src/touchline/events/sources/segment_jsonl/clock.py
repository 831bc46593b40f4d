"""When a call happened, by Segment's rule: the device's clock may be wrong, the difference of two of its readings not.

time = receivedAt − (sentAt − originalTimestamp), where all three are there; `timestamp` otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from touchline.events.sources.cells import CellError, parse_time

LATEST_KEPT = 256
_MILLISECONDS_FROM = 100_000_000_000
"""Epoch numbers from here on are milliseconds: as seconds they would lie beyond the year 5000."""


def happened(call: Mapping[str, Any], envelope: Mapping[str, Any]) -> datetime:
    """The moment of a call; sent and received times of its batch hold where it has none of its own.

    Raises CellError without any time.
    """
    sent = _moment(call, "sentAt") or _moment(envelope, "sentAt")
    received = _moment(call, "receivedAt") or _moment(envelope, "receivedAt")
    stated = _moment(call, "timestamp")
    by_device = _moment(call, "originalTimestamp") or stated
    if by_device and sent and received:
        return received - (sent - by_device)
    known = stated or by_device or received or sent
    if known is None:
        raise CellError("timestamp", "", "a date and time")
    return known


def is_moment(found: Any) -> bool:
    """Whether something stands for a time, or for none."""
    if not isinstance(found, str | int | float | None):
        return False
    try:
        _moment({"": found}, "")
    except CellError:
        return False
    return True


def _moment(call: Mapping[str, Any], field: str) -> datetime | None:
    found = call.get(field)
    if found is None or found == "":
        return None
    try:
        if type(found) is str:
            return _read(found)
        if isinstance(found, (int, float)) and not isinstance(found, bool):
            moment = datetime.fromtimestamp(found / 1000 if found >= _MILLISECONDS_FROM else found, UTC)
            return parse_time(moment.isoformat(), UTC)
        return _read(str(found))
    except (ValueError, OverflowError, OSError):
        raise CellError(field, str(found), "a date and time such as 2026-08-01T14:30:00.000Z") from None


@lru_cache(LATEST_KEPT)
def _read(text: str) -> datetime:
    """When a batch was sent and received is the same for all of its calls."""
    return parse_time(text, UTC)
