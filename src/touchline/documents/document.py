"""A document: what web page, PDF, slides, Markdown and terminal all write, each number with where it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from touchline.analyses.facade import Bars, Lines, Series, cell_words

LONGEST_FIGURE: Final = 24
"""Letters; what is longer is a sentence."""


@dataclass(frozen=True)
class Fact:
    """One figure."""

    name: str
    value: str
    link: str = ""
    """Path on the site that opens its evidence; '' where there is nothing to open."""
    note: str = ""
    """Its interval, or what it rests on."""


@dataclass(frozen=True)
class Said:
    """One sentence, with where it comes from."""

    sentence: str
    link: str = ""


@dataclass(frozen=True)
class Grid:
    """A small table; cells are written already."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    links: tuple[tuple[str, ...], ...] = ()
    """Row by row and cell by cell, the path on the site that opens it, '' for none; empty where no cell has one."""

    @property
    def has_sentences(self) -> bool:
        """Whether the last column needs more room than the others."""
        return any(len(row[-1]) > LONGEST_FIGURE for row in self.rows)

    @property
    def linked_rows(self) -> tuple[tuple[tuple[str, str], ...], ...]:
        """Cells with their paths."""
        paths = self.links or tuple(("",) * len(row) for row in self.rows)
        return tuple(tuple(zip(row, links, strict=True)) for row, links in zip(self.rows, paths, strict=True))

    @property
    def labelled_rows(self) -> tuple[tuple[tuple[str, str, str], ...], ...]:
        """Cells after the name of their column, with their paths: on a narrow page each stands below its own name."""
        return tuple(
            tuple((column, *cell) for column, cell in zip(self.columns, row, strict=True)) for row in self.linked_rows
        )


@dataclass(frozen=True)
class Section:
    """One part of the page."""

    id: str
    title: str
    facts: tuple[Fact, ...] = ()
    said: tuple[Said, ...] = ()
    quotes: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    """A list."""
    grid: Grid | None = None
    chart: Bars | Lines | None = None


@dataclass(frozen=True)
class Document:
    """The whole page."""

    title: str
    sentence: str
    """What it is about, in the words that its evidence grade allows."""
    grade: str
    """Letter; '' where there is none."""
    wording: str
    about: str
    """Owner, status, review, how far the data reach."""
    sections: tuple[Section, ...]


def chart_grid(chart: Bars | Lines) -> Grid:
    """What a chart shows, as a table; intervals are 80 %."""
    rows = tuple(
        (label, *(_value(chart, series, at) for series in chart.series)) for at, label in enumerate(chart.labels)
    )
    return Grid(chart.title, ("", *(series.name for series in chart.series)), rows)


def _value(chart: Bars | Lines, series: Series, at: int) -> str:
    shown = cell_words(series.values[at], chart.kind)
    low, high = (ends[at] if ends else None for ends in (series.lows, series.highs))
    if low is None or high is None:
        return shown
    return f"{shown} (80% interval {cell_words(low, chart.kind)} to {cell_words(high, chart.kind)})"
