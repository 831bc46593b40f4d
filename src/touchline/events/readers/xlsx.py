"""Excel workbooks (.xlsx), read row by row; a zip bomb is refused before anything of it is unpacked."""

from __future__ import annotations

import math
import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice
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
_ROWS_AT_ONCE = 1000
UNPACKED_LIMIT_BYTES = 2_000_000_000
RATIO_LIMIT = 200
"""Unpacked to packed, looked at above RATIO_FREE_BYTES: real sheets reach 30, bombs 1,000."""
RATIO_FREE_BYTES = 50_000_000
_DAMAGED = (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, ParseError, EOFError, OSError, TypeError)


def open_xlsx(path: Path) -> Sheet:
    """Open the first filled sheet of a workbook. Raises UnreadableFileError for a bomb or a damaged file."""
    size = check_is_file(path)
    _check_unpacked_size(path, size)
    found = _first_filled_sheet(path)
    notes = found.header.notes
    if found.others:
        notes += (f"Read the sheet {found.name!r}; {found.others} further sheets of the workbook were not read.",)
    columns = found.header.columns
    width = len(columns)
    sample = _table(columns, [(cells + [""] * width)[:width] for cells in found.sample])
    return Sheet(path, "xlsx", columns, _batches(path, found, size), size, notes=notes, sample=sample)


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


@dataclass(frozen=True)
class _Found:
    """The sheet that is read, and what its first rows told."""

    name: str
    others: int
    header: Header
    first_row: int
    """Row of the sheet with the first data."""
    sample: list[list[str]]


def _first_filled_sheet(path: Path) -> _Found:
    with _damage_told(path, "is not a whole Excel workbook"), _opened(path) as book:
        names = [sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible"]
        for name in names:
            rows = _squared(list(islice(_rows(book, name), LOOKED_AT_ROWS + 1)))
            if header := find_header(rows):
                after = header.data_index
                first = rows[after][0] if after < len(rows) else rows[-1][0] + 1
                return _Found(name, len(names) - 1, header, first, [cells for _, cells in rows[after:]])
    raise UnreadableFileError(f"{path} holds no rows: a header row and rows of cells were expected.")


@contextmanager
def _damage_told(path: Path, told: str) -> Iterator[None]:
    try:
        yield
    except _DAMAGED as error:
        raise UnreadableFileError(f"{path} {told}: {error}.") from None


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    """Opening costs as much as reading where a workbook does not tell its size, so it is done twice per file at most."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    try:
        yield book
    finally:
        book.close()


def _squared(rows: list[NumberedRow]) -> list[NumberedRow]:
    """Fill rows up to one width, but for lone cells: these are titles above a table, or remarks."""
    width = max((len(cells) for _, cells in rows), default=0)
    lone = 1 if width > 2 else 0
    return [(number, cells + [""] * (width - len(cells) if len(cells) > lone else 0)) for number, cells in rows]


def _rows(book: Any, name: str) -> Iterator[NumberedRow]:
    sheet = book[name]
    sheet.reset_dimensions()
    numbered = enumerate(sheet.iter_rows(values_only=True), start=1)
    while True:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of styles and dates it cannot show; we show the cell
            rows = list(islice(numbered, _ROWS_AT_ONCE))
        if not rows:
            return
        for number, cells in rows:
            yield number, _trimmed([cell_text(cell) for cell in cells])


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


def _batches(path: Path, found: _Found, size: int) -> Iterator[Batch]:
    sorter = _Sorter(found.header)
    with _damage_told(path, "is damaged"), _opened(path) as book:
        total = book[found.name].max_row or 0  # told by most programs, for the progress bar only
        for number, cells in _rows(book, found.name):
            if number >= found.first_row and sorter.add(number, cells) >= BATCH_ROWS:
                yield sorter.batch(bytes_read=size * number // max(total, number, 1) if total else size // 2)
    if sorter.rows:
        yield sorter.batch(bytes_read=size)


def _table(columns: tuple[str, ...], rows: list[list[str]]) -> pa.Table:
    cells = list(zip(*rows, strict=True)) or [()] * len(columns)
    return pa.table({name: pa.array(column, pa.string()) for name, column in zip(columns, cells, strict=True)})


class _Sorter:
    """Collects rows until a batch is full. Empty rows count only once a filled one follows them."""

    def __init__(self, header: Header) -> None:
        self._columns = header.columns
        self._as_written = _trimmed(list(header.as_written))
        self._empty_waiting = 0
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
