"""Calls that were collected live, into events: as from a file of them, and once each however often they are sent."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
from msgspec.structs import replace

from touchline.events.rules import Event, Refused, Skipped
from touchline.events.sources.cells import CellError
from touchline.events.sources.protocol import Context
from touchline.events.sources.segment_jsonl.calls import read_call
from touchline.events.sources.segment_jsonl.clock import is_moment

CollectedResult = Event | Skipped | Refused

_decode = msgspec.json.Decoder().decode
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def read_collected_calls(body: bytes, received_us: int, place: str, context: Context) -> Iterator[CollectedResult]:
    """The events of a call or of a batch. When it was received is what our server says, not what the sender does.

    Nothing happened after it was received: one clock in the year 2090 would move the latest days of every page there.

    A call without a message id is a fact of its own, known by `place` and its number in the batch.
    """
    received = _EPOCH + timedelta(microseconds=received_us)
    sent, calls = _calls(body)
    around: dict[str, Any] = {"sentAt": sent, "receivedAt": received.isoformat()}
    for position, call in enumerate(calls, start=1):
        found = call if isinstance(call, Refused) else _read(position, call, around, place, context)
        yield replace(found, time=received) if isinstance(found, Event) and found.time > received else found


def _calls(body: bytes) -> tuple[Any, list[dict[str, Any] | Refused]]:
    """When the batch was sent, and its calls: one that holds a number beyond all bounds spoils only itself."""
    try:
        envelope: dict[str, Any] = _decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        outer = _outline(body)
        calls = [_alone(position, bytes(raw)) for position, raw in enumerate(outer.batch or [body], start=1)]
        return _sent(bytes(outer.sentAt)), calls
    found = envelope.get("batch")
    sent = envelope.get("sentAt")
    return sent if is_moment(sent) else None, found if isinstance(found, list) else [envelope]


def _sent(raw: bytes) -> Any:
    """When the batch was sent; None where that cannot be read, for its calls are good without it."""
    try:
        found = _decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    return found if is_moment(found) else None


class _Outline(msgspec.Struct):
    sentAt: msgspec.Raw = msgspec.Raw(b"null")  # noqa: N815  # the name of the wire
    batch: list[msgspec.Raw] | None = None


_outline = msgspec.json.Decoder(_Outline).decode


def _alone(position: int, raw: bytes) -> dict[str, Any] | Refused:
    try:
        call: dict[str, Any] = _decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        return Refused(position, f"It cannot be read: {error}.", {"_json": raw.decode("utf-8", "replace")})
    return call


def _read(position: int, call: dict[str, Any], around: dict[str, Any], place: str, context: Context) -> CollectedResult:
    call.pop("receivedAt", None)
    call.pop("writeKey", None)
    if not call.get("messageId"):
        call["messageId"] = f"received:{place}:{position}"
    try:
        return read_call(position, call, around, context)
    except CellError as error:
        return _refused(position, call, around, str(error))
    except (ValueError, OverflowError, ArithmeticError, RecursionError) as error:
        return _refused(position, call, around, f"It cannot be read: {error}.")


def _refused(position: int, call: dict[str, Any], around: dict[str, Any], reason: str) -> Refused:
    """The call as it can be read again by itself: with the time at which its batch was sent."""
    if around["sentAt"] is not None:
        call.setdefault("sentAt", around["sentAt"])
    content = msgspec.json.encode(call).decode("utf-8", "replace")
    return Refused(position, reason, {"_json": content, "id": str(call["messageId"])})
