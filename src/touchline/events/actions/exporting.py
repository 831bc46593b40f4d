"""The rows in quarantine as a CSV to look at or correct in a spreadsheet."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import Final

from touchline.engine.workspace import Workspace
from touchline.events.questions.quarantine import all_quarantined

BEFORE = ("import", "file", "line", "reason")
"""Columns of an export that stand before the cells of the rows."""
_RUN_AS_FORMULA: Final = re.compile(r"'*(?:[\t\r\n]|[\s\u200b\ufeff]*[=+\-@＝＋－＠])")
"""How a cell begins that a spreadsheet might run, and such a one behind apostrophes. Source: OWASP, CSV Injection; some
spreadsheets pass over blanks in front."""


def export_quarantine(workspace: Workspace, import_id: int | None = None) -> str:
    """Give the waiting rows as CSV text: where each stood, why it waits, then its cells under their own headers.

    Cells a spreadsheet would run as a formula begin with an apostrophe.
    """
    columns = dict.fromkeys(name for row in all_quarantined(workspace.store, import_id) for name in row.content)
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(_neutral([*BEFORE, *columns]))
    for row in all_quarantined(workspace.store, import_id):
        where = [str(row.import_id), row.file, str(row.line), row.reason]
        writer.writerow(_neutral([*where, *(row.content.get(name, "") for name in columns)]))
    return written.getvalue()


def is_quarantine_export(columns: Sequence[str]) -> bool:
    """Whether a file with this header is an export of quarantined rows."""
    return tuple(columns[: len(BEFORE)]) == BEFORE


def neutral(cell: str) -> str:
    """Keep a spreadsheet from running a cell: an apostrophe in front makes it text."""
    return f"'{cell}" if _RUN_AS_FORMULA.match(cell) else cell


def restored(cell: str) -> str:
    """Take back what `neutral` did."""
    return cell[1:] if cell.startswith("'") and _RUN_AS_FORMULA.match(cell) else cell


def _neutral(cells: Iterable[str]) -> list[str]:
    return [neutral(cell) for cell in cells]
