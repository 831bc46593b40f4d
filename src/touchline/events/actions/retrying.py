"""Trying quarantined rows again: with corrected cells, with a corrected mapping, or with a newer version of a reader."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pyarrow as pa

from touchline.engine.store import StoreError, Writer
from touchline.engine.workspace import Workspace
from touchline.events.actions.amending import amend_orders
from touchline.events.actions.recognising import saved_mapping
from touchline.events.intake.chunk import Chunk
from touchline.events.intake.producing import Producer, by_mapping, by_source
from touchline.events.intake.report import DONE, MAPPED_SOURCE, Correction, FileReport, ImportRecord, QuarantinedRow
from touchline.events.intake.reporting import report_of
from touchline.events.intake.storing import Origin, store_chunk
from touchline.events.mapping import Mapping as TableMapping
from touchline.events.mapping import header_key
from touchline.events.questions.imports import header_of, import_of
from touchline.events.questions.quarantine import all_quarantined
from touchline.events.readers.jsonl import RAW_COLUMN, cells_of, with_cells
from touchline.events.readers.sheet import WHOLE_LINE, Batch
from touchline.events.sources.catalogue import named_sources
from touchline.events.sources.protocol import Context

_STILL_WAITING = (
    "select count(*) from quarantine where import_id = ? and not resolved and line in (select line from resolved_rows)"
)


@dataclass(frozen=True)
class _Tried:
    """A row as it is tried."""

    line: int
    cells: Mapping[str, str]


@dataclass(frozen=True)
class _Outcome:
    """What became of the rows tried."""

    chunks: Sequence[Chunk]
    resolved: frozenset[int]
    """Lines that leave quarantine."""
    refused: Mapping[int, str]
    """Line -> why it stays."""
    skipped: Mapping[str, int]
    """Of the resolved: reason -> rows that rightly hold nothing."""
    value_repeats: bool = False
    """Every line of an order repeats the order's total."""

    @property
    def imported(self) -> int:
        return len(self.resolved) - sum(self.skipped.values())


def retry_quarantined(workspace: Workspace, import_id: int, corrections: Sequence[Correction] = ()) -> FileReport:
    """Read the waiting rows of an import once more; the ones that can be read now leave quarantine.

    A row with too few or too many cells is tried once a correction has touched it. Returns the counts of this try:
    rows = imported + quarantined + skipped. Raises StoreError when there is no such import.
    """
    record = import_of(workspace.store, import_id)
    if record is None:
        raise StoreError(f"There is no import {import_id}. See the list with: touchline imports")
    columns = header_of(workspace.store, import_id)
    waiting = list(all_quarantined(workspace.store, import_id))
    of_line: dict[int | None, list[Correction]] = defaultdict(list)
    for correction in corrections:
        of_line[correction.line].append(correction)
    tried = [
        row for each in waiting if (row := _corrected(each, columns, [*of_line[None], *of_line[each.line]])) is not None
    ]
    outcome = _read(workspace, record, columns, tried)
    if outcome.chunks:
        with workspace.store.transaction() as writer:
            _store(writer, record, outcome)
    return _report(workspace, record, len(waiting), outcome)


def _corrected(row: QuarantinedRow, columns: Sequence[str], corrections: Sequence[Correction]) -> _Tried | None:
    """Put corrections into a row; None when it is still no row of its table."""
    wanted = {each.column: each.value for each in corrections if each.found in (None, row.content.get(each.column, ""))}
    if RAW_COLUMN in columns:
        cells = with_cells(cells_of(row.content.get(RAW_COLUMN, "").encode()), row.content, wanted)
        return None if cells is None else _Tried(row.line, cells)
    if WHOLE_LINE in row.content and not wanted:
        return None
    return _Tried(row.line, {name: cell for name, cell in {**row.content, **wanted}.items() if name != WHOLE_LINE})


