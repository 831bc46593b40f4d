"""How a delimited text file is written: its delimiter, what stands above the header, and where the rows begin."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from touchline.events.readers.header import LOOKED_AT_ROWS, Header, NumberedRow, find_header, usual_width
from touchline.events.readers.lines import LINE_LIMIT_BYTES

DELIMITERS = (",", ";", "\t", "|")
csv.field_size_limit(LINE_LIMIT_BYTES)


@dataclass(frozen=True)
class Dialect:
    """What the first lines of the file tell about all of it."""

    delimiter: str
    header: Header
    first_line: int
    """Physical line of the first row of data."""
    header_lines: int
    """Physical lines up to there."""
    notes: tuple[str, ...]


def sniff_dialect(lines: Sequence[str]) -> Dialect | None:
    """Look at the first lines (each with its newline). None when nothing but comments and empty lines is there."""
    comment = _comment_block(lines)
    delimiter = _delimiter(lines[comment:] or lines)
    comment = _without_header(lines, comment, delimiter)
    rows = parse_rows(lines[comment:], delimiter, comment + 1, LOOKED_AT_ROWS + 1)
    header = find_header(rows)
    if header is None:
        return None
    after = rows[header.data_index][0] if header.data_index < len(rows) else len(lines) + 1
    notes = (f"Skipped {comment} comment lines above the column names.",) if comment else ()
    return Dialect(delimiter, _uncommented(header), after, after - 1, notes + header.notes)


def parse_rows(lines: Sequence[str], delimiter: str, first_line: int, limit: int | None = None) -> list[NumberedRow]:
    """Cells of each record with the physical line it begins on."""
    reader = csv.reader(iter(lines), delimiter=delimiter)
    rows: list[NumberedRow] = []
    begins = first_line
    try:
        for cells in islice(reader, limit):
            rows.append((begins, cells))
            begins = first_line + reader.line_num
    except csv.Error:
        return rows
    return rows


def _comment_block(lines: Sequence[str]) -> int:
    """How many lines from the top begin with '#' or are empty, if any begins with '#'."""
    count = 0
    for line in lines:
        if line.strip() and not line.startswith("#"):
            break
        count += 1
    return count if any(line.startswith("#") for line in lines[:count]) else 0


def _without_header(lines: Sequence[str], comment: int, delimiter: str) -> int:
    """Typeform's first column is called '#': a '#' line as wide as the rows below is the header itself."""
    if _as_wide_as_all(lines, delimiter):
        return 0
    if not comment or not lines[comment - 1].startswith("#"):
        return comment
    last = parse_rows([lines[comment - 1]], delimiter, 1)
    below = parse_rows(lines[comment:], delimiter, 1, LOOKED_AT_ROWS)
    if not last or len(last[0][1]) < 2:
        return comment
    fits = not below or len(last[0][1]) == usual_width([cells for _, cells in below])
    return comment - 1 if fits else comment


def _as_wide_as_all(lines: Sequence[str], delimiter: str) -> bool:
    widths = [len(cells) for _, cells in parse_rows(lines, delimiter, 1, LOOKED_AT_ROWS) if cells]
    return len(widths) > 1 and widths[0] > 1 and widths.count(widths[0]) == len(widths)


def _uncommented(header: Header) -> Header:
    """'# id,time' names its first column 'id'; '#' alone is a name."""
    first = header.columns[0]
    if not first.startswith("# ") or not header.as_written:
        return header
    return Header((first[1:].strip(), *header.columns[1:]), header.as_written, header.data_index, header.notes)


def _delimiter(lines: Sequence[str]) -> str:
    return max(DELIMITERS, key=lambda mark: _agreement(lines, mark))


def _agreement(lines: Sequence[str], mark: str) -> tuple[bool, float, bool, int]:
    """How well the rows agree on a number of cells when cut at this mark."""
    rows = [cells for _, cells in parse_rows(lines, mark, 1, LOOKED_AT_ROWS) if cells]
    if not rows:
        return (False, 0.0, False, 0)
    width = usual_width(rows)
    share = sum(len(cells) == width for cells in rows) / len(rows)
    header_fits = abs(len(rows[0]) - width) <= 1 and len(rows[0]) > 1
    return (width > 1, round(share, 1) + header_fits, header_fits, width)
