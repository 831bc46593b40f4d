"""XES logs (IEEE 1849): one row per event, the attributes of its case beside its own, as 'case:' and the key.

Rows are numbered from 1 in the order of the log. `_json` holds a row's attributes with their types.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any, Final

from touchline.events.readers.jsonl import RAW_COLUMN, batch_of_objects, encode_json
from touchline.events.readers.raw import check_is_file
from touchline.events.readers.sheet import Batch, Sheet, UnreadableFileError
from touchline.events.readers.xml_elements import Element, elements

FORMAT = "xes"
CASE = "case:"
CAMPAIGN_OBJECT = "campaign id"
"""Key of a campaign as an object; `campaign` is the name of the one that brought an event about."""
_ATTRIBUTES: Final = frozenset({"string", "date", "int", "float", "boolean", "id", "list", "container"})
_LOOKED_AT_ROWS = 2000
_ROWS_PER_BATCH = 20_000
_EVENTS_HELD = 50_000
"""Of one case, so long as its attributes may still come; the standard puts them first."""

Attributes = dict[str, Any]


def open_xes(path: Path) -> Sheet:
    """Open a XES log. Raises UnreadableFileError when it is broken or holds no event."""
    names: dict[str, None] = {}
    for row, _ in islice(_rows(path), _LOOKED_AT_ROWS):
        names.update(dict.fromkeys(row))
    if not names:
        raise UnreadableFileError(f"{path} is a XES log without events: there is nothing to import.")
    columns = (*names, RAW_COLUMN)
    return Sheet(path, FORMAT, columns, _batches(path, columns), check_is_file(path))


def _batches(path: Path, columns: tuple[str, ...]) -> Iterator[Batch]:
    number, waiting, reach = 1, [], 0
    for row, reach in _rows(path):
        waiting.append(encode_json(row))
        if len(waiting) == _ROWS_PER_BATCH:
            yield batch_of_objects(enumerate(waiting, start=number), columns, reach, "Event")
            number, waiting = number + len(waiting), []
    if waiting:
        yield batch_of_objects(enumerate(waiting, start=number), columns, reach, "Event")


def _rows(path: Path) -> Iterator[tuple[Attributes, int]]:
    """The attributes of each event, its case's first, and how far into the file they stand."""
    case: Attributes = {}
    events: list[Attributes] = []
    for found, reach in elements(path, _is_wanted, frozenset({"trace"})):
        for element in found:
            if element.name == "trace":
                yield from ((case | event, reach) for event in events)
                case, events = {}, []
            elif element.name == "event":
                events.append(_attributes(element.children))
            elif element.path[-1:] == ("trace",):
                case |= {CASE + key: value for key, value in _attributes([element]).items()}
        if len(events) > _EVENTS_HELD:
            yield from ((case | event, reach) for event in events)
            events = []
    yield from ((case | event, path.stat().st_size) for event in events)


def _is_wanted(path: tuple[str, ...]) -> bool:
    return path == ("log", "event") or (len(path) == 3 and path[:2] == ("log", "trace"))


def _attributes(written: list[Element]) -> Attributes:
    found: Attributes = {}
    for element in written:
        key = element.attributes.get("key")
        if key is None or element.name not in _ATTRIBUTES:
            continue
        if element.name == "list":
            found[key] = _listed(element)
            continue
        inner = _attributes(element.children)
        if element.name == "container":
            found[key] = inner
            continue
        found[key] = _value(element.name, element.attributes.get("value", ""))
        found |= {f"{key}/{name}": value for name, value in inner.items()}
    return found


def _listed(element: Element) -> list[Any]:
    """The values of a list, which stand in an element `values`; their keys say nothing that the list's does not."""
    values = element.child("values")
    written = values.children if values is not None else element.children
    return [value for each in written for value in _attributes([each]).values()]


def _value(kind: str, written: str) -> Any:
    """The value as its type says; as text where it does not hold what the type says."""
    try:
        if kind == "int":
            return int(written)
        if kind == "float":
            return float(written)
    except ValueError:
        return written
    if kind == "boolean" and written in ("true", "false"):
        return written == "true"
    return written
