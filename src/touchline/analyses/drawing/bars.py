"""Bars: one line per label and series, with the interval as a whisker and the value written out."""

from __future__ import annotations

from typing import Final

from touchline.analyses.drawing.frame import RIGHT, SIZE, SMALL, WIDTH, colour, framed, rule
from touchline.analyses.drawing.legend import draw_legend
from touchline.analyses.drawing.scale import Scale, scale_over
from touchline.analyses.rules.presentation import Bars, Series
from touchline.analyses.wording import cell_words
from touchline.ui.drawing.svg import element, words
from touchline.ui.drawing.text import shorten, text_width
from touchline.ui.drawing.theme import Theme

WIDEST_LABEL: Final = 330.0
BAR: Final = 16.0
GAP: Final = 12.0
VALUE: Final = 76.0
"""Room for the written value behind the longest bar."""


def draw_bars(chart: Bars, theme: Theme) -> str:
    """Draw them."""
    label_width = min(WIDEST_LABEL, max((text_width(label, SIZE) for label in chart.labels), default=0) + 8)
    left = label_width + 8
    ends = [end for each in chart.series for end in (*each.values, *each.highs, *each.lows)]
    scale = scale_over(ends, left, RIGHT - VALUE)
    top = 8 + draw_legend_height(chart)
    drawn = [draw_legend(chart.series, theme, left)] if len(chart.series) > 1 else []
    block = BAR * len(chart.series) + GAP
    bottom = top + block * len(chart.labels)
    zero = scale.place(0.0)
    drawn += [
        rule(scale.place(tick), top - 4, scale.place(tick), bottom - GAP / 2, theme.line_soft) for tick in scale.ticks
    ]
    for row, label in enumerate(chart.labels):
        y = top + block * row
        middle = y + BAR * len(chart.series) / 2
        shown = shorten(label, label_width, SIZE)
        drawn.append(words(shown, label_width, middle + 4, text_anchor="end", font_size=SIZE, fill=theme.text))
        for number, series in enumerate(chart.series):
            drawn.append(_bar(chart, series, row, number, y + BAR * number, scale, theme))
    drawn.append(rule(zero, top - 4, zero, bottom - GAP / 2, theme.text_faint))
    return framed(chart.title, bottom + 4, *drawn)


def draw_legend_height(chart: Bars) -> float:
    """Room above the bars for the names of the series."""
    return 24.0 if len(chart.series) > 1 else 0.0


def _bar(chart: Bars, series: Series, row: int, number: int, y: float, scale: Scale, theme: Theme) -> str:
    value = series.values[row]
    zero, middle = scale.place(0.0), y + BAR / 2
    if value is None:
        return words("cannot say", zero + 6, middle + 4, font_size=SMALL, fill=theme.text_faint)
    end = scale.place(value)
    drawn = element(
        "rect",
        x=min(zero, end),
        y=y + 1.5,
        width=max(abs(end - zero), 1.0),
        height=BAR - 3,
        rx=2,
        fill=colour(theme, number),
        fill_opacity=0.85,
    )
    reach = end
    low = series.lows[row] if series.lows else None
    high = series.highs[row] if series.highs else None
    if low is not None and high is not None:
        drawn += rule(scale.place(low), middle, scale.place(high), middle, theme.text, stroke_width=1.2)
        drawn += rule(scale.place(low), middle - 3, scale.place(low), middle + 3, theme.text, stroke_width=1.2)
        drawn += rule(scale.place(high), middle - 3, scale.place(high), middle + 3, theme.text, stroke_width=1.2)
        reach = max(end, scale.place(high))
    text = shorten(cell_words(value, chart.kind), WIDTH - max(reach, zero) - 10, SMALL)
    return drawn + words(
        text, max(reach, zero) + 6, middle + 4, font_size=SMALL, font_weight=600, fill=theme.text_quiet
    )
