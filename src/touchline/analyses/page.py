"""What the templates of an answer are given: every figure written out, every chart drawn."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from touchline.analyses.drawing.charts import draw_chart
from touchline.analyses.facade import Answered
from touchline.analyses.rules.presentation import Heat, Presentation, Table
from touchline.analyses.wording import cell_words, figure_words, rests_on
from touchline.ui.drawing.theme import PAGE

LEFT_KINDS = ("text", "day")


@dataclass(frozen=True)
class ShownFigure:
    """A tile."""

    name: str
    value: str
    note: str


@dataclass(frozen=True)
class ShownRow:
    """A row of a table."""

    head: str
    cells: tuple[tuple[str, bool], ...]
    """Each with whether it is a figure."""
    is_provisional: bool


@dataclass(frozen=True)
class ShownTable:
    """A table with the charts that say the same."""

    id: str
    caption: str
    note: str
    heads: tuple[tuple[str, bool], ...]
    rows: tuple[ShownRow, ...]
    charts: tuple[tuple[str, SafeString], ...]
    """Title and drawing."""
    is_grid: bool
    """Whether a chart writes out every cell already: the table is folded away."""


@dataclass(frozen=True)
class Shown:
    """One presentation."""

    title: str
    words: str
    sentence: str
    figures: tuple[ShownFigure, ...]
    tables: tuple[ShownTable, ...]
    cautions: tuple[str, ...]


def shown(answered: Answered) -> tuple[Shown, ...]:
    """The answer, its breakdown and its comparison."""
    parts = [("", answered.words, answered.presentation)]
    if answered.groups is not None:
        parts.append((f"By {answered.question.breakdown}", "", answered.groups))
    if answered.difference is not None:
        parts.append(("Compared", f"With: {answered.second_words}", answered.difference))
    return tuple(shown_part(title, words, each) for title, words, each in parts)


def shown_part(title: str, words: str, presentation: Presentation) -> Shown:
    """One presentation, written out."""
    return Shown(
        title,
        words,
        presentation.sentence,
        tuple(ShownFigure(each.name, figure_words(each), rests_on(each)) for each in presentation.figures),
        tuple(_table(table, presentation) for table in presentation.tables),
        presentation.cautions,
    )


def _table(table: Table, presentation: Presentation) -> ShownTable:
    kinds = [column.kind not in LEFT_KINDS for column in table.columns]
    rows = []
    for row in table.rows:
        texts = [
            cell_words(cell, column.kind, column.currency)
            for cell, column in zip(row.cells, table.columns, strict=True)
        ]
        rows.append(ShownRow(texts[0], tuple(zip(texts[1:], kinds[1:], strict=True)), row.is_provisional))
    charts = tuple(
        (chart.title, _own(draw_chart(chart, PAGE))) for chart in presentation.charts if chart.table == table.id
    )
    heads = tuple(zip((column.name for column in table.columns), kinds, strict=True))
    return ShownTable(
        table.id,
        table.caption,
        table.note,
        heads,
        tuple(rows),
        charts,
        any(isinstance(chart, Heat) and chart.table == table.id for chart in presentation.charts),
    )


def _own(svg: str) -> SafeString:
    """Markup written by our drawing, which escapes all text that is not its own."""
    return mark_safe(svg)  # noqa: S308
