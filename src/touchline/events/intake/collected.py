"""Events that were collected live reach the store: by the way of imported ones, under one record for each sender.

A fact that is stored already is left alone, whatever the repetition says: a client that sends something twice has nothing new
to tell, whereas an export made later has. A sender that tells a fact anew says so by `as_of`: then the newest telling holds.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
import pyarrow as pa

from touchline.engine.store import Writer
from touchline.events.intake.chunk import SERIES_STAGING, Chunk, event_table
from touchline.events.intake.ledger import STATUS_NEW
from touchline.events.intake.report import COLLECTING, DONE
from touchline.events.intake.retold import newest_tellings
from touchline.events.intake.storing import Origin, store_chunk
from touchline.events.rules import Event

COLLECTED_SOURCE = "collected"
"""Of the records under which collected events are counted."""
FINGERPRINT = "collected:"
"""Of these records; a number follows."""
RECEIVED_BEFORE, NO_EVENT = "received before", "holds no event"
MOST_REASONS = 50
"""Told apart for one sender, whose words may be part of them; the others are counted as NO_EVENT."""


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
        " values (?, ?, ?, ?, 0, ?, ?, ?)",
        [
            import_id,
            title,
            COLLECTED_SOURCE,
            f"{FINGERPRINT}{number}",
            COLLECTING,
            datetime.now(UTC).replace(tzinfo=None),
            time_zone,
        ],
    )
    return import_id


def end_collecting(writer: Writer, import_id: int) -> None:
    """Mark a sender's record: nothing more comes by it."""
    writer.execute("update imports set status = ? where import_id = ?", [DONE, import_id])


def store_collected(
    writer: Writer,
    events: Sequence[Event],
    source: str,
    import_id: int,
    skipped: Mapping[str, int],
    latest: datetime,
) -> CollectedCounts:
    """Store events inside the caller's transaction and count them.

    `skipped` is reason -> calls that rightly hold no event; `latest` is when the last of them was received.
    """
    is_new = np.zeros(len(events), dtype=bool)
    named_rows = 0
    for first_stays, places in _by_rule(writer, events, source):
        table = _numbered_on(writer, event_table([events[place] for place in places]), places, import_id)
        chunk = Chunk(table, SERIES_STAGING.empty_table(), (), ())
        result = store_chunk(writer, chunk, Origin(source, import_id, source_is_new=False, first_stays=first_stays))
        is_new[places] = result.codes == STATUS_NEW
        named_rows += result.named_rows
    stored = int(is_new.sum())
    repeated = len(events) - stored
    _count(writer, import_id, stored, {RECEIVED_BEFORE: repeated, **skipped}, named_rows, latest)
    return CollectedCounts(stored, repeated, tuple(is_new.tolist()))


def _by_rule(writer: Writer, events: Sequence[Event], source: str) -> Iterator[tuple[bool, list[int]]]:
    """(whether the first telling of a fact stays, places of the events for which that holds)."""
    told_once = [place for place, event in enumerate(events) if event.as_of is None]
    if told_once:
        yield True, told_once
    again = [place for place, event in enumerate(events) if event.as_of is not None]
    if again:
        newest = newest_tellings(writer, [events[place] for place in again], source)
        if newest:
            yield False, [again[place] for place in newest]


def _numbered_on(writer: Writer, table: pa.Table, places: Sequence[int], import_id: int) -> pa.Table:
    """Events of a record are numbered as the lines of a file are."""
    before = int(writer.value("select position from imports where import_id = ?", [import_id]) or 0)
    numbers = pa.array(np.asarray(places, dtype=np.int64) + before + 1)
    at = table.schema.get_field_index("line")
    return table.set_column(at, table.schema.field(at), numbers)


def _count(
    writer: Writer, import_id: int, stored: int, skips: Mapping[str, int], named_rows: int, latest: datetime
) -> None:
    known = json.loads(writer.value("select skip_reasons from imports where import_id = ?", [import_id]) or "{}")
    for found, rows in skips.items():
        reason = found if found in known or len(known) < MOST_REASONS else NO_EVENT
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
