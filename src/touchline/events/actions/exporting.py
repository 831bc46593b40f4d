"""The rows in quarantine as a CSV to look at or correct in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from touchline.engine.workspace import Workspace
from touchline.events.questions.quarantine import all_quarantined

_BEFORE = ("import", "file", "line", "reason")
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def export_quarantine(workspace: Workspace, import_id: int | None = None) -> str:
    """Give the waiting rows as CSV text: where each stood, why it waits, then its cells under their own headers.

    Cells a spreadsheet would run as a formula begin with an apostrophe.
    """
    columns = dict.fromkeys(name for row in all_quarantined(workspace.store, import_id) for name in row.content)
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(_neutral([*_BEFORE, *columns]))
    for row in all_quarantined(workspace.store, import_id):
        where = [str(row.import_id), row.file, str(row.line), row.reason]
        writer.writerow(_neutral([*where, *(row.content.get(name, "") for name in columns)]))
    return written.getvalue()


def neutral(cell: str) -> str:
    """Keep a spreadsheet from running a cell: an apostrophe in front makes it text."""
    return f"'{cell}" if cell.startswith(_FORMULA_STARTS) else cell


def _neutral(cells: Iterable[str]) -> list[str]:
    return [neutral(cell) for cell in cells]
