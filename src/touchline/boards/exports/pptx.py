"""A board as PowerPoint: one slide per card, with native charts and tables that can be edited."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
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

WIDTH_INCHES: Final = 13.333
HEIGHT_INCHES: Final = 7.5
MARGIN_INCHES: Final = 0.6
INNER_INCHES: Final = WIDTH_INCHES - 2 * MARGIN_INCHES
BLANK_LAYOUT: Final = 5
"""'Title only' of the default template."""
MOST_ROWS: Final = 12
MOST_COLUMNS: Final = 14
MOST_FIGURES: Final = 5
FORMATS: Final = {"share": "0%", "points": '+0.0%;"−"0.0%', "count": "#,##0", "money": "#,##0.00"}


def write_pptx(board_name: str, cards: Sequence[AnsweredCard]) -> bytes:
    """The slides, as a file."""
    from pptx import Presentation as Slides  # 0.3 s to import
    from pptx.util import Inches

    slides = Slides()
    slides.slide_width, slides.slide_height = Inches(WIDTH_INCHES), Inches(HEIGHT_INCHES)
    slides.core_properties.title = board_name
    slides.core_properties.author = "Touchline"
    for answered in cards:
        _slide(slides, answered)
    written = BytesIO()
    slides.save(written)
    return written.getvalue()


def _slide(slides: Any, answered: AnsweredCard) -> None:
    from pptx.util import Pt

    slide = slides.slides.add_slide(slides.slide_layouts[BLANK_LAYOUT])
    title = slide.shapes.title
    _place(title, MARGIN_INCHES, 0.3, INNER_INCHES, 0.6)
    title.text_frame.text = answered.card.title
    _size(title, Pt(26), bold=True)
    shown = [leaving(each) for each in answered.presentations]
    _text(slide, _said(answered, shown), 0.95, 1.0, 14)
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
        box = _text(slide, text, 1.95, 0.95, 11, left=MARGIN_INCHES + width * at, width=width)
        paragraphs = box.text_frame.paragraphs
        if len(paragraphs) > 1:
            _size_paragraph(paragraphs[1], 20, bold=True)


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
    _grid(slide, [["", *chart.columns[: MOST_COLUMNS - 1]], *rows], top, height)


def _table(slide: Any, table: Table, top: float, height: float) -> None:
    columns = table.columns[:MOST_COLUMNS]
    rows = [
        [cell_words(cell, column.kind, column.currency) for cell, column in zip(row.cells, columns, strict=False)]
        for row in table.rows[:MOST_ROWS]
    ]
    _grid(slide, [[column.name for column in columns], *rows], top, height)


def _grid(slide: Any, texts: list[list[str]], top: float, height: float) -> None:
    from pptx.util import Inches

    place = (Inches(MARGIN_INCHES), Inches(top), Inches(INNER_INCHES), Inches(min(height, 0.35 * len(texts))))
    grid = slide.shapes.add_table(len(texts), len(texts[0]), *place).table
    for at, row in enumerate(texts):
        for number, text in enumerate(row):
            cell = grid.cell(at, number)
            cell.text = text
            for paragraph in cell.text_frame.paragraphs:
                _size_paragraph(paragraph, 11, bold=at == 0)


def _text(
    slide: Any,
    text: str,
    top: float,
    height: float,
    points: int,
    *,
    left: float = MARGIN_INCHES,
    width: float = INNER_INCHES,
) -> Any:
    from pptx.util import Inches

    box = slide.shapes.add_textbox(Inches(left), Inches(top), Inches(width), Inches(height))
    box.text_frame.word_wrap = True
    box.text_frame.text = text
    for paragraph in box.text_frame.paragraphs:
        _size_paragraph(paragraph, points)
    return box


def _place(shape: Any, left: float, top: float, width: float, height: float) -> None:
    from pptx.util import Inches

    shape.left, shape.top, shape.width, shape.height = (Inches(each) for each in (left, top, width, height))


def _size(shape: Any, size: Any, *, bold: bool) -> None:
    for paragraph in shape.text_frame.paragraphs:
        paragraph.font.size, paragraph.font.bold = size, bold


def _size_paragraph(paragraph: Any, points: int, *, bold: bool = False) -> None:
    from pptx.util import Pt

    paragraph.font.size, paragraph.font.bold = Pt(points), bold
