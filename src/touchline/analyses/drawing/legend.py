"""The names of series with their colours, in one line above a chart."""

from __future__ import annotations

from collections.abc import Sequence

from touchline.analyses.drawing.frame import RIGHT, SMALL, colour
from touchline.analyses.rules.presentation import Series
from touchline.ui.drawing.svg import element, words
from touchline.ui.drawing.text import shorten, text_width
from touchline.ui.drawing.theme import Theme


def draw_legend(series: Sequence[Series], theme: Theme, left: float) -> str:
    """Names from `left` on; those that do not fit are in the table."""
    drawn, x = "", left
    for number, each in enumerate(series):
        name = shorten(each.name, 180, SMALL)
        width = text_width(name, SMALL)
        if x + 14 + width > RIGHT:
            return drawn + words("…", x, 14, font_size=SMALL, fill=theme.text_quiet)
        drawn += element("rect", x=x, y=5, width=10, height=10, rx=2, fill=colour(theme, number))
        drawn += words(name, x + 14, 14, font_size=SMALL, fill=theme.text_quiet)
        x += 14 + width + 16
    return drawn
