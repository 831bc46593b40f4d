"""The promise of docs/guide/adding-a-source.md: a source is a folder, and nothing outside it changes."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from touchline.events import sources
from touchline.events.readers.opening import open_sheet
from touchline.events.sources.catalogue import named_sources

TEMPLATES = Path(__file__).parents[5] / "docs" / "guide" / "source-template"
FIXTURE = TEMPLATES / "points_ledger" / "tests" / "bookings.csv"


@pytest.fixture
def with_template(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(sources, "__path__", [*sources.__path__, str(TEMPLATES)])
    named_sources.cache_clear()
    yield
    named_sources.cache_clear()
    for name in [name for name in sys.modules if ".points_ledger" in name]:
        del sys.modules[name]


@pytest.mark.usefixtures("with_template")
def test_a_folder_dropped_beside_the_others_is_a_source(read_file) -> None:
    sure = {source.name: source.recognises(open_sheet(FIXTURE).columns) for source in named_sources()}
    [template] = [source for source in named_sources() if source.name == "points_ledger"]

    assert [name for name, confidence in sure.items() if confidence > 0] == ["points_ledger"]
    assert [type(result).__name__ for result in read_file(template, FIXTURE)] == [
        "Event",
        "Event",
        "Skipped",
        "Refused",
    ]


def test_without_it_nobody_knows_the_file() -> None:
    assert not any(source.recognises(open_sheet(FIXTURE).columns) for source in named_sources())
