"""A grid of values, each written in its cell and coloured by its size: never by colour alone."""

from __future__ import annotations

from typing import Final

from touchline.analyses.drawing.frame import RIGHT, SMALL, framed
from touchline.analyses.rules.presentation import Heat
from touchline.analyses.wording import BLANK, cell_words
from touchline.ui.drawing.svg import element, words
from touchline.ui.drawing.text import shorten, text_width
from touchline.ui.drawing.theme import Theme

CELL_HEIGHT: Final = 24.0
HEAD: Final = 24.0
WIDEST_LABEL: Final = 170.0
STRONGEST: Final = 0.6
"""Darker cells would not leave the text on them readable (4.5 to 1) in both themes."""
STRONGEST_DIVERGING: Final = 0.5


def draw_heat(chart: Heat, theme: Theme) -> str:
    """Draw it."""
    label_width = min(WIDEST_LABEL, max((text_width(row, SMALL) for row in chart.rows), default=0) + 8)
    left = label_width + 8
    width = (RIGHT - left) / max(len(chart.columns), 1)
    largest = max((abs(value) for row in chart.values for value in row if value is not None), default=0.0) or 1.0
    drawn = [
        words(
            shorten(name, width - 4, SMALL),
            left + width * (at + 0.5),
            16,
            text_anchor="middle",
            font_size=SMALL,
            fill=theme.text_faint,
        )
        for at, name in enumerate(chart.columns)
    ]
    for at, (name, values) in enumerate(zip(chart.rows, chart.values, strict=True)):
        y = HEAD + CELL_HEIGHT * at
        shown = shorten(name, label_width, SMALL)
        drawn.append(words(shown, label_width, y + 16, text_anchor="end", font_size=SMALL, fill=theme.text))
        for column, value in enumerate(values):
            drawn.append(_cell(chart, value, (at, column), left + width * column, y, width, largest, theme))
    return framed(chart.title, HEAD + CELL_HEIGHT * len(chart.rows) + 4, *drawn)


def _cell(
    chart: Heat,
    value: float | None,
    at: tuple[int, int],
    x: float,
    y: float,
    width: float,
    largest: float,
    theme: Theme,
) -> str:
    strongest = STRONGEST_DIVERGING if chart.diverging else STRONGEST
    fill = theme.accent if not chart.diverging else theme.good if (value or 0) > 0 else theme.poor
    provisional = at in chart.provisional
    drawn = element(
        "rect",
        x=x + 1,
        y=y + 1,
        width=max(width - 2, 1),
        height=CELL_HEIGHT - 2,
        rx=2,
        fill=theme.line_soft if value is None else fill,
        fill_opacity=0.5 if value is None else f"{max(0.04, strongest * abs(value) / largest):.2f}",
        stroke=theme.text_faint if provisional else None,
        stroke_dasharray="3 3" if provisional else None,
    )
    if value is None and not provisional:
        return drawn
    text = BLANK if value is None else _short(value, chart)
    if text_width(text, SMALL) > width - 2:
        return drawn
    return drawn + words(text, x + width / 2, y + 16, text_anchor="middle", font_size=SMALL, fill=theme.text)


def _short(value: float, chart: Heat) -> str:
    """As in the table, without the unit that the title names."""
    return cell_words(value, chart.kind).removesuffix(" pts")
