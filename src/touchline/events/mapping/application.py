"""Letting the rows of a table through a mapping: what becomes an event, what is refused and why, what is skipped."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc

from touchline.events.mapping.distinct import Column
from touchline.events.mapping.keys import RunningNumbers, joined, numbered
from touchline.events.mapping.orders import FOLDED, Orders
from touchline.events.mapping.reading import Rows, read_batch
from touchline.events.mapping.roles import Mapping, MappingError
from touchline.events.mapping.staged import staged_table
from touchline.events.readers.sheet import Batch
from touchline.events.rules import Refused, Skipped
from touchline.events.sources.protocol import Context

ORDERS_AT_ONCE = 50_000


@dataclass(frozen=True)
class Applied:
    """What became of some rows of the file: rows = rows behind `staged` + refused + skipped."""

    staged: pa.Table
    """Events, schema intake.staging.STAGING, one per row; orders.FOLDED, one per order, when the mapping folds."""
    rows: int
    """Rows of the file accounted for here. A mapping that folds accounts for an order's rows when the file has ended."""
    refused: list[Refused] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)


def apply(mapping: Mapping, batches: Iterator[Batch], context: Context) -> Iterator[Applied]:
    """Turn rows into events, batch by batch.

    `batches` begin with the first row of the file even when an interrupted import goes on: running numbers of identical
    rows and the totals of orders need all that came before.

    Raises MappingError when the mapping has no time column.
    """
    if "time" not in mapping.columns:
        raise MappingError("No column is mapped to the time, and without a time there is no event.")
    if mapping.folds:
        yield from _per_order(mapping, batches, context)
    else:
        yield from _per_row(mapping, batches, context)


def _per_row(mapping: Mapping, batches: Iterator[Batch], context: Context) -> Iterator[Applied]:
    seen = RunningNumbers()
    for batch in batches:
        reading = read_batch(mapping, batch, context)
        staged = staged_table(mapping, reading.rows, row_keys(mapping, reading.rows, seen))
        yield Applied(staged, batch.table.num_rows, reading.refused, reading.skipped)


def row_keys(mapping: Mapping, rows: Rows, seen: RunningNumbers) -> Column:
    """Give the natural key of each row: its id, or its mapped cells and how often they were seen before.

    An id seen twice is one fact written twice, and the later row wins; an order number or content seen twice is two.
    """
    content = joined(mapping.family, [cells for role, cells in rows.cells.items() if role != "key"])
    if "key" not in rows.cells:
        return numbered(content, seen.number(content))
    ids = rows.cells["key"]
    keys = pc.if_else(pc.is_valid(ids), joined(mapping.family, [ids]), content)
    if mapping.columns["key"] == mapping.columns.get("order"):
        return numbered(keys, seen.number(keys))
    return keys


def _per_order(mapping: Mapping, batches: Iterator[Batch], context: Context) -> Iterator[Applied]:
    orders = Orders(mapping)
    for batch in batches:
        reading = read_batch(mapping, batch, context)
        orders.add(reading.rows)
        apart = len(reading.refused) + len(reading.skipped)
        yield Applied(FOLDED.empty_table(), apart, reading.refused, reading.skipped)
    for staged, rows in orders.folded(ORDERS_AT_ONCE):
        yield Applied(staged, rows)
