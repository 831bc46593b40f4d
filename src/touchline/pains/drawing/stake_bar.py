"""An amount at stake as a bar the width of a table's cell, with its 80 % interval as a whisker."""

from __future__ import annotations

from typing import Final

from touchline.pains.rules.pain import Amount
from touchline.ui.drawing.svg import element
from touchline.ui.drawing.theme import PAGE, Theme

_WIDTH: Final = 116.0
_HEIGHT: Final = 18.0
_BAR: Final = 8.0
_WHISKER: Final = 3.5


def draw_stake_bar(amount: Amount, widest: float, *, is_firm: bool, theme: Theme = PAGE) -> str:
    """Draw it from zero; `widest` is the amount at the right edge. Not firm: its range only, in grey."""

    def place(value: float) -> float:
        return 1 + (_WIDTH - 3) * min(max(value / widest, 0.0), 1.0) if widest > 0 else 1.0

    middle = _HEIGHT / 2
    low, high, end = place(amount.low), place(amount.high), place(amount.median)
    bar = element("rect", x=0, y=middle - _BAR / 2, width=end, height=_BAR, rx=1.5, fill=theme.very_poor, opacity="0.8")
    ink = theme.text if is_firm else theme.neutral
    whisker = element(
        "path",
        d=f"M{low:.1f},{middle:.1f}H{high:.1f}"
        + "".join(f"M{x:.1f},{middle - _WHISKER:.1f}v{2 * _WHISKER:.1f}" for x in (low, high)),
        stroke=ink,
        stroke_width=1.5,
        stroke_dasharray=None if is_firm else "3 2",
        fill="none",
    )
    return element(
        "svg",
        bar if is_firm else "",
        whisker,
        viewBox=f"0 0 {_WIDTH:.0f} {_HEIGHT:.0f}",
        width=_WIDTH,
        height=_HEIGHT,
        class_="stake-bar",
        aria_hidden="true",
    )
