"""The report of an import from its record: the counts, and what the user should know beside them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from touchline.engine.store import Store
from touchline.events.intake.ledger import ALREADY_IMPORTED
from touchline.events.intake.report import INTERRUPTED, KNOWN, FileReport, ImportRecord
from touchline.events.questions.quarantine import quarantine_reasons


def said_by_counts(record: ImportRecord, status: str) -> tuple[str, ...]:
    """What the user should know beside the counts: how far the import is, and whom its rows can be joined to."""
    said: tuple[str, ...] = ()
    if status == INTERRUPTED:
        stored = "What was stored stays; import" if record.rows else "Nothing of it was stored yet; import"
        said = (f"Interrupted. {stored} the file again to go on.",)
    rows = record.imported + record.skip_reasons.get(ALREADY_IMPORTED, 0)
    if rows and not record.with_customer:
        said += ("No row names a customer: they are evidence beside a touchpoint, never people.",)
    elif record.with_customer < rows:
        said += (f"{record.with_customer:,} of {rows:,} rows can be joined to a person.",)
    return said


def report_of(store: Store, record: ImportRecord, file: Path, title: str) -> FileReport:
    """Give the report of an import from its record."""
    return FileReport(
        file=file,
        status=record.status,
        source=record.source,
        title=title,
        import_id=record.import_id,
        rows=record.rows,
        imported=record.imported,
        updated=record.updated,
        quarantined=record.quarantined,
        skipped=record.skipped,
        skip_reasons=record.skip_reasons,
        quarantine_reasons=quarantine_reasons(store, record.import_id) if record.quarantined else {},
        with_customer=record.with_customer,
        notes=record.notes,
    )


def known_report(store: Store, record: ImportRecord, file: Path, title: str) -> FileReport:
    """What is said about a file whose content was imported before."""
    skipped = record.rows - record.quarantined
    return replace(
        report_of(store, record, file, title),
        status=KNOWN,
        imported=0,
        updated=0,
        skipped=skipped,
        skip_reasons={ALREADY_IMPORTED: skipped} if skipped else {},
        notes=(f"The same content was imported on {record.started:%Y-%m-%d} as {record.file}; nothing was changed.",),
    )
