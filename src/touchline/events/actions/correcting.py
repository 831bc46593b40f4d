"""Taking in an export of quarantined rows that was corrected in a spreadsheet."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from touchline.engine.workspace import Workspace
from touchline.events.actions.exporting import BEFORE, restored
from touchline.events.actions.retrying import retry_quarantined
from touchline.events.intake.report import DONE, Correction, FileReport
from touchline.events.questions.quarantine import all_quarantined
from touchline.events.readers.sheet import WHOLE_LINE, Sheet, UnreadableFileError


def import_corrected(workspace: Workspace, sheet: Sheet) -> FileReport:
    """Try the rows of the imports in the file again, with the cells that were changed in it.

    Raises UnreadableFileError for a row that does not say which row of quarantine it is.
    """
    corrections: dict[int, list[Correction]] = defaultdict(list)
    waiting: dict[int, Mapping[int, Mapping[str, str]]] = {}
    for import_id, line, cells in _rows(sheet):
        if import_id not in waiting:
            waiting[import_id] = {row.line: row.content for row in all_quarantined(workspace.store, import_id)}
        before = waiting[import_id].get(line, {})
        corrections[import_id] += [
            Correction(name, cell, line=line)
            for name, cell in cells.items()
            if name != WHOLE_LINE and cell != before.get(name, "")
        ]
    reports = [retry_quarantined(workspace, import_id, wanted) for import_id, wanted in corrections.items()]
    return FileReport(
        file=Path(sheet.file),
        status=DONE,
        title="Corrected rows",
        rows=sum(report.rows for report in reports),
        imported=sum(report.imported for report in reports),
        quarantined=sum(report.quarantined for report in reports),
        skipped=sum(report.skipped for report in reports),
        skip_reasons=sum((Counter(report.skip_reasons) for report in reports), Counter()),
        quarantine_reasons=sum((Counter(report.quarantine_reasons) for report in reports), Counter()),
    )


def _rows(sheet: Sheet) -> Iterator[tuple[int, int, dict[str, str]]]:
    """Import, line and cells of each row, the latter as they were before the export."""
    for batch in sheet.batches:
        columns = [column.to_pylist() for column in batch.table.columns]
        for at, physical in enumerate(batch.lines.tolist()):
            cells = {name: restored(column[at] or "") for name, column in zip(sheet.columns, columns, strict=True)}
            import_id, _, line, _ = (cells.pop(name) for name in BEFORE)
            if not (import_id.isdigit() and line.isdigit()):
                raise UnreadableFileError(
                    f"{sheet.file}, line {physical}: the columns 'import' and 'line' must say which quarantined row this is."
                )
            yield int(import_id), int(line), {_as_exported(name): cell for name, cell in cells.items()}


def _as_exported(name: str) -> str:
    """A column of the data that is called like one of ours was told apart when the file was read."""
    plain = restored(name)
    return plain.removesuffix(" (2)") if plain.removesuffix(" (2)") in BEFORE else plain
