"""OCEL 2.0 in JSON (https://www.ocel-standard.org/specification/formats/json/)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from touchline.events.readers.encoding import as_utf8, sniff_encoding
from touchline.events.readers.json_document import elements_of
from touchline.events.readers.json_outline import FollowedByMoreError, Outline, lists_of
from touchline.events.readers.jsonl import BLOCK_BYTES, as_object
from touchline.events.readers.ocel_rows import OcelEvent, OcelFile, OcelObject, Relation, open_ocel
from touchline.events.readers.raw import RawBlock, raw_blocks
from touchline.events.readers.sheet import Sheet, UnreadableFileError

_SIGNS = re.compile(rb'"(?:eventTypes|objectTypes)"\s*:\s*\[|"objectId"\s*:[^}]*"qualifier"\s*:')
_OLDER = re.compile(rb'"ocel:(?:global-log|events|objects)"\s*:')


def looks_like_ocel(start: bytes) -> bool:
    """Whether JSON that starts like this is OCEL, of version 2.0 or 1.0."""
    return _SIGNS.search(start) is not None or _OLDER.search(start) is not None


def open_ocel_json(path: Path) -> Sheet:
    """Open an OCEL 2.0 JSON file. Raises UnreadableFileError for a broken one and for version 1.0."""
    try:
        lists = lists_of(path, _blocks(path))
    except FollowedByMoreError:
        raise UnreadableFileError(f"{path} is no whole JSON: more follows behind its end.") from None
    if "events" not in lists:
        older = " It is OCEL 1.0; save it as OCEL 2.0." if _OLDER.search(next(_blocks(path)).data) else ""
        raise UnreadableFileError(f"{path} holds no list 'events', which OCEL 2.0 has.{older}")
    return open_ocel(
        path,
        "ocel-json",
        OcelFile(lambda: _events(path, lists["events"]), lambda: _objects(path, lists.get("objects"))),
    )


def _blocks(path: Path) -> Iterator[RawBlock]:
    return as_utf8(raw_blocks(path, BLOCK_BYTES), sniff_encoding(path))


def _events(path: Path, where: Outline) -> Iterator[tuple[OcelEvent | bytes, int]]:
    for pieces, reach in elements_of(_blocks(path), where):
        for piece in pieces:
            found = as_object(piece)
            if found is None:
                yield piece, reach
                continue
            attributes = {
                each["name"]: each["value"]
                for each in _objects_in(found.get("attributes"))
                if isinstance(each.get("name"), str) and each.get("value") is not None
            }
            yield (
                OcelEvent(
                    _text(found.get("id")),
                    _text(found.get("type")),
                    _text(found.get("time")),
                    attributes,
                    _relations(found),
                ),
                reach,
            )


def _objects(path: Path, where: Outline | None) -> Iterator[OcelObject | bytes]:
    if where is None:
        return
    for pieces, _ in elements_of(_blocks(path), where):
        for piece in pieces:
            found = as_object(piece)
            if found is None:
                yield piece
                continue
            attributes = tuple(
                (_text(each.get("name")), each["value"], _text(each.get("time")))
                for each in _objects_in(found.get("attributes"))
                if each.get("value") is not None
            )
            yield OcelObject(_text(found.get("id")), _text(found.get("type")), attributes, _relations(found))


def _relations(found: dict[str, Any]) -> tuple[Relation, ...]:
    return tuple(
        (_text(each["objectId"]), _text(each.get("qualifier")))
        for each in _objects_in(found.get("relationships"))
        if each.get("objectId") is not None
    )


def _objects_in(found: Any) -> list[dict[str, Any]]:
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def _text(found: Any) -> str:
    return "" if found is None else str(found)
