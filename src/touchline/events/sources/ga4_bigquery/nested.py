"""The nested parts of a row: records, and lists of a key with a value of one of four types."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from touchline.events.sources.cells import CellError
from touchline.events.sources.fields import Json, record

_decode = msgspec.json.Decoder().decode
_NESTED = frozenset(
    {
        "event_params",
        "device",
        "geo",
        "ecommerce",
        "items",
        "collected_traffic_source",
        "session_traffic_source_last_click",
    }
)
"""Columns that hold JSON where the file is Parquet; the others of its nested columns are not read."""
_TYPES = ("string_value", "int_value", "float_value", "double_value")
_MISSING = frozenset({"", "(not set)", "(none)", "(direct)", "(data deleted)"})


def row_of(cells: Mapping[str, str]) -> dict[str, Any]:
    """The row as BigQuery has it: from the raw line of JSON, or from the cells of a Parquet file.

    Raises CellError for a nested cell that is no JSON.
    """
    if "_json" in cells:
        found = _decoded("_json", cells["_json"])
        return found if isinstance(found, dict) else {}
    return {name: _decoded(name, cell) if name in _NESTED and cell else cell for name, cell in cells.items()}


def elements(found: Any) -> Iterator[Json]:
    """The records of a repeated field. BigQuery's own Parquet files wrap them: {'list': [{'element': ...}]}."""
    wrapped = found.get("list") if isinstance(found, dict) else found
    for each in wrapped if isinstance(wrapped, list) else ():
        inner = each.get("element", each.get("item", each)) if isinstance(each, dict) and len(each) == 1 else each
        if isinstance(inner, dict):
            yield inner


def parameters(found: Any) -> dict[str, str | int | float]:
    """Key -> value of `event_params`, whichever of the four types it has. Whole numbers come as text in JSON exports."""
    values: dict[str, str | int | float] = {}
    for parameter in elements(found):
        key, value = parameter.get("key"), record(parameter.get("value"))
        kind = next((kind for kind in _TYPES if value.get(kind) is not None), None)
        if isinstance(key, str) and kind is not None:
            values[key] = _whole(value[kind]) if kind == "int_value" else value[kind]
    return values


def word(found: Any) -> str | None:
    """An id or a name as text; None for nothing and for Google's words for nothing."""
    if isinstance(found, bool) or not isinstance(found, (str, int, float)):
        return None
    written = str(found).strip()
    return None if written in _MISSING else written


def _whole(found: Any) -> Any:
    return int(found) if isinstance(found, str) and found.lstrip("-").isdigit() else found


def _decoded(name: str, cell: str) -> Any:
    try:
        return _decode(cell)
    except msgspec.DecodeError:
        raise CellError(name, cell[:60], "JSON") from None
