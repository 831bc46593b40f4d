"""CSV and TSV: streamed through pyarrow in blocks of whole records, with exact physical lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Literal, cast

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from touchline.events.readers.dialect import Dialect, parse_rows, sniff_dialect
from touchline.events.readers.encoding import INVALID, INVALID_UTF8, SAMPLE_BYTES, Encoding, as_utf8, sniff_encoding
from touchline.events.readers.lines import KEPT_CHARACTERS, LINE_LIMIT_BYTES, LineBlock, line_blocks, too_long
from touchline.events.readers.raw import BLOCK_BYTES, RawBlock, check_is_file, raw_blocks
from touchline.events.readers.records import Records, split_records
from touchline.events.readers.sheet import EMPTY_LINE, HEADER_AGAIN, WHOLE_LINE, Batch, Sheet, UnreadableFileError
from touchline.events.rules import Refused


@dataclass(frozen=True)
class _Plan:
    """Everything the first lines told."""

    path: Path
    encoding: Encoding
    dialect: Dialect
    old_mac: bool
    """Lines end with a lone carriage return."""
    header_bytes: int
    """Bytes of UTF-8 up to the first row of data."""


def open_delimited(path: Path, block_bytes: int = BLOCK_BYTES) -> Sheet:
    """Open a text file of delimited cells. Raises UnreadableFileError when it holds no such table."""
    plan = _plan(path)
    dialect = plan.dialect
    return Sheet(
        file=path,
        format="tsv" if dialect.delimiter == "\t" else "csv",
        columns=dialect.header.columns,
        batches=_batches(plan, block_bytes),
        bytes=check_is_file(path),
        encoding=plan.encoding.codec,
        delimiter=dialect.delimiter,
        notes=plan.encoding.notes + dialect.notes,
    )


def _plan(path: Path) -> _Plan:
    encoding = sniff_encoding(path)
    sample, whole = _sample(path, encoding)
    old_mac = b"\n" not in sample and b"\r" in sample
    text = _unified(sample, old_mac=old_mac).decode("utf-8", "replace")
    lines = text.splitlines(keepends=True) if text.isascii() else _lines(text)
    if not whole and len(lines) > 1:
        lines.pop()
    dialect = sniff_dialect(lines)
    if dialect is None:
        raise UnreadableFileError(f"{path} holds no rows: a header line and rows of cells were expected.")
    written = sample.replace(b"\r", b"\n") if old_mac else sample
    return _Plan(path, encoding, dialect, old_mac, _end_of_line(written, dialect.header_lines))


def _sample(path: Path, encoding: Encoding) -> tuple[bytes, bool]:
    """The first megabyte as UTF-8, more while it holds no whole line, and whether that is the whole file."""
    sample = b""
    for block in as_utf8(raw_blocks(path, SAMPLE_BYTES), encoding):
        if b"\n" in sample or b"\r" in sample[:-1]:
            return sample, False
        sample += block.data
        if len(sample) > LINE_LIMIT_BYTES and not (b"\n" in sample or b"\r" in sample):
            raise UnreadableFileError(f"{path}: {too_long(1, b'').reason}")
    return sample, True


def _lines(text: str) -> list[str]:
    """Split at newlines only: Unicode has other line separators, which are text here."""
    return [line + "\n" for line in text.removesuffix("\n").split("\n")]


def _end_of_line(data: bytes, line: int) -> int:
    """Position after the nth newline, or the end."""
    at = 0
    for _ in range(line):
        at = data.find(b"\n", at) + 1
        if at == 0:
            return len(data)
    return at


def _unified(data: bytes, *, old_mac: bool) -> bytes:
    """End lines with a newline only; a lone carriage return inside a line is a space to the eye, so it becomes one."""
    if b"\r" not in data:
        return data
    if old_mac:
        return data.replace(b"\r", b"\n")
    return data.replace(b"\r\n", b"\n").replace(b"\r", b" ")


def _batches(plan: _Plan, block_bytes: int) -> Iterator[Batch]:
    raw = as_utf8(raw_blocks(plan.path, block_bytes), plan.encoding)
    if plan.old_mac:
        raw = (RawBlock(block.data.replace(b"\r", b"\n"), block.bytes_read) for block in raw)
    rest, rest_line = b"", plan.dialect.first_line
    waiting: LineBlock | None = None
    for block in line_blocks(raw, plan.dialect.first_line, plan.header_bytes):
        if waiting is not None:
            records = _records(plan, waiting, rest, rest_line, last=False)
            yield from _batch(plan, records, waiting)
            rest, rest_line = records.rest, records.rest_line
        waiting = block
    if waiting is not None:
        yield from _batch(plan, _records(plan, waiting, rest, rest_line, last=True), waiting)


def _records(plan: _Plan, block: LineBlock, rest: bytes, rest_line: int, *, last: bool) -> Records:
    data = rest + _unified(block.data, old_mac=plan.old_mac)
    return split_records(data, rest_line if rest else block.first_line, plan.dialect.delimiter, last=last)


def _batch(plan: _Plan, records: Records, block: LineBlock) -> Iterator[Batch]:
    table, lines, ragged = _table(plan, records)
    skipped = {EMPTY_LINE: records.empty} if records.empty else {}
    kept = np.ones(table.num_rows, dtype=bool)
    if (blank := _blank_rows(table)) is not None:
        kept &= ~blank
        skipped[EMPTY_LINE] = skipped.get(EMPTY_LINE, 0) + int(blank.sum())
    if (again := _header_rows(table, plan.dialect.header.as_written)) is not None:
        kept &= ~again
        skipped[HEADER_AGAIN] = int(again.sum())
    invalid: tuple[Refused, ...] = ()
    if INVALID_UTF8 in records.data:
        broken = _invalid_rows(table)
        invalid = tuple(_of_another_encoding(plan, table, lines, int(row)) for row in np.flatnonzero(broken & kept))
        kept &= ~broken
    if not kept.all():
        table, lines = table.filter(pa.array(kept)), lines[kept]
    refused = block.refused + records.refused + ragged + invalid
    if table.num_rows or refused or skipped:
        yield Batch(table, lines, block.bytes_read, refused, skipped)


def _table(plan: _Plan, records: Records) -> tuple[pa.Table, np.ndarray, tuple[Refused, ...]]:
    columns = plan.dialect.header.columns
    if not records.lines.size:
        return pa.table({name: pa.array([], pa.string()) for name in columns}), records.lines, ()
    ragged: list[Refused] = []

    ragged_rows: list[int] = []

    def refuse(row: pyarrow.csv.InvalidRow) -> Literal["skip"]:
        at = int(row.number or 1) - 1
        ragged.append(_ragged(plan, int(records.lines[at]), row.text))
        ragged_rows.append(at)
        return "skip"

    table = pyarrow.csv.read_csv(
        cast("IO[bytes]", pa.BufferReader(records.data)),
        read_options=pyarrow.csv.ReadOptions(
            use_threads=False, column_names=list(columns), block_size=max(len(records.data) + 1, 1024)
        ),
        parse_options=pyarrow.csv.ParseOptions(
            delimiter=plan.dialect.delimiter, newlines_in_values=True, invalid_row_handler=refuse
        ),
        convert_options=pyarrow.csv.ConvertOptions(
            check_utf8=False, column_types=dict.fromkeys(columns, pa.string()), strings_can_be_null=False
        ),
    )
    return table, np.delete(records.lines, ragged_rows), tuple(ragged)


def _ragged(plan: _Plan, line: int, text: str) -> Refused:
    columns = plan.dialect.header.columns
    cells = parse_rows([text], plan.dialect.delimiter, line)[0][1]
    names = [*columns, *(f"column {number}" for number in range(len(columns) + 1, len(cells) + 1))]
    has = "1 cell" if len(cells) == 1 else f"{len(cells)} cells"
    reason = f"Line {line} has {has}; {len(columns)} were expected, one for each column name."
    content = dict(zip(names, map(_shown, cells), strict=False))
    return Refused(line, reason, content | {WHOLE_LINE: _shown(text.rstrip("\r\n"))[:KEPT_CHARACTERS]})


def _of_another_encoding(plan: _Plan, table: pa.Table, lines: np.ndarray, row: int) -> Refused:
    line = int(lines[row])
    cells = {name: _shown(table.column(name)[row].as_py()) for name in table.column_names}
    column = next(name for name in table.column_names if INVALID in table.column(name)[row].as_py())
    expected = {"cp1252": "Windows-1252"}.get(plan.encoding.codec, plan.encoding.codec[:6].upper())
    return Refused(line, f"Column {column!r} of line {line} holds bytes that are not {expected} text.", cells)


def _shown(cell: str) -> str:
    return cell.replace(INVALID, "\ufffd")


def _blank_rows(table: pa.Table) -> np.ndarray | None:
    """Rows like ',,,': spreadsheets leave them behind."""
    return _where_all(table, [""] * table.num_columns)


def _header_rows(table: pa.Table, as_written: tuple[str, ...]) -> np.ndarray | None:
    """Files put one after the other repeat their header."""
    return _where_all(table, as_written) if len(as_written) == table.num_columns else None


def _where_all(table: pa.Table, cells: list[str] | tuple[str, ...]) -> np.ndarray | None:
    """Rows whose cells are exactly these; None when there are none. Costs one column in the usual case."""
    found: np.ndarray | None = None
    for column, cell in zip(table.columns, cells, strict=True):
        equal = pc.equal(column, pa.scalar(cell, pa.string())).to_numpy()
        found = equal if found is None else found & equal
        if not found.any():
            return None
    return found


def _invalid_rows(table: pa.Table) -> np.ndarray:
    broken = np.zeros(table.num_rows, dtype=bool)
    for column in table.columns:
        broken |= pc.match_substring(column, INVALID).to_numpy()
    return broken
