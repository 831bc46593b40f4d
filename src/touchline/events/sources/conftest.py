"""What the tests of every source share: their fixture file, read into rows as an import reads it."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from touchline.events.rules import Event, Refused, SeriesPoint, Skipped
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
    def refused(self) -> list[Refused]:
        return [result for result in self if isinstance(result, Refused)]

    @property
    def skipped(self) -> list[Skipped]:
        return [result for result in self if isinstance(result, Skipped)]

    def named(self, name: str) -> list[Event]:
        return [event for event in self.events if event.name == name]

    def on(self, line: int) -> list[Result]:
        return [result for result in self if result.line == line]


def rows_of(path: Path, source: Source) -> tuple[tuple[str, ...], list[Row]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file)
        header = tuple(next(reader))
        names = canonical_names(header, source.columns)
        rows: list[Row] = []
        begins = reader.line_num + 1
        for cells in reader:
            rows.append((begins, {names[name]: cell for name, cell in zip(header, cells, strict=True)}))
            begins = reader.line_num + 1
    return header, rows


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
        header, rows = rows_of(path, source)
        from_file = Context(context.zone, context.currency, path.name, header)
        results = Results(source.read(rows, from_file))
        assert {line for line, _ in rows} == {result.line for result in results}, "a row left no trace"
        return results

    return read
