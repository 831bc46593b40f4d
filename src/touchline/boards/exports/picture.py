"""A card as one page: heading, answer, figures, chart or table, note, and what it rests on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from touchline.analyses.facade import (
    Chart,
    Figure,
    Presentation,
    Table,
    cell_words,
    draw_chart,
    figure_words,
    leaving,
    rests_on,
)
from touchline.boards.answers import AnsweredCard
from touchline.boards.exports.evidence import evidence_line
from touchline.ui.drawing.svg import element, lines, words
from touchline.ui.drawing.text import shorten, wrap
from touchline.ui.drawing.theme import FONTS, LIGHT

WIDTH: Final = 1123.0
HEIGHT: Final = 794.0
"""A4, lying, at 96 to the inch."""
MARGIN: Final = 56.0
INNER: Final = WIDTH - 2 * MARGIN
BOTTOM: Final = HEIGHT - 64
ROW: Final = 19.0
MOST_TILES: Final = 5
CHART_SHARE: Final = 0.62


def draw_page(board_name: str, answered: AnsweredCard, number: int, of: int) -> str:
    """One page as SVG."""
    drawn = [element("rect", width=WIDTH, height=HEIGHT, fill=LIGHT.surface)]
    drawn.append(words(shorten(board_name, INNER, 11), MARGIN, 44, font_size=11, fill=LIGHT.text_faint))
    drawn.append(words(shorten(answered.card.title, INNER, 22, bold=True), MARGIN, 74, font_size=22, font_weight=700))
    about = shorten(answered.words or answered.problem, INNER, 12)
    drawn.append(words(about, MARGIN, 95, font_size=12, fill=LIGHT.text_quiet))
    y, is_whole = 122.0, True
    for mark, height in _body(answered):
        if y + height > BOTTOM:
            is_whole = False
            break
        drawn.append(element("g", mark, transform=f"translate({MARGIN:.0f},{y:.0f})"))
        y += height
    if not is_whole:
        more = "The rest of this card is on the board and in its tables."
        drawn.append(words(more, MARGIN, HEIGHT - 47, font_size=10, fill=LIGHT.text_quiet))
    drawn.append(_footer(answered, number, of))
    return element(
        "svg",
        *drawn,
        viewBox=f"0 0 {WIDTH:.0f} {HEIGHT:.0f}",
        width=WIDTH,
        height=HEIGHT,
        xmlns="http://www.w3.org/2000/svg",
        font_family=FONTS,
        fill=LIGHT.text,
    )


def _body(answered: AnsweredCard) -> Iterator[tuple[str, float]]:
    """Parts from top to bottom, each drawn from its own corner, with its height."""
    if answered.card.note:
        day = f"{answered.card.noted:%-d %B %Y}: " if answered.card.noted else ""
        noted = wrap(day + answered.card.note, INNER - 24, 12, most_lines=4)
        rule = element("rect", width=3, height=16 * len(noted), y=-12, fill=LIGHT.accent)
        yield rule + lines(noted, 14, 0, 16, font_size=12, fill=LIGHT.text_quiet), 16.0 * len(noted) + 14
    for presentation in map(leaving, answered.presentations):
        yield from _presented(presentation)


def _presented(shown: Presentation) -> Iterator[tuple[str, float]]:
    said = wrap(shown.sentence, INNER, 15, most_lines=3, bold=True)
    yield lines(said, 0, 4, 20, font_size=15, font_weight=600), 20.0 * len(said) + 10
    if shown.figures:
        yield _tiles(shown.figures[:MOST_TILES]), 66.0
    if shown.charts:
        yield _chart(shown.charts[0])
    for table in shown.tables:
        yield from _table(table)
    for caution in shown.cautions:
        written = wrap(caution, INNER, 11, most_lines=2)
        yield lines(written, 0, 12, 14, font_size=11, fill=LIGHT.text_quiet), 14.0 * len(written) + 6


def _tiles(figures: tuple[Figure, ...]) -> str:
    width = INNER / MOST_TILES
    drawn = ""
    for at, figure in enumerate(figures):
        x = width * at
        drawn += words(shorten(figure.name, width - 12, 11), x, 8, font_size=11, fill=LIGHT.text_faint)
        drawn += words(shorten(figure_words(figure), width - 12, 20, bold=True), x, 31, font_size=20, font_weight=650)
        drawn += words(shorten(rests_on(figure), width - 12, 10), x, 46, font_size=10, fill=LIGHT.text_faint)
    return drawn


def _chart(chart: Chart) -> tuple[str, float]:
    svg = draw_chart(chart, LIGHT)
    width, height = (float(each) for each in svg.split('viewBox="0 0 ', 1)[1].split('"', 1)[0].split())
    scale = min(INNER / width, (BOTTOM - 122) * CHART_SHARE / height)
    title = words(shorten(chart.title, INNER, 12, bold=True), 0, 10, font_size=12, font_weight=600)
    inside = svg.split(">", 1)[1].rsplit("</svg>", 1)[0]
    return title + element("g", inside, transform=f"translate(0,18) scale({scale:.3f})"), height * scale + 32


def _table(table: Table) -> Iterator[tuple[str, float]]:
    first = INNER * (0.34 if len(table.columns) < 7 else 0.24)
    width = (INNER - first) / max(len(table.columns) - 1, 1)
    yield words(shorten(table.caption, INNER, 12, bold=True), 0, 14, font_size=12, font_weight=600), 24.0
    heads = [column.name for column in table.columns]
    yield _cells(heads, first, width, LIGHT.text_faint), ROW
    for row in table.rows:
        texts = [
            cell_words(cell, column.kind, column.currency)
            for cell, column in zip(row.cells, table.columns, strict=True)
        ]
        rule = element("rect", y=-1, width=INNER, height=1, fill=LIGHT.line_soft)
        yield rule + _cells(texts, first, width, LIGHT.text), ROW


def _cells(texts: list[str], first: float, width: float, fill: str) -> str:
    drawn = words(shorten(texts[0], first - 8, 11), 0, 13, font_size=11, fill=fill)
    for at, text in enumerate(texts[1:], 1):
        drawn += words(shorten(text, width - 8, 11), first + width * at, 13, text_anchor="end", font_size=11, fill=fill)
    return drawn


def _footer(answered: AnsweredCard, number: int, of: int) -> str:
    said = shorten(evidence_line(answered), INNER - 60, 10)
    return words(said, MARGIN, HEIGHT - 32, font_size=10, fill=LIGHT.text_faint) + words(
        f"{number} / {of}", WIDTH - MARGIN, HEIGHT - 32, text_anchor="end", font_size=10, fill=LIGHT.text_faint
    )
