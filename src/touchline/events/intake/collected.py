"""Events that were collected live reach the store: by the way of imported ones, under one record for each sender.

A fact that is stored already is left alone, whatever the repetition says: a client that sends something twice has nothing new
to tell, whereas an export made later has.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
import pyarrow as pa

from touchline.engine.store import Writer
from touchline.events.intake.chunk import SERIES_STAGING, Chunk, event_table
from touchline.events.intake.ledger import STATUS_NEW
from touchline.events.intake.report import COLLECTING
from touchline.events.intake.storing import Origin, store_chunk
from touchline.events.rules import Event

FINGERPRINT = "collected:"
"""Of the records under which collected events are counted; a number follows."""
REPEATED, NO_EVENT = "received before", "holds no event"


@dataclass(frozen=True)
class CollectedCounts:
    """What became of some collected calls."""

    stored: int
    repeated: int
    """Of facts the store has already."""
    is_new: tuple[bool, ...] = ()
    """Of each event, in the order in which they were given, whether it was stored just now."""


def begin_collecting(writer: Writer, title: str, number: int, time_zone: str) -> int:
    """Make the record under which a sender's events are counted; give its number."""
    import_id = int(writer.value("select nextval('import_seq')"))
    writer.execute(
        "insert into imports (import_id, file, source, fingerprint, bytes, status, started, time_zone)"
        " values (?, ?, 'collected', ?, 0, ?, ?, ?)",
        [import_id, title, f"{FINGERPRINT}{number}", COLLECTING, datetime.now(UTC).replace(tzinfo=None), time_zone],
    )
    return import_id


def store_collected(
    writer: Writer, events: Sequence[Event], source: str, import_id: int, skipped: int, latest: datetime
) -> CollectedCounts:
    """Store events inside the caller's transaction and count them; `latest` is when the last of them was received."""
    named_rows = 0
    is_new: tuple[bool, ...] = ()
    if events:
        table = _numbered_on(writer, event_table(events), import_id)
        chunk = Chunk(table, SERIES_STAGING.empty_table(), (), ())
        result = store_chunk(writer, chunk, Origin(source, import_id, source_is_new=False, first_stays=True))
        is_new, named_rows = tuple((result.codes == STATUS_NEW).tolist()), result.named_rows
    stored = sum(is_new)
    repeated = len(events) - stored
    _count(writer, import_id, stored, {REPEATED: repeated, NO_EVENT: skipped}, named_rows, latest)
    return CollectedCounts(stored, repeated, is_new)


def _numbered_on(writer: Writer, table: pa.Table, import_id: int) -> pa.Table:
    """Events of a record are numbered as the lines of a file are."""
    before = int(writer.value("select position from imports where import_id = ?", [import_id]) or 0)
    numbers = pa.array(np.arange(before + 1, before + 1 + table.num_rows, dtype=np.int64))
    at = table.schema.get_field_index("line")
    return table.set_column(at, table.schema.field(at), numbers)


def _count(
    writer: Writer, import_id: int, stored: int, skips: dict[str, int], named_rows: int, latest: datetime
) -> None:
    known = json.loads(writer.value("select skip_reasons from imports where import_id = ?", [import_id]) or "{}")
    for reason, rows in skips.items():
        if rows:
            known[reason] = known.get(reason, 0) + rows
    skipped = sum(skips.values())
    writer.execute(
        "update imports set rows = rows + ?, imported = imported + ?, skipped = skipped + ?, skip_reasons = ?,"
        " with_customer = with_customer + ?, position = position + ?, finished = greatest(finished, ?) where import_id = ?",
        [
            stored + skipped, stored, skipped, json.dumps(known), named_rows, stored + skipped,
            latest.astimezone(UTC).replace(tzinfo=None), import_id,
        ],
    )  # fmt: skip
