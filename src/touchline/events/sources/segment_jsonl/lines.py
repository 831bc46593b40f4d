"""Lines of JSON into calls: one call a line, or a batch of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from touchline.events.rules import Refused
from touchline.events.sources.cells import CellError
from touchline.events.sources.headers import normalised
from touchline.events.sources.protocol import Context, Result
from touchline.events.sources.segment_jsonl.calls import read_call
from touchline.events.sources.table_source import without_aliases

COLUMNS: Mapping[str, tuple[str, ...]] = without_aliases(
    *("_json", "type", "event", "name", "messageId", "userId", "anonymousId", "previousId", "groupId"),
    *("timestamp", "originalTimestamp", "sentAt", "receivedAt", "properties", "traits", "context", "batch"),
)

_decode = msgspec.json.Decoder().decode


def likeness(header: tuple[str, ...]) -> float:
    """Confidence 0 to 1: JSON lines with a type and an id of a message or a person, or with a batch."""
    names = {normalised(name) for name in header}
    if normalised("_json") not in names:
        return 0.0
    calls = "type" in names and not names.isdisjoint({"messageid", "anonymousid", "userid"})
    if not calls and "batch" not in names:
        return 0.0
    signs = ("messageid", "timestamp", "originaltimestamp", "sentat", "receivedat", "writekey")
    has_context = any(name.startswith("context ") for name in names)
    return min(0.7 + 0.05 * (has_context + sum(sign in names for sign in signs)), 1.0)


def read_calls(line: int, cells: Mapping[str, str], context: Context) -> Iterator[Result]:
    """The events of one line. A bad call in a batch is refused by itself; the others stay."""
    envelope = _object(cells)
    calls = envelope.get("batch")
    if not isinstance(calls, list):
        yield read_call(line, envelope, {}, context)
        return
    if not calls:
        raise CellError("batch", "[]", "at least one call")
    for position, call in enumerate(calls, start=1):
        try:
            if not isinstance(call, dict):
                raise CellError(f"call {position} of the batch", str(call), "a JSON object")
            yield read_call(line, call, envelope, context)
        except CellError as error:
            yield Refused(line, str(error), {"_json": msgspec.json.encode(call).decode()})


def _object(cells: Mapping[str, str]) -> dict[str, Any]:
    raw = cells.get("_json", "")
    try:
        found = _decode(raw)
    except msgspec.DecodeError:
        found = None
    if not isinstance(found, dict):
        raise CellError("_json", raw[:60], "a JSON object")
    return found
