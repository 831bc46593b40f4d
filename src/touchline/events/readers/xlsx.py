"""Excel workbooks (.xlsx), read row by row; a zip bomb is refused before anything of it is unpacked."""

from __future__ import annotations

import math
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

import numpy as np
import openpyxl
import pyarrow as pa
from openpyxl.utils.exceptions import InvalidFileException

from touchline.events.readers.header import LOOKED_AT_ROWS, Header, NumberedRow, find_header
from touchline.events.readers.lines import KEPT_CHARACTERS
from touchline.events.readers.raw import check_is_file
from touchline.events.readers.sheet import EMPTY_LINE, HEADER_AGAIN, WHOLE_LINE, Batch, Sheet, UnreadableFileError
from touchline.events.rules import Refused

BATCH_ROWS = 20_000
UNPACKED_LIMIT_BYTES = 2_000_000_000
RATIO_LIMIT = 200
"""Unpacked to packed, looked at above RATIO_FREE_BYTES: real sheets reach 30, bombs 1,000."""
RATIO_FREE_BYTES = 50_000_000
_DAMAGED = (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, ParseError, EOFError, OSError, TypeError)


def open_xlsx(path: Path) -> Sheet:
    """Open the first filled sheet of a workbook. Raises UnreadableFileError for a bomb or a damaged file."""
    size = check_is_file(path)
    _check_unpacked_size(path, size)
    name, header, first_rows, others = _first_filled_sheet(path)
    notes = header.notes
    if others:
        notes += (f"Read the sheet {name!r}; {others} further sheets of the workbook were not read.",)
    return Sheet(path, "xlsx", header.columns, _batches(path, name, header, first_rows, size), size, notes=notes)


def _check_unpacked_size(path: Path, size: int) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(member.file_size for member in archive.infolist())
    except (zipfile.BadZipFile, OSError) as error:
        raise UnreadableFileError(f"{path} is not a whole Excel workbook: {error}.") from None
    too_tight = unpacked > RATIO_FREE_BYTES and unpacked > RATIO_LIMIT * size
    if unpacked > UNPACKED_LIMIT_BYTES or too_tight:
        raise UnreadableFileError(
            f"{path} would unpack from {size / 1e6:.1f} MB to {unpacked / 1e6:,.0f} MB. That is no ordinary workbook and "
            "it was not opened; save the sheet as CSV if it is meant."
        )


def _first_filled_sheet(path: Path) -> tuple[str, Header, int, int]:
    """Name, header, row number of the first row of data, number of other sheets."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            names = _sheet_names(path)
            for name in names:
                rows = _first_rows(path, name)
                if header := find_header(rows):
                    after = header.data_index
                    first = rows[after][0] if after < len(rows) else rows[-1][0] + 1
                    return name, header, first, len(names) - 1
        except _DAMAGED as error:
            raise UnreadableFileError(f"{path} is not a whole Excel workbook: {error}.") from None
    raise UnreadableFileError(f"{path} holds no rows: a header row and rows of cells were expected.")


def _sheet_names(path: Path) -> list[str]:
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    try:
        return [sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible"]
    finally:
        book.close()


def _first_rows(path: Path, name: str) -> list[NumberedRow]:
    rows: list[NumberedRow] = []
    for row in _rows(path, name):
        rows.append(row)
        if len(rows) > LOOKED_AT_ROWS:
            break
    return _squared(rows)


def _squared(rows: list[NumberedRow]) -> list[NumberedRow]:
    """Fill rows up to one width, but for lone cells: these are titles above a table, or remarks."""
    width = max((len(cells) for _, cells in rows), default=0)
    lone = 1 if width > 2 else 0
    return [(number, cells + [""] * (width - len(cells) if len(cells) > lone else 0)) for number, cells in rows]


def _rows(path: Path, name: str) -> Iterator[NumberedRow]:
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    try:
        sheet = book[name]
        sheet.reset_dimensions()
        for number, cells in enumerate(sheet.iter_rows(values_only=True), start=1):
            yield number, _trimmed([cell_text(cell) for cell in cells])
    finally:
        book.close()


def _trimmed(cells: list[str]) -> list[str]:
    """Without the empty cells at the end, which sheets carry at random."""
    while cells and not cells[-1]:
        cells.pop()
    return cells


def cell_text(cell: Any) -> str:
    """Write a cell as the text an export to CSV would hold; dates as ISO 8601."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if math.isfinite(cell) and cell.is_integer() and abs(cell) < 2**53 else repr(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ")
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        return str(cell)
    return str(cell)


def _batches(path: Path, name: str, header: Header, first_row: int, size: int) -> Iterator[Batch]:
    sorter = _Sorter(header)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            for number, cells in _rows(path, name):
                if number >= first_row and sorter.add(number, cells) >= BATCH_ROWS:
                    yield sorter.batch(bytes_read=size // 2)
    except _DAMAGED as error:
        raise UnreadableFileError(f"{path} is damaged behind row {sorter.last}: {error}.") from None
    if sorter.rows:
        yield sorter.batch(bytes_read=size)


class _Sorter:
    """Collects rows until a batch is full. Empty rows count only once a filled one follows them."""

    def __init__(self, header: Header) -> None:
        self._columns = header.columns
        self._as_written = _trimmed(list(header.as_written))
        self._empty_waiting = 0
        self.last = 0
        self._clear()

    def _clear(self) -> None:
        self._cells: list[list[str]] = []
        self._lines: list[int] = []
        self._refused: list[Refused] = []
        self._skipped: dict[str, int] = {}
        self.rows = 0

    def add(self, number: int, cells: list[str]) -> int:
        """Take one row in; return how many wait."""
        if not cells:
            self._empty_waiting += 1
            return self.rows
        if self._empty_waiting:
            self._skip(EMPTY_LINE, self._empty_waiting)
            self._empty_waiting = 0
        self.last = number
        if cells == self._as_written:
            self._skip(HEADER_AGAIN, 1)
        elif len(cells) > len(self._columns):
            self._refuse(number, cells)
        else:
            self._cells.append(cells + [""] * (len(self._columns) - len(cells)))
            self._lines.append(number)
            self.rows += 1
        return self.rows

    def _skip(self, reason: str, rows: int) -> None:
        self._skipped[reason] = self._skipped.get(reason, 0) + rows
        self.rows += rows

    def _refuse(self, number: int, cells: list[str]) -> None:
        names = [*self._columns, *(f"column {at}" for at in range(len(self._columns) + 1, len(cells) + 1))]
        reason = f"Row {number} has cells as far as column {len(cells)}; {len(self._columns)} columns have a name."
        content = dict(zip(names, cells, strict=True)) | {WHOLE_LINE: "\t".join(cells)[:KEPT_CHARACTERS]}
        self._refused.append(Refused(number, reason, content))
        self.rows += 1

    def batch(self, bytes_read: int) -> Batch:
        """Hand the waiting rows over."""
        columns = list(zip(*self._cells, strict=True)) or [()] * len(self._columns)
        table = pa.table(
            {name: pa.array(cells, pa.string()) for name, cells in zip(self._columns, columns, strict=True)}
        )
        lines = np.array(self._lines, dtype=np.int64)
        batch = Batch(table, lines, bytes_read, tuple(self._refused), self._skipped)
        self._clear()
        return batch
