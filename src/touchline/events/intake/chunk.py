"""What one transaction stores: some rows of a file, as events, series points, research notes, refused and skipped rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import msgspec
import numpy as np
import pyarrow as pa

from touchline.events.intake.staging import STAGING
from touchline.events.rules import Event, Observation, Refused, Restored, RestoredIdentifier, SeriesPoint, Skipped
from touchline.events.vocabulary import IDENTIFIER_TYPES

_encode = msgspec.json.Encoder(enc_hook=str).encode

_SERIES_FIELDS: list[pa.Field[Any]] = [
    pa.field("key", pa.string(), nullable=False),
    pa.field("line", pa.int64(), nullable=False),
    pa.field("time", pa.timestamp("us"), nullable=False),  # UTC
    pa.field("name", pa.string(), nullable=False),
    pa.field("channel", pa.string(), nullable=False),
    pa.field("label", pa.string()),
    pa.field("measure", pa.string(), nullable=False),
    pa.field("amount", pa.float64(), nullable=False),
]
SERIES_STAGING = pa.schema(_SERIES_FIELDS)


@dataclass(frozen=True)
class Chunk:
    """Rows that are stored together or not at all. The same file gives the same chunks every time."""

    events: pa.Table
    """In the columns of staging.STAGING."""
    points: pa.Table
    """In the columns of SERIES_STAGING."""
    refused: Sequence[Refused]
    skipped: Sequence[Skipped]
    identifiers: Sequence[RestoredIdentifier] = ()
    observations: Sequence[Observation] = ()
    counted_skips: Mapping[str, int] = field(default_factory=dict)
    """reason -> rows skipped by the reader, which keeps no line of them."""
    rows: int | None = None
    """Rows of the file in this chunk; None where only the lines of its results tell."""

    @property
    def lines_kept(self) -> np.ndarray:
        """Lines of everything that is stored of it, in no particular order."""
        rows = [each.line for rows in (self.identifiers, self.observations) for each in rows]
        tables = [table.column("line").to_numpy() for table in (self.events, self.points)]
        return np.concatenate([np.array(rows, dtype=np.int64), *tables])


def event_table(events: Sequence[Event]) -> pa.Table:
    """Put events into staging columns."""
    if not events:
        return STAGING.empty_table()
    scores = [event.score for event in events]
    cells: dict[str, list[Any]] = {
        "time": [event.time for event in events],
        "metric": [score.metric if score else None for score in scores],
        "score": [score.value if score else None for score in scores],
        "score_min": [score.low if score else None for score in scores],
        "score_max": [score.high if score else None for score in scores],
        "properties": [_properties(event) for event in events],
    }
    for type_ in IDENTIFIER_TYPES:
        cells[type_] = [event.identifiers.get(type_) for event in events]
    for name in STAGING.names:
        if name not in cells and name != "objects":
            cells[name] = [getattr(event, name) for event in events]
    columns = {
        field.name: _objects(events) if field.name == "objects" else pa.array(cells[field.name], field.type)
        for field in STAGING
    }
    table = pa.table(columns, schema=STAGING)
    return _with_restored(table, [event.restored for event in events])


def _objects(events: Sequence[Event]) -> pa.ListArray[Any]:
    """Lists of (type, id), null where there is none: as columns, since a dictionary for each would take twice as long."""
    counts = np.fromiter((len(event.objects) for event in events), np.int32, len(events))
    ends = np.concatenate([np.zeros(1, np.int32), np.cumsum(counts, dtype=np.int32)])
    starts = pa.array(ends, mask=np.append(counts == 0, False))
    pairs = [pair for event in events for pair in event.objects]
    type_ = STAGING.field("objects").type
    fields = [pa.array([pair[place] for pair in pairs], field.type) for place, field in enumerate(type_.value_type)]
    return pa.ListArray.from_arrays(
        starts, pa.StructArray.from_arrays(fields, fields=list(type_.value_type)), type=type_
    )


def _properties(event: Event) -> str | None:
    if event.restored is not None:
        return event.restored.properties
    return _encode(event.properties).decode() if event.properties else None


def _with_restored(table: pa.Table, restored: Sequence[Restored | None]) -> pa.Table:
    """Say of restored facts which they are; a file that is no export of a workspace has no such columns."""
    if not any(restored):
        return table
    sources = pa.array([each.source if each else None for each in restored], pa.string())
    ids = pa.array([str(each.id) if each else None for each in restored], pa.string())
    return table.append_column("restored_source", sources).append_column("restored_id", ids)


def observation_table(observations: Sequence[Observation]) -> pa.Table:
    """Put research notes into staging columns; `n` is the place in the chunk."""
    written = ("key", "called", "method", "text", "participant", "noted_by")
    cells: dict[str, Any] = {
        name: pa.array([getattr(each, name) for each in observations], pa.string()) for name in written
    }
    cells["n"] = pa.array(range(len(observations)), pa.int64())
    cells["line"] = pa.array([each.line for each in observations], pa.int64())
    cells["noted"] = pa.array([each.noted for each in observations], pa.date32())
    return pa.table(cells)


def _utc(time: datetime) -> datetime:
    return time.astimezone(UTC).replace(tzinfo=None)


def point_table(points: Sequence[SeriesPoint]) -> pa.Table:
    """Put series points into staging columns."""
    rows = [
        {
            "key": point.key,
            "line": point.line,
            "time": _utc(point.time),
            "name": point.name,
            "channel": point.channel,
            "label": point.label,
            "measure": point.measure,
            "amount": point.amount,
        }
        for point in points
    ]
    if not rows:
        return SERIES_STAGING.empty_table()
    table = pa.Table.from_pylist(rows, schema=SERIES_STAGING)
    return _with_restored(table, [point.restored for point in points])
