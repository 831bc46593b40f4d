"""What sources of named columns have in common: being recognised by them, and refusing a row with a sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from touchline.events.rules import Refused
from touchline.events.sources.cells import CellError
from touchline.events.sources.headers import likeness
from touchline.events.sources.protocol import Context, Result, Row

ReadRow = Callable[[int, Mapping[str, str], Context], Iterable[Result]]
ReadRows = Callable[[Iterable[Row], Context], Iterator[Result]]


@dataclass(frozen=True)
class TableSource:
    """A source whose files are tables with a known header; fields as in protocol.Source."""

    name: str
    title: str
    formats: tuple[str, ...]
    columns: Mapping[str, tuple[str, ...]]
    required: tuple[str, ...]
    joins_people: str
    time_zone: str
    becomes: tuple[str, ...]
    read: ReadRows
    likeness: Callable[[tuple[str, ...]], float] | None = None
    """How sure a header makes it, where comparing column names does not tell."""

    leaves: Callable[[tuple[str, ...]], tuple[str, ...]] | None = None
    """What it says of a header with columns that it does not read on purpose."""

    def recognises(self, header: tuple[str, ...]) -> float:
        """Confidence 0 to 1; see headers.likeness."""
        return self.likeness(header) if self.likeness else likeness(header, self.columns, self.required)

    def left_out(self, header: tuple[str, ...]) -> tuple[str, ...]:
        """Sentences about columns of this file that are not read on purpose."""
        return self.leaves(header) if self.leaves else ()


def each_row(read_row: ReadRow) -> ReadRows:
    """Make a reader of rows from a reader of one row; a cell that cannot be read refuses its row."""

    def read(rows: Iterable[Row], context: Context) -> Iterator[Result]:
        for line, cells in rows:
            try:
                results = list(read_row(line, cells, context))
            except CellError as error:
                results = [Refused(line, str(error), dict(cells))]
            yield from results

    return read


def without_aliases(*names: str) -> dict[str, tuple[str, ...]]:
    """Columns that have only ever been spelled one way."""
    return dict.fromkeys(names, ())
