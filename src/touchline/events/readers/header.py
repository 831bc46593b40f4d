"""Where the header of a table stands, and what its columns are called."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

LOOKED_AT_ROWS = 200
_DATE = re.compile(r"^\d{4}-\d{1,2}-\d{1,2}|^\d{1,2}[./]\d{1,2}[./]\d{2,4}")
_NUMBER = re.compile(r"^[+-]?\d[\d.,]*$")
_EMAIL = re.compile(r"^[^@\s]+@[^@\s]+\.[^@\s]+$")

NumberedRow = tuple[int, list[str]]
"""Physical line, cells."""


@dataclass(frozen=True)
class Header:
    """The names of the columns and the place of the first row of data among the rows looked at."""

    columns: tuple[str, ...]
    as_written: tuple[str, ...]
    data_index: int
    notes: tuple[str, ...]


def find_header(rows: Sequence[NumberedRow]) -> Header | None:
    """Find the header among the first rows; None when there is none but empty rows."""
    filled = [index for index, (_, cells) in enumerate(rows[:LOOKED_AT_ROWS]) if any(map(str.strip, cells))]
    if not filled:
        return None
    width = usual_width([rows[index][1] for index in filled])
    at = next(index for index in filled if _may_be_header(rows[index][1], width, first=index == filled[0]))
    line, cells = rows[at]
    if at != filled[-1] and _looks_like_data(cells, rows[filled[filled.index(at) + 1]][1]):
        names = tuple(f"column {number}" for number in range(1, len(cells) + 1))
        return Header(names, (), at, (f"Line {line} holds data and no column names: the columns are numbered.",))
    notes = () if at == filled[0] else (f"Skipped what stands above the column names in line {line}.",)
    padded = cells + [""] * (width - len(cells)) if _only_last_missing(rows, filled, at, width) else cells
    if len(padded) == width + 1 and not padded[-1].strip() and at != filled[-1]:
        padded = padded[:-1]
    return Header(column_names(padded), tuple(cells), at + 1, notes)


def usual_width(rows: Sequence[Sequence[str]]) -> int:
    """The number of cells most rows have; of two equally common ones the larger."""
    counts = Counter(map(len, rows))
    return max(counts, key=lambda width: (counts[width], width))


def column_names(cells: Sequence[str]) -> tuple[str, ...]:
    """Trim names, number the nameless and tell doubled ones apart: 'name', 'name (2)'."""
    taken: set[str] = set()
    names: list[str] = []
    for position, cell in enumerate(cells, start=1):
        written = cell.strip() or f"column {position}"
        name, nth = written, 1
        while name in taken:
            nth += 1
            name = f"{written} ({nth})"
        taken.add(name)
        names.append(name)
    return tuple(names)


def _may_be_header(cells: Sequence[str], width: int, *, first: bool) -> bool:
    """The first row may lack, or have too much, one empty cell at its end; rows further down may not."""
    if first and len(cells) == width - 1 and width > 2:
        return True
    if first and len(cells) == width + 1 and width > 1 and not cells[-1].strip():
        return True
    return len(cells) == width


def _only_last_missing(rows: Sequence[NumberedRow], filled: Sequence[int], at: int, width: int) -> bool:
    below = [rows[index][1] for index in filled if index > at]
    return len(rows[at][1]) == width - 1 and all(not cells[-1].strip() for cells in below if len(cells) == width)


def _looks_like_data(cells: Sequence[str], below: Sequence[str]) -> bool:
    """A date or an address that stands over another, or mostly numbers over numbers."""
    pairs = [(cell.strip(), under.strip()) for cell, under in zip(cells, below, strict=False)]
    for shape in (_DATE, _EMAIL):
        if any(shape.match(cell) and shape.match(under) for cell, under in pairs):
            return True
    numbers = sum(bool(_NUMBER.match(cell) and _NUMBER.match(under)) for cell, under in pairs)
    return numbers * 2 > len(pairs)
