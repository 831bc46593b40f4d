"""What the tests of every source share: their fixture file, read into rows as an import reads it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from touchline.events.readers.opening import open_sheet
from touchline.events.readers.sheet import Sheet
from touchline.events.rules import Event, Observation, Refused, SeriesPoint, Skipped
from touchline.events.sources.headers import canonical_names
from touchline.events.sources.protocol import Context, Result, Row, Source

Reading = Callable[..., "Results"]


class Results(list[Result]):
    """What a source made of a file, by kind."""

    @property
    def events(self) -> list[Event]:
        return [result for result in self if isinstance(result, Event)]

    @property
    def points(self) -> list[SeriesPoint]:
        return [result for result in self if isinstance(result, SeriesPoint)]

    @property
    def observations(self) -> list[Observation]:
        return [result for result in self if isinstance(result, Observation)]

    @property
    def refused(self) -> list[Refused]:
        return [result for result in self if isinstance(result, Refused)]

    @property
    def skipped(self) -> list[Skipped]:
        return [result for result in self if isinstance(result, Skipped)]

    def named(self, name: str) -> list[Event]:
        return [event for event in self.events if event.name == name]

    def on(self, line: int) -> list[Result]:
        return [result for result in self if result.line == line]


def rows_of(sheet: Sheet, source: Source) -> Iterator[Row]:
    names = canonical_names(sheet.columns, source.columns)
    for batch in sheet.batches:
        for line, cells in zip(batch.lines.tolist(), batch.table.to_pylist(), strict=True):
            yield line, {names[column]: cell for column, cell in cells.items() if cell is not None}


@pytest.fixture
def context() -> Context:
    return Context(zone=ZoneInfo("Europe/Berlin"), currency="EUR", file="export.csv", columns=())


@pytest.fixture
def read_rows(context: Context) -> Reading:
    """Read typed rows: each keyword-less argument is a mapping of cells, on lines 2, 3, ..."""

    def read(source: Source, *cells: dict[str, str]) -> Results:
        return Results(source.read(enumerate(cells, start=2), context))

    return read


@pytest.fixture
def read_file(context: Context) -> Reading:
    def read(source: Source, path: Path) -> Results:
        sheet = open_sheet(path)
        rows = list(rows_of(sheet, source))
        results = Results(source.read(rows, replace(context, file=path.name, columns=sheet.columns)))
        assert {line for line, _ in rows} == {result.line for result in results}, "a row left no trace"
        return results

    return read
