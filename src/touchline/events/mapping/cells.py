"""The cells of one batch, by role, and the rows refused for them."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from touchline.events.mapping.distinct import Column
from touchline.events.mapping.roles import Mapping
from touchline.events.readers.sheet import Batch
from touchline.events.rules import Refused, Skipped

NOTHING: Final = ("", "null", "NULL", "Null", "none", "None", "nan", "NaN", "NAN", "n/a", "N/A", "#N/A", "\\N", "NaT")
"""What exports write where there is nothing."""


@cache
def _nothing() -> pa.Array[Any]:
    return pa.array(NOTHING)  # the first array loads pandas, where it is installed: half a second


def filled(column: Column) -> Column:
    """Give a column as one array of trimmed text, null where the cell says nothing."""
    whole = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    trimmed = pc.utf8_trim_whitespace(whole.cast(pa.string()))
    empty = pc.is_in(trimmed, value_set=_nothing())
    return pc.if_else(empty, pa.scalar(None, pa.string()), trimmed) if pc.any(empty).as_py() else trimmed


@dataclass
class Cells:
    """One batch seen through a mapping; collects what is refused while it is read."""

    mapping: Mapping
    batch: Batch
    reasons: dict[int, str] = field(default_factory=dict)
    """Row -> first reason to refuse it."""
    _read: dict[str, Column] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        """Rows of the batch."""
        return int(self.batch.table.num_rows)

    def of(self, role: str) -> Column | None:
        """The cells of a role's column; None where the mapping has none for it."""
        header = self.mapping.columns.get(role)
        return None if header is None else self.column(header)

    def column(self, header: str) -> Column:
        """The cells of a column, trimmed, null where empty; all null where this file lacks it."""
        if header not in self._read:
            found = header in self.batch.table.column_names
            self._read[header] = filled(self.batch.table[header]) if found else pa.nulls(self.rows, pa.string())
        return self._read[header]

    def refuse(self, bad: np.ndarray, role: str, expected: str) -> None:
        """Refuse the rows of a mask because of their cell in a role's column."""
        if not bad.any():
            return
        header, cells = self.mapping.columns[role], self.of(role)
        for row in np.flatnonzero(bad).tolist():
            found = cells[row].as_py() if cells is not None else None
            told = (
                f"{header}: found {found!r}, expected {expected}."
                if found
                else f"{header} is empty, expected {expected}."
            )
            self.reasons.setdefault(row, told)

    def unread(self, role: str, read: np.ndarray) -> np.ndarray:
        """Mask of the cells of a role that hold something that was not read."""
        cells = self.of(role)
        return np.zeros(self.rows, bool) if cells is None else there(cells) & ~read

    def sorted_out(self) -> tuple[np.ndarray, list[Refused], list[Skipped]]:
        """Mask of the rows that stay, and those that do not: empty lines and the header again are skipped."""
        stay = np.ones(self.rows, bool)
        if not self.reasons:
            return stay, [], []
        rows = sorted(self.reasons)
        stay[rows] = False
        refused, skipped = [], []
        contents = self.batch.table.take(pa.array(rows)).to_pylist()
        for row, content in zip(rows, contents, strict=True):
            line = int(self.batch.lines[row])
            written = {header: cell or "" for header, cell in content.items()}
            why = _holds_no_event(written)
            if why:
                skipped.append(Skipped(line, why))
            else:
                refused.append(Refused(line, self.reasons[row], written))
        return stay, refused, skipped


def there(cells: Column) -> np.ndarray:
    """Mask of the cells that hold something."""
    return np.asarray(cells.is_valid().to_numpy(zero_copy_only=False), dtype=bool)


def _holds_no_event(content: dict[str, str]) -> str | None:
    cells = {header: cell.strip() for header, cell in content.items()}
    if not any(cells.values()):
        return "an empty line"
    if all(cell == header.strip() for header, cell in cells.items()):
        return "the header again"
    return None
