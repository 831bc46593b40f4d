"""The import of one file: chunk by chunk, each in one transaction, with a record from which it can go on."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import numpy as np
import pyarrow as pa

from touchline.engine.store import DiskFullError, Store, Writer
from touchline.events.intake.chunk import Chunk
from touchline.events.intake.ledger import NO_EVENT, Ledger
from touchline.events.intake.producing import Producer
from touchline.events.intake.report import (
    DONE,
    FAILED,
    INTERRUPTED,
    RUNNING,
    FileReport,
    ImportRecord,
    Progress,
)
from touchline.events.intake.reporting import report_of, said_by_counts
from touchline.events.intake.running import running
from touchline.events.intake.storing import Origin, Stored, store_chunk
from touchline.events.questions.imports import has_source, import_of, import_with
from touchline.events.readers.sheet import Batch, Sheet, UnreadableFileError
from touchline.events.rules import Refused
from touchline.events.sources.protocol import Context
from touchline.kit.ahead import one_ahead

OnProgress = Callable[[Progress], None]
ShouldStop = Callable[[], bool]


class StoppedError(Exception):
    """The user asked to stop; what is stored stays."""


class ChunksMovedError(Exception):
    """The chunks of an interrupted import end elsewhere now: it was begun by another version of Touchline."""


@dataclass(frozen=True)
class Plan:
    """One file and how it is to be read."""

    sheet: Sheet
    source: str
    title: str
    fingerprint: str
    """Of the content and of how it is read."""
    context: Context
    produce: Producer
    notes: tuple[str, ...]


def run_import(store: Store, plan: Plan, on_progress: OnProgress | None, should_stop: ShouldStop | None) -> FileReport:
    """Import a file, or go on with an interrupted import of it. Errors of the file end in the report.

    Raises ChunksMovedError when it cannot go on and has to begin again, and what the store raises.
    """
    run = _Run(store, plan, on_progress, should_stop)
    with running(store.path, run.import_id):
        try:
            run.store_all()
        except (StoppedError, KeyboardInterrupt):
            return run.finish(INTERRUPTED)
        except UnreadableFileError as error:
            return run.finish(FAILED, str(error))
        except DiskFullError as error:
            run.leave()
            return run.report(INTERRUPTED, said_by_counts(run.record(), INTERRUPTED), str(error))
        except BaseException:
            run.leave()
            raise
        return run.finish(DONE)


class _Run:
    """One import under way."""

    def __init__(
        self, store: Store, plan: Plan, on_progress: OnProgress | None, should_stop: ShouldStop | None
    ) -> None:
        self._store, self._plan = store, plan
        self._on_progress, self._should_stop = on_progress, should_stop
        self._started = time.monotonic()
        self._ledger = Ledger()
        self._rows_read = 0
        self._bytes_read = 0
        self._is_over = False
        self._named_rows = 0
        self._resumed_rows = 0
        self._source_is_new = not has_source(store, plan.source)
        self.import_id = self._begin()

    def store_all(self) -> None:
        """Let the file through. Raises StoppedError, UnreadableFileError and what the store raises."""
        chunks = one_ahead(
            self._plan.produce(self._watched(self._plan.sheet.batches), self._plan.context), self._look_up
        )
        try:
            for chunk in chunks:
                self._store_or_pass_over(chunk)
        finally:
            self._is_over = True
            chunks.close()
        self._account_for_the_rest()

    def _store_or_pass_over(self, chunk: Chunk) -> None:
        if self._ledger.settled < self._resumed_rows:
            self._pass_over(chunk)
            if self._ledger.settled > self._resumed_rows:
                raise ChunksMovedError
            return
        self._stop_if_asked()
        with self._store.transaction() as writer:
            self._store_chunk(writer, chunk)
        self._tell(self._bytes_read)

    def finish(self, status: str, error: str = "") -> FileReport:
        """Write the last word into the record and give the report of what is stored."""
        with self._store.transaction() as writer:
            if status == DONE:
                self._record(writer)
            writer.execute(
                "update imports set status = ?, finished = ? where import_id = ?", [status, _now(), self.import_id]
            )
        notes = (*self._plan.notes, *said_by_counts(self.record(), status))
        with self._store.transaction() as writer:
            writer.execute("update imports set notes = ? where import_id = ?", [_json(notes, error), self.import_id])
        if status == DONE:
            self._tell(self._plan.sheet.bytes)
        return self.report(status, notes, error)

    def report(self, status: str, notes: tuple[str, ...], error: str) -> FileReport:
        """Give the report of what is stored."""
        told = report_of(self._store, self.record(), self._plan.sheet.file, self._plan.title)
        seconds = time.monotonic() - self._started
        return replace(told, status=status, seconds=seconds, notes=notes, error=error)

    def record(self) -> ImportRecord:
        """The import as the store has it."""
        found = import_of(self._store, self.import_id)
        if found is None:
            raise LookupError(f"There is no import {self.import_id}.")
        return found

    def leave(self) -> None:
        """Mark the import as interrupted if the store still lets us; the error itself is on its way to the user."""
        try:
            with self._store.transaction() as writer:
                writer.execute("update imports set status = ? where import_id = ?", [INTERRUPTED, self.import_id])
        except Exception:
            return  # a full disk refuses this too; a running import of a process that is gone counts as interrupted

    def _begin(self) -> int:
        plan, found = self._plan, import_with(self._store, self._plan.fingerprint)
        if found is not None:
            self._resumed_rows = found.rows
            self._named_rows = found.with_customer
            self._source_is_new = False
            self._ledger.start_from(found.imported, found.updated, found.quarantined, found.skip_reasons)
            with self._store.transaction() as writer:
                writer.execute("update imports set status = ? where import_id = ?", [RUNNING, found.import_id])
            return found.import_id
        with self._store.transaction() as writer:
            import_id = int(writer.value("select nextval('import_seq')"))
            writer.execute(
                "insert into imports (import_id, file, source, fingerprint, bytes, status, started, time_zone, columns)"
                " values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    import_id, plan.context.file, plan.source, plan.fingerprint, plan.sheet.bytes, RUNNING, _now(),
                    plan.context.zone.key,
                    json.dumps(plan.sheet.columns, ensure_ascii=False),
                ],
            )  # fmt: skip
        return import_id

    def _watched(self, batches: Iterator[Batch]) -> Iterator[Batch]:
        """Count what is read; in the thread that reads, which must not call back into the user's code."""
        for batch in batches:
            if self._is_over:
                raise StoppedError
            self._rows_read += batch.rows
            self._bytes_read = batch.bytes_read
            yield batch

    def _look_up(self) -> None:
        self._stop_if_asked()
        self._tell(self._bytes_read)

    def _stop_if_asked(self) -> None:
        if self._should_stop is not None and self._should_stop():
            raise StoppedError

    def _store_chunk(self, writer: Writer, chunk: Chunk) -> None:
        stored = store_chunk(writer, chunk, Origin(self._plan.source, self.import_id, self._source_is_new))
        write_quarantine(writer, self.import_id, chunk.refused)
        self._settle(chunk, stored)
        self._record(writer)

    def _settle(self, chunk: Chunk, stored: Stored) -> None:
        ledger = self._ledger
        ledger.settle(stored.lines, stored.codes)
        if "rows" in chunk.events.column_names:
            ledger.settle_further(stored.codes, chunk.events.column("rows").to_numpy() - 1)
        ledger.refuse(row.line for row in chunk.refused)
        for row in chunk.skipped:
            ledger.skip(row.line, row.reason)
        for reason, rows in chunk.counted_skips.items():
            ledger.skip_counted(reason, rows)
        self._named_rows += stored.named_rows

    def _pass_over(self, chunk: Chunk) -> None:
        lines = [row.line for rows in (chunk.refused, chunk.skipped) for row in rows]
        further = sum(chunk.counted_skips.values())
        if "rows" in chunk.events.column_names:
            further += int(chunk.events.column("rows").to_numpy().sum()) - chunk.events.num_rows
        self._ledger.pass_over(np.concatenate([np.array(lines, dtype=np.int64), chunk.lines_kept]), further)

    def _account_for_the_rest(self) -> None:
        """A row of which the source said nothing is counted all the same."""
        if (rest := self._rows_read - self._ledger.settled) > 0:
            self._ledger.skip_counted(NO_EVENT, rest)

    def _record(self, writer: Writer) -> None:
        ledger = self._ledger
        rows = ledger.imported + ledger.quarantined + ledger.skipped
        writer.execute(
            "update imports set rows = ?, imported = ?, updated = ?, quarantined = ?, skipped = ?, skip_reasons = ?,"
            " position = ?, with_customer = ? where import_id = ?",
            [
                rows, ledger.imported, ledger.updated, ledger.quarantined, ledger.skipped,
                json.dumps(ledger.skip_reasons), rows, self._named_rows, self.import_id,
            ],
        )  # fmt: skip

    def _tell(self, bytes_read: int) -> None:
        if self._on_progress is None:
            return
        ledger, seconds = self._ledger, max(time.monotonic() - self._started, 1e-3)
        self._on_progress(
            Progress(
                file=self._plan.sheet.file,
                rows=self._rows_read,
                bytes_read=bytes_read,
                bytes_total=self._plan.sheet.bytes,
                rows_per_second=self._rows_read / seconds,
                imported=ledger.imported,
                quarantined=ledger.quarantined,
                skipped=ledger.skipped,
            )
        )


def write_quarantine(writer: Writer, import_id: int, refused: Iterable[Refused]) -> None:
    """Keep refused rows with line, reason and content. A line refused before is kept once."""
    rows = list(refused)
    if not rows:
        return
    table = pa.table(
        {
            "line": pa.array([row.line for row in rows], pa.int64()),
            "reason": pa.array([row.reason for row in rows], pa.string()),
            "content": pa.array([json.dumps(dict(row.content), ensure_ascii=False) for row in rows], pa.string()),
        }
    )
    with writer.staged("refused_rows", table):
        writer.execute(
            "insert into quarantine select $import_id, line, first(reason), first(content), false from refused_rows"
            " where line not in (select line from quarantine where import_id = $import_id) group by line order by line",
            {"import_id": import_id},
        )


def _json(notes: tuple[str, ...], error: str) -> str:
    return json.dumps([*notes, *([error] if error else [])], ensure_ascii=False)


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)
