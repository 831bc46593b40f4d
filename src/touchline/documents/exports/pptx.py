"""A document as PowerPoint: one slide per part, with native charts and tables that can be edited."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil
from typing import Any, Final

from touchline.analyses.facade import Bars, Lines
from touchline.documents.document import Document, Fact, Grid, Section
from touchline.ui.drawing.slides import (
    HEIGHT_INCHES,
    INNER_INCHES,
    MARGIN_INCHES,
    add_grid,
    add_text,
    as_file,
    new_slides,
    titled_slide,
)

FACTS_A_ROW: Final = 4
TOP_INCHES: Final = 1.2
"""Below the title."""
LAST_COLUMN: Final = 0.55
"""Of a table's width: it has the sentences."""
LETTERS_AN_INCH: Final = 13.0
"""On average, in letters of 11 points."""
LINE_INCHES: Final = 0.19
CELL_INCHES: Final = 0.12
"""Above and below the text of a cell."""
FORMATS: Final = {"share": "0.0%", "count": "#,##0", "score": "+0;−0;0"}


def write_pptx(document: Document, site: str = "") -> bytes:
    """The slides, as a file; links lead to evidence where a site is named."""
    slides = new_slides(document.title)
    _first(slides, document)
    for section in document.sections:
        _slide(slides, section, document, site)
    return as_file(slides)


def _first(slides: Any, document: Document) -> None:
    slide = titled_slide(slides, document.title)
    said = document.sentence
    if document.grade:
        said += f"\n\nEvidence grade {document.grade}: what may be said of it is “{document.wording}”."
    add_text(slide, f"{said}\n\n{document.about}", 1.2, 4.0, 20)


def _slide(slides: Any, section: Section, document: Document, site: str) -> None:
    slide = titled_slide(slides, section.title)
    top = 1.15
    for start in range(0, len(section.facts), FACTS_A_ROW):
        _facts(slide, section.facts[start : start + FACTS_A_ROW], top, site)
        top += 1.35
    has_exhibit = section.chart is not None or section.grid is not None
    texts = [said.sentence for said in section.said]
    texts += [f"“{quote}”" for quote in section.quotes]
    texts += [f"• {point}" for point in section.points]
    if texts:
        room = _room(texts) if has_exhibit else HEIGHT_INCHES - top - 0.4
        box = add_text(slide, "\n".join(texts), top, room, 12 if has_exhibit else 15)
        _linked(box, section, site)
        top += room
    if section.chart is not None:
        _chart(slide, section.chart, top, HEIGHT_INCHES - top - 0.3)
        if section.grid is not None:
            _grids(slides, titled_slide(slides, section.grid.caption), section.grid, TOP_INCHES, site)
    elif section.grid is not None:
        _grids(slides, slide, section.grid, top, site)
    slide.notes_slide.notes_text_frame.text = document.about


def _linked(box: Any, section: Section, site: str) -> None:
    for paragraph, said in zip(box.text_frame.paragraphs, section.said, strict=False):
        if said.link and site and paragraph.runs:
            paragraph.runs[0].hyperlink.address = f"{site}{said.link}"


def _facts(slide: Any, facts: tuple[Fact, ...], top: float, site: str) -> None:
    from pptx.util import Pt

    width = INNER_INCHES / FACTS_A_ROW
    for at, fact in enumerate(facts):
        text = "\n".join(filter(None, (fact.name, fact.value, fact.note)))
        box = add_text(slide, text, top, 1.3, 11, left=MARGIN_INCHES + width * at, width=width)
        value = box.text_frame.paragraphs[1]
        value.font.size, value.font.bold = Pt(20 if len(fact.value) < 22 else 13), True
        if fact.link and site:
            value.runs[0].hyperlink.address = f"{site}{fact.link}"


def _chart(slide: Any, chart: Bars | Lines, top: float, height: float) -> None:
    from pptx.chart.data import CategoryChartData
    from pptx.enum.chart import XL_CHART_TYPE
    from pptx.util import Inches, Pt

    data: Any = CategoryChartData(number_format=FORMATS.get(chart.kind, "0.0"))  # type: ignore[no-untyped-call]
    data.categories = list(chart.labels)
    for series in chart.series:
        data.add_series(series.name, series.values)
        if any(each is not None for each in series.lows):
            data.add_series("80% interval: from", series.lows)
            data.add_series("80% interval: to", series.highs)
    form = XL_CHART_TYPE.LINE_MARKERS if isinstance(chart, Lines) else XL_CHART_TYPE.BAR_CLUSTERED
    place = (Inches(MARGIN_INCHES), Inches(top), Inches(INNER_INCHES), Inches(max(height, 1.5)))
    drawn = slide.shapes.add_chart(form, *place, data).chart
    drawn.has_title = True
    drawn.chart_title.text_frame.text = chart.title
    drawn.chart_title.text_frame.paragraphs[0].font.size = Pt(13)
    drawn.has_legend = True
    drawn.legend.include_in_layout = False
    if isinstance(chart, Bars):
        drawn.category_axis.reverse_order = True
    drawn.value_axis.tick_labels.font.size = Pt(11)
    drawn.category_axis.tick_labels.font.size = Pt(11)


def _room(texts: list[str]) -> float:
    """Inches that sentences above a chart or table take in letters of 12 points."""
    letters = INNER_INCHES * LETTERS_AN_INCH * 11 / 12
    return sum(ceil(len(text) / letters) for text in texts) * 0.22 + 0.2


def _grids(slides: Any, slide: Any, grid: Grid, top: float, site: str) -> None:
    """A table, and what does not fit below it on further slides."""
    for number, rows in enumerate(_parts(grid, HEIGHT_INCHES - top - 0.3)):
        if number:
            slide, top = titled_slide(slides, grid.caption), TOP_INCHES
        _grid(slide, grid, rows, top, site)


def _parts(grid: Grid, room: float) -> Iterator[list[tuple[tuple[str, str], ...]]]:
    """Rows that fit on a slide, slide by slide; `room` inches on the first one."""
    used, part = CELL_INCHES + 2 * LINE_INCHES, list[tuple[tuple[str, str], ...]]()
    widths = _widths(grid)
    for row in grid.linked_rows:
        letters = (ceil(len(text) / (width * LETTERS_AN_INCH)) for (text, _), width in zip(row, widths, strict=True))
        height = max(1, *letters) * LINE_INCHES + CELL_INCHES
        if part and used + height > room:
            yield part
            used, part, room = CELL_INCHES + 2 * LINE_INCHES, [], HEIGHT_INCHES - TOP_INCHES - 0.3
        part.append(row)
        used += height
    yield part


def _widths(grid: Grid) -> list[float]:
    columns = len(grid.columns)
    last = INNER_INCHES * (LAST_COLUMN if grid.has_sentences else 1 / columns)
    return [(INNER_INCHES - last) / max(columns - 1, 1)] * (columns - 1) + [last]


def _grid(slide: Any, grid: Grid, rows: list[tuple[tuple[str, str], ...]], top: float, site: str) -> None:
    """Some rows of a table."""
    from pptx.util import Inches

    table = add_grid(slide, [grid.columns, *([text for text, _ in row] for row in rows)], top, HEIGHT_INCHES)
    for column, width in enumerate(_widths(grid)):
        table.columns[column].width = Inches(width)
    for at, row in enumerate(rows if site else (), 1):
        for column, (text, link) in enumerate(row):
            if text and link:
                table.cell(at, column).text_frame.paragraphs[0].runs[0].hyperlink.address = f"{site}{link}"
