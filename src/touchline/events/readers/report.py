"""A report written as CSV: comment lines that date it, then one table or several, each under its own header.

Analytics interfaces write these. All tables become one sheet: its columns are those of every table, and what the comment
lines say of a table stands beside each of its rows.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa

from touchline.events.readers.dialect import DELIMITERS
from touchline.events.readers.encoding import INVALID, Encoding, as_utf8, sniff_encoding
from touchline.events.readers.header import column_names
from touchline.events.readers.lines import KEPT_CHARACTERS, line_blocks
from touchline.events.readers.raw import check_is_file, raw_blocks
from touchline.events.readers.sheet import WHOLE_LINE, Batch, Sheet, UnreadableFileError
from touchline.events.rules import Refused

TITLE: Final = "report title"
PROPERTY: Final = "report property"
START: Final = "report start date"
END: Final = "report end date"
SAID_ABOVE: Final = (TITLE, PROPERTY, START, END)
"""Columns made of the comment lines above a table; the dates as written there, YYYYMMDD."""
BEYOND: Final = "beside the last column"
"""Column of the one cell that a row may have more than its table: the words 'Grand total'."""

_BATCH_ROWS = 20_000
_LONGEST_ROW = 64 * 1024
"""Characters; a quotation mark that is still open behind them was never meant to open."""
_BLANK = " \t,;"
_DATED = re.compile(r"^#\s*[^\s:#][^:]*:\s*(20\d{6})\s*$")
_PERIOD = re.compile(r"^#\s*(20\d{6})\s*-\s*(20\d{6})\s*$")
_SAID = re.compile(r"^#\s*(?P<what>[^:]+):\s*(?P<value>.*\S)\s*$")
_RULE = re.compile(r"^#[\s-]*$")
_NUMBER = re.compile(r"^[+-]?\d[\d.,]*%?$")


@dataclass(frozen=True)
class _Table:
    """One table: its header, and what stands above it."""

    columns: tuple[str, ...]
    delimiter: str
    said: tuple[str, ...]
    """In the order of SAID_ABOVE; '' for what is not said."""


@dataclass(frozen=True)
class _Record:
    """One row of a table; `cells` may be more or fewer than its columns."""

    table: _Table
    line: int
    cells: list[str]
    text: str


@dataclass
class _Above:
    """What the comment lines said so far; the dates hold until others are stated."""

    title: str = ""
    property: str = ""
    dates: list[str] = field(default_factory=list)
    is_new: bool = True
    """A comment or an empty line stands between the last row and the next."""

    def read(self, line: str) -> None:
        self.is_new = True
        period, dated, said = _PERIOD.match(line), _DATED.match(line), _SAID.match(line)
        if period:
            self.dates = [period[1], period[2]]
        elif dated:
            self.dates = [*self.dates[len(self.dates) // 2 * 2 :], dated[1]]
        elif said and said["what"].strip().casefold() == "property":
            self.property = said["value"]
        elif line.startswith("#") and not _RULE.match(line) and not self.title:
            self.title = line[1:].strip()

    def said(self) -> tuple[str, ...]:
        start, end = (*self.dates, "", "")[:2]
        return (self.title, self.property, start, end)


def is_report(start: str) -> bool:
    """Whether a text begins with comment lines that state two dates as YYYYMMDD, its first day and its last."""
    dated = 0
    for line in start.splitlines():
        if line.strip() and not line.startswith("#"):
            return False
        dated += 2 * bool(_PERIOD.match(line)) + bool(_DATED.match(line))
        if dated >= 2:
            return True
    return False


def open_report(path: Path) -> Sheet:
    """Open a report. Raises UnreadableFileError when no table stands below its comment lines."""
    encoding = sniff_encoding(path)
    tables = list(dict.fromkeys(record.table for record, _ in _records(path, encoding)))
    if not tables:
        raise UnreadableFileError(f"{path} holds comment lines and no rows below them: a table was expected.")
    columns = tuple(dict.fromkeys(name for table in tables for name in table.columns))
    columns = (*columns, *SAID_ABOVE, BEYOND)
    count = len({table.columns for table in tables})
    notes = (
        *encoding.notes,
        f"Read {'one table' if count == 1 else f'{count} tables'} of a report, with the dates stated above.",
    )
    return Sheet(
        path,
        "csv",
        columns,
        _batches(path, encoding, columns),
        check_is_file(path),
        encoding.codec,
        tables[0].delimiter,
        notes,
    )


def _batches(path: Path, encoding: Encoding, columns: tuple[str, ...]) -> Iterator[Batch]:
    rows: list[dict[str, str]] = []
    lines: list[int] = []
    refused: list[Refused] = []
    position = 0
    for record, position in _records(path, encoding):
        cells = _cells(record)
        if isinstance(cells, Refused):
            refused.append(cells)
        else:
            rows.append(cells)
            lines.append(record.line)
        if len(rows) + len(refused) >= _BATCH_ROWS:
            yield _batch(rows, lines, refused, columns, position)
            rows, lines, refused = [], [], []
    if rows or refused:
        yield _batch(rows, lines, refused, columns, position)


def _batch(
    rows: list[dict[str, str]], lines: list[int], refused: list[Refused], columns: tuple[str, ...], position: int
) -> Batch:
    table = pa.table({name: pa.array([row.get(name) for row in rows], pa.string()) for name in columns})
    return Batch(table, np.array(lines, dtype=np.int64), position, tuple(refused))


def _cells(record: _Record) -> dict[str, str] | Refused:
    """The cells of a row by the columns of its table, or why it is none."""
    table, cells = record.table, record.cells
    width = len(table.columns)
    row = dict(zip(table.columns, cells, strict=False))
    said = {name: value for name, value in zip(SAID_ABOVE, table.said, strict=True) if value}
    if INVALID in record.text:
        reason = f"Line {record.line} holds bytes that are not text in the encoding of the file."
    elif len(cells) == width + 1:
        return {**row, **said, BEYOND: cells[-1]}
    elif len(cells) == width:
        return {**row, **said}
    else:
        has = "1 cell" if len(cells) == 1 else f"{len(cells)} cells"
        reason = f"Line {record.line} has {has}; {width} were expected, one for each column name of its table."
    shown = {name: cell.replace(INVALID, "\ufffd") for name, cell in row.items()}
    return Refused(
        record.line, reason, {**shown, **said, WHOLE_LINE: record.text.replace(INVALID, "\ufffd")[:KEPT_CHARACTERS]}
    )


def _records(path: Path, encoding: Encoding) -> Iterator[tuple[_Record, int]]:
    """The rows of all tables, each with how far into the file it stands."""
    above = _Above()
    table: _Table | None = None
    for line, text, position in _logical_lines(path, encoding):
        if not text.strip(_BLANK) or text.startswith("#"):
            above.read(text)
            continue
        if table is None or (above.is_new and _is_header(text, table.delimiter)):
            delimiter = max(DELIMITERS, key=text.count)
            table = _Table(column_names(_split(text, delimiter)), delimiter, above.said())
            above = replace(above, title="", is_new=False)
            continue
        above.is_new = False
        yield _Record(table, line, _split(text, table.delimiter), text), position


def _is_header(text: str, delimiter: str) -> bool:
    """Behind an empty or a comment line, a row without any number begins another table."""
    cells = [cell.strip() for cell in _split(text, delimiter)]
    return len(cells) > 1 and all(cells) and not any(map(_NUMBER.match, cells))


def _split(text: str, delimiter: str) -> list[str]:
    """The cells of a row; one cell for what is none, such as a line end behind a mark in the middle of a cell."""
    try:
        return next(csv.reader([text], delimiter=delimiter), [])
    except csv.Error:
        return [text]


def _logical_lines(path: Path, encoding: Encoding) -> Iterator[tuple[int, str, int]]:
    """Lines, joined where a quotation mark is still open, with the physical line on which they begin."""
    pending: list[str] = []
    begins, position, kept = 0, 0, 0
    is_open = False
    for block in line_blocks(as_utf8(raw_blocks(path), encoding)):
        position = block.bytes_read
        if block.refused:
            raise UnreadableFileError(f"{path}: {block.refused[0].reason}")
        for number, line in enumerate(block.data.removesuffix(b"\n").split(b"\n"), start=block.first_line):
            text = line.decode("utf-8", "replace").removesuffix("\r")
            if not pending:
                begins, kept = number, 0
            pending.append(text)
            kept += len(text)
            if pending[1:] or not text.startswith("#"):
                is_open ^= text.count('"') % 2 == 1
            if is_open and kept < _LONGEST_ROW:
                continue
            yield begins, "\n".join(pending), position
            pending, is_open = [], False
    if pending:
        yield begins, "\n".join(pending), position
