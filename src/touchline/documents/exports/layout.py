"""Laying a document out on standing A4 sheets: headings, figures side by side, sentences, lists, small tables, charts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from touchline.analyses.facade import draw_chart
from touchline.documents.document import Document, Fact, Grid, Section
from touchline.ui.drawing.svg import element, lines, words
from touchline.ui.drawing.text import shorten, text_width, wrap
from touchline.ui.drawing.theme import FONTS, LIGHT

WIDTH: Final = 794.0
HEIGHT: Final = 1123.0
"""A4, standing, at 96 to the inch."""
MARGIN: Final = 52.0
TOP: Final = 40.0
INNER: Final = WIDTH - 2 * MARGIN
BOTTOM: Final = HEIGHT - 46
FACTS_A_ROW: Final = 4
MOST_FACTS_A_ROW: Final = 6
"""Rather than one or two of them in a second row."""
MOST_LINES: Final = 8
CHART_HEIGHT: Final = 150.0
SMALLEST_CHART: Final = 0.7
"""Of its size on a page: smaller letters cannot be read on paper. A tall chart is as tall as that makes it."""
SMALL: Final = 9.5
BODY: Final = 11.0
LEADING: Final = 14.0


@dataclass(frozen=True)
class Place:
    """Where a link lies on a sheet, from its upper left corner."""

    x: float
    y: float
    width: float
    height: float
    link: str


@dataclass(frozen=True)
class Block:
    """Something drawn from its own upper left corner."""

    mark: str
    height: float
    links: tuple[Place, ...] = ()
    keeps_next: bool = False
    """Whether it may not be the last on a sheet."""


@dataclass
class Sheet:
    """One page as SVG."""

    svg: str = ""
    links: list[Place] = field(default_factory=list)


def laid_out(document: Document) -> list[Sheet]:
    """The pages."""
    filled: list[list[tuple[float, Block]]] = [[]]
    y = TOP
    blocks = [_head(document), *_blocks(document)]
    for at, block in enumerate(blocks):
        needed = block.height + (blocks[at + 1].height if block.keeps_next and at + 1 < len(blocks) else 0.0)
        if y + needed > BOTTOM and filled[-1]:
            filled.append([])
            y = TOP
        filled[-1].append((y, block))
        y += block.height
    return [_sheet(document, each, number, len(filled)) for number, each in enumerate(filled, 1)]


def _sheet(document: Document, placed: list[tuple[float, Block]], number: int, of: int) -> Sheet:
    sheet = Sheet()
    drawn = [element("rect", width=WIDTH, height=HEIGHT, fill=LIGHT.surface)]
    for y, block in placed:
        drawn.append(element("g", block.mark, transform=f"translate({MARGIN:.0f},{y:.1f})"))
        sheet.links += [replace(link, x=link.x + MARGIN, y=link.y + y) for link in block.links]
    footer = shorten(document.about, INNER - 60, SMALL)
    drawn.append(words(footer, MARGIN, HEIGHT - 26, font_size=SMALL, fill=LIGHT.text_faint))
    drawn.append(
        words(
            f"{number} / {of}", WIDTH - MARGIN, HEIGHT - 26, text_anchor="end", font_size=SMALL, fill=LIGHT.text_faint
        )
    )
    sheet.svg = element(
        "svg",
        *drawn,
        viewBox=f"0 0 {WIDTH:.0f} {HEIGHT:.0f}",
        width=WIDTH,
        height=HEIGHT,
        xmlns="http://www.w3.org/2000/svg",
        font_family=FONTS,
        fill=LIGHT.text,
    )
    return sheet


def _head(document: Document) -> Block:
    title = wrap(document.title, INNER, 22, most_lines=2, bold=True)
    said = wrap(document.sentence, INNER - 40, 13, most_lines=3)
    drawn = lines(title, 0, 22, 27, font_size=22, font_weight=700)
    y = 27.0 * len(title) + 14
    x = 0.0
    if document.grade:
        drawn += element("rect", x=0, y=y - 13, width=24, height=24, rx=6, fill=LIGHT.accent_soft)
        drawn += words(
            document.grade, 12, y + 4, text_anchor="middle", font_size=13, font_weight=700, fill=LIGHT.accent_text
        )
        x = 34.0
    drawn += lines(said, x, y + 3, 18, font_size=13)
    y += 18.0 * len(said)
    if document.grade:
        wording = f"Evidence grade {document.grade}: what may be said of it is “{document.wording}”."
        drawn += words(shorten(wording, INNER - 40, SMALL), x, y + 3, font_size=SMALL, fill=LIGHT.text_faint)
        y += 16
    return Block(drawn, y + 6)


def _blocks(document: Document) -> Iterator[Block]:
    for section in document.sections:
        heading = element("rect", y=4, width=INNER, height=1, fill=LIGHT.line)
        yield Block(heading + words(section.title, 0, 22, font_size=14, font_weight=650), 30.0, keeps_next=True)
        yield from _section(section)


def _section(section: Section) -> Iterator[Block]:
    in_a_row = max(FACTS_A_ROW, min(len(section.facts), MOST_FACTS_A_ROW))
    for start in range(0, len(section.facts), in_a_row):
        yield _facts(section.facts[start : start + in_a_row], in_a_row)
    for said in section.said:
        yield _paragraph(said.sentence, link=said.link)
    for quote in section.quotes:
        yield _paragraph(f"“{quote}”", indent=14.0, quiet=True)
    for point in section.points:
        yield _paragraph(point, indent=12.0, bullet=True)
    if section.chart is not None:
        yield _chart(section)
    if section.grid is not None:
        yield from _grid(section.grid)


def _facts(facts: tuple[Fact, ...], in_a_row: int) -> Block:
    width = INNER / in_a_row
    drawn, links, tallest = "", [], 0.0
    for at, fact in enumerate(facts):
        x = width * at
        long = text_width(fact.value, 17, bold=True) > width - 12
        size = 11.5 if long else 17
        value = wrap(fact.value, width - 12, size, most_lines=2, bold=True)
        note = wrap(fact.note, width - 12, SMALL, most_lines=4)
        drawn += words(shorten(fact.name, width - 12, SMALL), x, 8, font_size=SMALL, fill=LIGHT.text_faint)
        ink = LIGHT.accent_text if fact.link else LIGHT.text
        drawn += lines(value, x, 28, size + 3, font_size=size, font_weight=650, fill=ink)
        below = 28 + (size + 3) * (len(value) - 1) + 14
        drawn += lines(note, x, below, 12, font_size=SMALL, fill=LIGHT.text_quiet)
        tallest = max(tallest, below + 12 * len(note))
        if fact.link:
            links.append(Place(x, 12, text_width(value[0], size, bold=True) if value else 0.0, below - 22, fact.link))
    return Block(drawn, tallest, tuple(links))


def _paragraph(text: str, *, link: str = "", indent: float = 0.0, quiet: bool = False, bullet: bool = False) -> Block:
    shown = wrap(text, INNER - indent, BODY, most_lines=MOST_LINES)
    ink = LIGHT.text_quiet if quiet else LIGHT.text
    drawn = lines(shown, indent, 11, LEADING, font_size=BODY, fill=ink)
    height = LEADING * len(shown)
    if bullet:
        drawn += element("circle", cx=4, cy=7.5, r=2, fill=LIGHT.text_faint)
    if quiet:
        drawn += element("rect", width=3, height=height - 2, fill=LIGHT.accent)
    if not link:
        return Block(drawn, height + 4)
    x = indent + text_width(shown[-1], BODY) + 6
    y = 11 + LEADING * (len(shown) - 1)
    if x + 50 > INNER:
        x, y, height = indent, y + LEADING, height + LEADING
    drawn += words("evidence", x, y, font_size=BODY, fill=LIGHT.accent_text, text_decoration="underline")
    return Block(drawn, height + 4, (Place(x, y - 11, text_width("evidence", BODY), LEADING, link),))


def _chart(section: Section) -> Block:
    if section.chart is None:
        return Block("", 0.0)
    svg = draw_chart(section.chart, LIGHT)
    width, height = (float(each) for each in svg.split('viewBox="0 0 ', 1)[1].split('"', 1)[0].split())
    scale = min(INNER / width, max(CHART_HEIGHT / height, SMALLEST_CHART))
    title = words(shorten(section.chart.title, INNER, SMALL, bold=True), 0, 14, font_size=SMALL, font_weight=600)
    inside = svg.split(">", 1)[1].rsplit("</svg>", 1)[0]
    return Block(title + element("g", inside, transform=f"translate(0,18) scale({scale:.3f})"), height * scale + 26)


def _grid(grid: Grid) -> Iterator[Block]:
    last = INNER * (0.48 if grid.has_sentences else 1 / len(grid.columns))
    width = (INNER - last) / max(len(grid.columns) - 1, 1)
    yield Block(
        words(shorten(grid.caption, INNER, SMALL, bold=True), 0, 14, font_size=SMALL, font_weight=600),
        20.0,
        keeps_next=True,
    )
    yield _row(tuple((name, "") for name in grid.columns), width, last, LIGHT.text_faint, most_lines=2)
    for row in grid.linked_rows:
        rule = element("rect", y=-1, width=INNER, height=1, fill=LIGHT.line_soft)
        block = _row(row, width, last, LIGHT.text, most_lines=MOST_LINES)
        yield replace(block, mark=rule + block.mark)


def _row(cells: tuple[tuple[str, str], ...], width: float, last: float, ink: str, most_lines: int) -> Block:
    """Cells with their paths."""
    drawn, tallest, links = "", 0, []
    for at, (cell, link) in enumerate(cells):
        room = last if at == len(cells) - 1 else width
        shown = wrap(cell, room - 8, SMALL, most_lines=most_lines)
        drawn += lines(shown, width * at, 11, 12, font_size=SMALL, fill=LIGHT.accent_text if link else ink)
        tallest = max(tallest, len(shown))
        if link and shown:
            links.append(Place(width * at, 0, text_width(max(shown, key=len), SMALL), 12.0 * len(shown) + 2, link))
    return Block(drawn, 12.0 * tallest + 5, tuple(links))
