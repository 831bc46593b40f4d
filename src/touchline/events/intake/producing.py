"""From a sheet to chunks, through a named source row by row, or through a mapping column by column.

The same file gives the same chunks every time: an interrupted import goes on at the first chunk that is not stored.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pyarrow as pa

from touchline.events.intake.chunk import SERIES_STAGING, Chunk, event_table, point_table
from touchline.events.intake.staging import STAGING
from touchline.events.mapping.application import Applied, apply
from touchline.events.mapping.roles import Mapping as TableMapping
from touchline.events.readers.sheet import Batch
from touchline.events.rules import Event, Observation, Refused, RestoredIdentifier, SeriesPoint, Skipped
from touchline.events.sources.headers import canonical_names
from touchline.events.sources.protocol import Context, Result, Row, Source

RESULTS_PER_CHUNK = 50_000
ROWS_PER_CHUNK = 250_000
"""A transaction costs the same for a thousand rows as for many; a quarter of a million staged rows take 100 MB."""
REFUSED_PER_CHUNK = 20_000
"""A refused row keeps its cells and takes a hundred times the memory of a staged one."""

Batches = Iterator[Batch]
Producer = Callable[[Batches, Context], Iterator[Chunk]]


@dataclass
class _Aside:
    """Rows the reader itself could not pass on, waiting for the next chunk."""

    refused: list[Refused] = field(default_factory=list)
    skipped: Counter[str] = field(default_factory=Counter)

    def watch(self, batches: Batches) -> Batches:
        for batch in batches:
            self.refused += batch.refused
            self.skipped.update(batch.skipped)
            yield batch

    def take(self) -> tuple[list[Refused], dict[str, int]]:
        refused, skipped = self.refused, dict(self.skipped)
        self.refused, self.skipped = [], Counter()
        return refused, skipped


def by_source(source: Source) -> Producer:
    """Read rows with a named source."""

    def produce(batches: Batches, context: Context) -> Iterator[Chunk]:
        aside = _Aside()
        rows = _rows(aside.watch(batches), canonical_names(context.columns, source.columns))
        waiting: list[Result] = []
        for result in source.read(rows, context):
            if len(waiting) + len(aside.refused) >= RESULTS_PER_CHUNK and waiting and result.line != waiting[-1].line:
                yield _chunk(waiting, aside)
                waiting = []
            waiting.append(result)
        if waiting or aside.refused or aside.skipped:
            yield _chunk(waiting, aside)

    return produce


def by_mapping(mapping: TableMapping) -> Producer:
    """Read whole columns through a mapping."""

    def produce(batches: Batches, context: Context) -> Iterator[Chunk]:
        aside = _Aside()
        waiting: list[Applied] = []
        for applied in apply(mapping, aside.watch(batches), context):
            waiting.append(applied)
            refused = len(aside.refused) + sum(len(each.refused) for each in waiting)
            if refused >= REFUSED_PER_CHUNK or sum(each.rows for each in waiting) >= ROWS_PER_CHUNK:
                yield _joined(waiting, aside)
                waiting = []
        if waiting or aside.refused or aside.skipped:
            yield _joined(waiting, aside)

    return produce


def _rows(batches: Batches, names: dict[str, str]) -> Iterator[Row]:
    """Cells by canonical name; a null is a cell the row does not have."""
    for batch in batches:
        table = batch.table
        keys = [names.get(name, name) for name in table.column_names]
        complete = all(column.null_count == 0 for column in table.columns)
        cells = zip(*(column.to_pylist() for column in table.columns), strict=True)
        for line, row in zip(batch.lines.tolist(), cells, strict=True):
            found = zip(keys, row, strict=True)
            yield line, dict(found) if complete else {key: cell for key, cell in found if cell is not None}


def _chunk(results: list[Result], aside: _Aside) -> Chunk:
    refused, skips = aside.take()
    events = [result for result in results if isinstance(result, Event)]
    points = [result for result in results if isinstance(result, SeriesPoint)]
    refused += [result for result in results if isinstance(result, Refused)]
    skipped = [result for result in results if isinstance(result, Skipped)]
    identifiers = [result for result in results if isinstance(result, RestoredIdentifier)]
    observations = [result for result in results if isinstance(result, Observation)]
    return Chunk(event_table(events), point_table(points), refused, skipped, identifiers, observations, skips)


def _joined(waiting: list[Applied], aside: _Aside) -> Chunk:
    refused, skips = aside.take()
    for applied in waiting:
        refused += applied.refused
    tables = [applied.staged for applied in waiting if applied.staged.num_rows]
    events = pa.concat_tables(tables) if tables else STAGING.empty_table()
    skipped = [row for applied in waiting for row in applied.skipped]
    rows = sum(applied.rows for applied in waiting)
    return Chunk(events, SERIES_STAGING.empty_table(), refused, skipped, (), (), skips, rows)
