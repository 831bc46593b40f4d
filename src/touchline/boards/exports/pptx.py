"""A board as PowerPoint: one slide per card, with native charts and tables that can be edited."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from touchline.analyses.facade import (
    Bars,
    Heat,
    Lines,
    Presentation,
    Table,
    cell_words,
    figure_words,
    leaving,
    rests_on,
)
from touchline.boards.answers import AnsweredCard
from touchline.boards.exports.evidence import evidence_line
from touchline.ui.drawing.slides import (
    HEIGHT_INCHES,
    INNER_INCHES,
    MARGIN_INCHES,
    add_grid,
    add_text,
    as_file,
    new_slides,
    set_size,
    titled_slide,
)

MOST_ROWS: Final = 12
MOST_COLUMNS: Final = 14
MOST_FIGURES: Final = 5
FORMATS: Final = {"share": "0%", "points": '+0.0%;"−"0.0%', "count": "#,##0", "money": "#,##0.00"}


def write_pptx(board_name: str, cards: Sequence[AnsweredCard]) -> bytes:
    """The slides, as a file."""
    slides = new_slides(board_name)
    for answered in cards:
        _slide(slides, answered)
    return as_file(slides)


def _slide(slides: Any, answered: AnsweredCard) -> None:
    slide = titled_slide(slides, answered.card.title)
    shown = [leaving(each) for each in answered.presentations]
    add_text(slide, _said(answered, shown), 0.95, 1.0, 14)
    if shown:
        _figures(slide, shown[0])
        _main(slide, shown[0])
    day = f"{answered.card.noted:%-d %B %Y}: " if answered.card.noted else ""
    note = f"{day}{answered.card.note}\n\n" if answered.card.note else ""
    cautions = "\n".join(caution for each in shown for caution in each.cautions)
    more = "\n".join(each.sentence for each in shown[1:])
    slide.notes_slide.notes_text_frame.text = "\n".join(
        part for part in (note + evidence_line(answered), more, cautions) if part
    )


def _said(answered: AnsweredCard, shown: Sequence[Presentation]) -> str:
    sentence = shown[0].sentence if shown else answered.problem
    return f"{sentence}\n{answered.words}" if answered.words else sentence


def _figures(slide: Any, shown: Presentation) -> None:
    width = INNER_INCHES / MOST_FIGURES
    for at, figure in enumerate(shown.figures[:MOST_FIGURES]):
        text = f"{figure.name}\n{figure_words(figure)}\n{rests_on(figure)}"
        box = add_text(slide, text, 1.95, 0.95, 11, left=MARGIN_INCHES + width * at, width=width)
        paragraphs = box.text_frame.paragraphs
        if len(paragraphs) > 1:
            set_size(paragraphs[1], 20, bold=True)


def _main(slide: Any, shown: Presentation) -> None:
    """The first chart, else the first table."""
    top = 2.95 if shown.figures else 2.0
    height = HEIGHT_INCHES - top - 0.4
    if shown.charts and isinstance(shown.charts[0], Bars | Lines):
        _chart(slide, shown.charts[0], top, height)
    elif shown.charts and isinstance(shown.charts[0], Heat):
        _heat(slide, shown.charts[0], top, height)
    elif shown.tables:
        _table(slide, shown.tables[0], top, height)


def _chart(slide: Any, chart: Bars | Lines, top: float, height: float) -> None:
    from pptx.chart.data import CategoryChartData
    from pptx.enum.chart import XL_CHART_TYPE
    from pptx.util import Inches, Pt

    data: Any = CategoryChartData(number_format=FORMATS.get(chart.kind, "0.0"))  # type: ignore[no-untyped-call]
    data.categories = list(chart.labels)
    for series in chart.series:
        data.add_series(series.name, series.values)
    form = XL_CHART_TYPE.LINE_MARKERS if isinstance(chart, Lines) else XL_CHART_TYPE.BAR_CLUSTERED
    place = (Inches(MARGIN_INCHES), Inches(top), Inches(INNER_INCHES), Inches(height))
    drawn = slide.shapes.add_chart(form, *place, data).chart
    drawn.has_title = True
    drawn.chart_title.text_frame.text = chart.title
    drawn.chart_title.text_frame.paragraphs[0].font.size = Pt(14)
    drawn.has_legend = len(chart.series) > 1
    if isinstance(chart, Bars):
        drawn.category_axis.reverse_order = True
        plot = drawn.plots[0]
        plot.has_data_labels = True
        plot.data_labels.font.size = Pt(11)
    drawn.value_axis.tick_labels.font.size = Pt(11)
    drawn.category_axis.tick_labels.font.size = Pt(11)


def _heat(slide: Any, chart: Heat, top: float, height: float) -> None:
    rows = [
        [name, *(cell_words(value, chart.kind) for value in values[: MOST_COLUMNS - 1])]
        for name, values in zip(chart.rows[:MOST_ROWS], chart.values, strict=False)
    ]
    add_grid(slide, [["", *chart.columns[: MOST_COLUMNS - 1]], *rows], top, height)


def _table(slide: Any, table: Table, top: float, height: float) -> None:
    columns = table.columns[:MOST_COLUMNS]
    rows = [
        [cell_words(cell, column.kind, column.currency) for cell, column in zip(row.cells, columns, strict=False)]
        for row in table.rows[:MOST_ROWS]
    ]
    add_grid(slide, [[column.name for column in columns], *rows], top, height)
