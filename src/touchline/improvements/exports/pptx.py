"""The case as PowerPoint: one slide per part, with native charts and tables that can be edited."""

from __future__ import annotations

from io import BytesIO
from typing import Any, Final

from touchline.analyses.facade import Bars, Lines
from touchline.improvements.document import Document, Fact, Grid, Section

WIDTH_INCHES: Final = 13.333
HEIGHT_INCHES: Final = 7.5
MARGIN_INCHES: Final = 0.6
INNER_INCHES: Final = WIDTH_INCHES - 2 * MARGIN_INCHES
TITLE_ONLY: Final = 5
FACTS_A_ROW: Final = 4
FORMATS: Final = {"share": "0.0%", "count": "#,##0", "score": "+0;−0;0"}


def write_pptx(document: Document, site: str = "") -> bytes:
    """The slides, as a file; links lead to evidence where a site is named."""
    from pptx import Presentation as Slides  # 0.3 s to import
    from pptx.util import Inches

    slides = Slides()
    slides.slide_width, slides.slide_height = Inches(WIDTH_INCHES), Inches(HEIGHT_INCHES)
    slides.core_properties.title = "".join(letter for letter in document.title if letter.isprintable())
    slides.core_properties.author = "Touchline"
    _first(slides, document)
    for section in document.sections:
        _slide(slides, section, document, site)
    written = BytesIO()
    slides.save(written)
    return written.getvalue()


def _first(slides: Any, document: Document) -> None:
    slide = _titled(slides, document.title)
    said = document.sentence
    if document.grade:
        said += f"\n\nEvidence grade {document.grade}: what may be said of it is “{document.wording}”."
    _text(slide, f"{said}\n\n{document.about}", 1.2, 4.0, 20)


def _slide(slides: Any, section: Section, document: Document, site: str) -> None:
    slide = _titled(slides, section.title)
    top = 1.15
    for start in range(0, len(section.facts), FACTS_A_ROW):
        _facts(slide, section.facts[start : start + FACTS_A_ROW], top, site)
        top += 1.35
    has_exhibit = section.chart is not None or section.grid is not None
    texts = [said.sentence for said in section.said]
    texts += [f"“{quote}”" for quote in section.quotes]
    texts += [f"• {point}" for point in section.points]
    if texts:
        room = 1.6 if has_exhibit else HEIGHT_INCHES - top - 0.4
        box = _text(slide, "\n".join(texts), top, room, 12 if has_exhibit else 15)
        _linked(box, section, site)
        top += room
    if section.chart is not None:
        _chart(slide, section.chart, top, HEIGHT_INCHES - top - 0.3)
        if section.grid is not None:
            _grid(_titled(slides, section.grid.caption), section.grid, 1.2, HEIGHT_INCHES - 1.6)
    elif section.grid is not None:
        _grid(slide, section.grid, top, HEIGHT_INCHES - top - 0.3)
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
        box = _text(slide, text, top, 1.3, 11, left=MARGIN_INCHES + width * at, width=width)
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
            data.add_series("80 % interval: from", series.lows)
            data.add_series("80 % interval: to", series.highs)
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


def _grid(slide: Any, grid: Grid, top: float, height: float) -> None:
    from pptx.util import Inches

    texts = [grid.columns, *grid.rows]
    place = (Inches(MARGIN_INCHES), Inches(top), Inches(INNER_INCHES), Inches(min(height, 0.35 * len(texts))))
    table = slide.shapes.add_table(len(texts), len(grid.columns), *place).table
    last = INNER_INCHES * 0.55
    for column in range(len(grid.columns)):
        rest = (INNER_INCHES - last) / max(len(grid.columns) - 1, 1)
        table.columns[column].width = Inches(last if column == len(grid.columns) - 1 else rest)
    for at, row in enumerate(texts):
        for number, text in enumerate(row):
            cell = table.cell(at, number)
            cell.text = text
            for paragraph in cell.text_frame.paragraphs:
                _size(paragraph, 11, bold=at == 0)


def _titled(slides: Any, title: str) -> Any:
    from pptx.util import Inches, Pt

    slide = slides.slides.add_slide(slides.slide_layouts[TITLE_ONLY])
    shape = slide.shapes.title
    places = (MARGIN_INCHES, 0.3, INNER_INCHES, 0.7)
    shape.left, shape.top, shape.width, shape.height = (Inches(each) for each in places)
    shape.text_frame.text = title
    for paragraph in shape.text_frame.paragraphs:
        paragraph.font.size, paragraph.font.bold = Pt(26), True
    return slide


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
        _size(paragraph, points)
    return box


def _size(paragraph: Any, points: int, *, bold: bool = False) -> None:
    from pptx.util import Pt

    paragraph.font.size, paragraph.font.bold = Pt(points), bold
