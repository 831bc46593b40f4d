"""Any chart as SVG."""

from __future__ import annotations

from touchline.analyses.drawing.bars import draw_bars
from touchline.analyses.drawing.heat import draw_heat
from touchline.analyses.drawing.lines import draw_lines
from touchline.analyses.rules.presentation import Bars, Chart, Lines
from touchline.ui.drawing.theme import Theme


def draw_chart(chart: Chart, theme: Theme) -> str:
    """Draw a chart in the colours of a page (PAGE) or of a file (LIGHT, DARK)."""
    if isinstance(chart, Bars):
        return draw_bars(chart, theme)
    if isinstance(chart, Lines):
        return draw_lines(chart, theme)
    return draw_heat(chart, theme)
