"""The first rows of a table, as the proposal looks at them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import pyarrow as pa

from touchline.events.mapping.cells import filled
from touchline.events.mapping.shapes import Shape


@dataclass(frozen=True)
class Sample:
    """Some rows by column; a cell that says nothing is None."""

    columns: dict[str, list[str | None]]
    rows: int
    zone: str

    @classmethod
    def of(cls, columns: Sequence[str], table: pa.Table, zone: str) -> Sample:
        """Take the named columns of a table of text; one that the table lacks is empty."""
        there = set(table.column_names)
        cells: dict[str, list[str | None]] = {
            name: filled(table[name]).to_pylist() if name in there else [None] * table.num_rows for name in columns
        }
        return cls(cells, table.num_rows, zone)

    @cached_property
    def shapes(self) -> dict[str, Shape]:
        """Header -> what its cells look like."""
        return {
            header: Shape(header, tuple(cell for cell in cells if cell is not None), self.rows, self.zone)
            for header, cells in self.columns.items()
        }

    def values_per(self, group: str, column: str) -> dict[str, set[str]]:
        """Give the different cells of one column for each cell of another; rows that lack either are left out."""
        found: dict[str, set[str]] = defaultdict(set)
        for key, cell in zip(self.columns[group], self.columns[column], strict=True):
            if key is not None and cell is not None:
                found[key].add(cell)
        return found

    def rows_per(self, group: str) -> dict[str, int]:
        """Give the number of rows for each cell of a column."""
        found: dict[str, int] = defaultdict(int)
        for key in self.columns[group]:
            if key is not None:
                found[key] += 1
        return found

    def unnamed(self, headers: Sequence[str]) -> float:
        """Share of rows in which all of these columns are empty."""
        if not self.rows:
            return 0.0
        return (
            sum(all(cell is None for cell in row) for row in zip(*(self.columns[h] for h in headers), strict=True))
            / self.rows
        )
