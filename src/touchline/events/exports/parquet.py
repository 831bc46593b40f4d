"""Events as Parquet, one row each, for notebooks, DuckDB and warehouses."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from itertools import islice
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet

from touchline.events.exports.stored import StoredEvent

_ROWS_AT_ONCE = 100_000
_NAMED: Final = pa.struct([("type", pa.string()), ("id", pa.string())])
_TYPES: Final[dict[str, Any]] = {
    "time": pa.timestamp("us", tz="UTC"),
    "score": pa.float64(),
    "score_min": pa.float64(),
    "score_max": pa.float64(),
    "value": pa.decimal128(18, 4),
    "objects": pa.list_(_NAMED),
}
_COLUMNS: Final = ("id", "who_type", "who", *(each.name for each in fields(StoredEvent)[1:-3]))
SCHEMA: Final = pa.schema([(name, _TYPES.get(name, pa.string())) for name in _COLUMNS])


def write_parquet(path: Path, events: Iterable[StoredEvent]) -> None:
    """Write events as they come. Raises OSError."""
    rows = iter(events)
    with path.open("wb") as file, pyarrow.parquet.ParquetWriter(file, SCHEMA, compression="zstd") as writer:
        while part := [_row(event) for event in islice(rows, _ROWS_AT_ONCE)]:
            writer.write_table(pa.Table.from_pylist(part, SCHEMA))


def _row(event: StoredEvent) -> dict[str, Any]:
    who_type, who = event.who or (None, None)
    row: dict[str, Any] = {name: getattr(event, name) for name in _COLUMNS[3:]}
    objects = [{"type": type_, "id": id_} for type_, id_ in event.objects]
    return row | {"id": str(event.id), "who_type": who_type, "who": who, "objects": objects or None}