def _read(workspace: Workspace, record: ImportRecord, columns: tuple[str, ...], tried: Sequence[_Tried]) -> _Outcome:
    if not tried:
        return _Outcome((), frozenset(), {}, {})
    context = Context(workspace.settings.zone, workspace.settings.currency, record.file, columns)
    mapping = _mapping_of(workspace, record, columns)
    produce = _named_producer(record) if mapping is None else by_mapping(mapping)
    chunks = list(produce(iter([_batch(tried, columns)]), context))
    refused = {row.line: row.reason for chunk in chunks for row in chunk.refused}
    resolved = frozenset(row.line for row in tried) - refused.keys()
    told = {row.line: row.reason for chunk in chunks for row in chunk.skipped if row.line in resolved}
    kept = {line for chunk in chunks for line in chunk.lines_kept.tolist()}
    skipped = Counter(reason for line, reason in told.items() if line not in kept)
    return _Outcome(chunks, resolved, refused, skipped, mapping is not None and mapping.value_repeats)


def _mapping_of(workspace: Workspace, record: ImportRecord, columns: Sequence[str]) -> TableMapping | None:
    """The mapping remembered for a table; None for a named source."""
    if record.source != MAPPED_SOURCE:
        return None
    mapping = saved_mapping(workspace.store, header_key(name for name in columns if name != RAW_COLUMN))
    if mapping is None:
        raise StoreError(f"The mapping by which {record.file} was read is not remembered. Import the file again.")
    return mapping


def _named_producer(record: ImportRecord) -> Producer:
    for source in named_sources():
        if source.name == record.source:
            return by_source(source)
    raise StoreError(f"Nothing here reads {record.source} any more.")


def _batch(rows: Sequence[_Tried], columns: Sequence[str]) -> Batch:
    """The rows as a table; contents kept by a source name some columns in its own way."""
    named = dict.fromkeys(name for row in rows for name in row.cells)
    names = [*(name for name in columns if name in named), *(name for name in named if name not in columns)]
    table = pa.table({name: pa.array([row.cells.get(name) for row in rows], pa.string()) for name in names})
    return Batch(table, np.array([row.line for row in rows], dtype=np.int64), 0)


def _store(writer: Writer, record: ImportRecord, outcome: _Outcome) -> None:
    origin = Origin(record.source, record.import_id, source_is_new=False)
    named_rows = 0
    for chunk in outcome.chunks:
        amended = amend_orders(writer, chunk.events, record.source, repeats=outcome.value_repeats)
        named_rows += amended.named_rows
        named_rows += store_chunk(writer, replace(chunk, events=amended.others), origin).named_rows
    resolved = pa.table({"line": pa.array(sorted(outcome.resolved), pa.int64())})
    again = pa.table(
        {
            "line": pa.array(list(outcome.refused), pa.int64()),
            "reason": pa.array(list(outcome.refused.values()), pa.string()),
        }
    )
    with writer.staged("resolved_rows", resolved), writer.staged("refused_again", again):
        if len(outcome.resolved) != writer.value(_STILL_WAITING, [record.import_id]):
            raise StoreError("Some of these rows were corrected just now, from another window. Nothing was changed.")
        writer.execute(
            "update quarantine set resolved = true"
            " where import_id = ? and not resolved and line in (select line from resolved_rows)",
            [record.import_id],
        )
        writer.execute(
            "update quarantine set reason = refused_again.reason from refused_again"
            " where import_id = ? and not resolved and quarantine.line = refused_again.line",
            [record.import_id],
        )
    reasons = Counter(record.skip_reasons) + Counter(outcome.skipped)
    writer.execute(
        "update imports set imported = imported + ?, quarantined = quarantined - ?, skipped = skipped + ?,"
        " skip_reasons = ?, with_customer = with_customer + ? where import_id = ?",
        [
            outcome.imported,
            len(outcome.resolved),
            sum(outcome.skipped.values()),
            json.dumps(reasons, ensure_ascii=False),
            named_rows,
            record.import_id,
        ],
    )


def _report(workspace: Workspace, record: ImportRecord, waiting: int, outcome: _Outcome) -> FileReport:
    now = import_of(workspace.store, record.import_id) or record
    return replace(
        report_of(workspace.store, now, Path(record.file), _title(record)),
        status=DONE,
        rows=waiting,
        imported=outcome.imported,
        updated=0,
        quarantined=waiting - len(outcome.resolved),
        skipped=sum(outcome.skipped.values()),
        skip_reasons=outcome.skipped,
        notes=(),
    )


def _title(record: ImportRecord) -> str:
    titles = {source.name: source.title for source in named_sources()}
    return titles.get(record.source, "Table")
