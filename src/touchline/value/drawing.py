"""How many customers still buy, as a curve of steps with its interval: it falls on the days on which somebody stopped."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import Final

from touchline.ui.drawing.svg import element, path, plain, words
from touchline.ui.drawing.theme import FONTS, Theme
from touchline.ui.numbers import percent
from touchline.value.rules.report import CurvePoint

WIDTH: Final = 760.0
HEIGHT: Final = 250.0
LEFT, RIGHT, TOP, BOTTOM = 46.0, 748.0, 14.0, 210.0
SMALL: Final = 11
STEPS_OF_DAYS: Final = (7, 14, 30, 60, 90, 180, 365, 730, 1825)
MOST_TICKS: Final = 8

Point = tuple[float, float]


def draw_curve(points: Sequence[CurvePoint], theme: Theme) -> str:
    """Draw it; the first point is at the first order, where everybody is a customer."""
    last = max(points[-1].days, 1.0)

    def x(days: float) -> float:
        return LEFT + (RIGHT - LEFT) * days / last

    def y(share: float) -> float:
        return BOTTOM - (BOTTOM - TOP) * share

    def steps(heights: Sequence[float]) -> list[Point]:
        before, found = 1.0, [(x(0), y(1))]
        for point, height in zip(points, heights, strict=True):
            found += [(x(point.days), y(before)), (x(point.days), y(height))]
            before = height
        return found

    shares = steps([point.share for point in points])
    lows, highs = steps([point.low for point in points]), steps([point.high for point in points])
    drawn = [_rule(y(share), theme) + _left(percent(share), y(share), theme) for share in (0.0, 0.25, 0.5, 0.75, 1.0)]
    drawn += [_below(days, x(days), theme) for days in _ticks(last)]
    drawn.append(element("path", d=path([*highs, *reversed(lows)], closed=True), fill=theme.band, stroke="none"))
    drawn.append(element("path", d=path(shares), fill="none", stroke=theme.accent, stroke_width=2))
    drawn.append(words("days since the first order", RIGHT, BOTTOM + 34, **_faint(theme), text_anchor="end"))
    return element(
        "svg",
        element(
            "title", plain("Share of customers who still buy, by days since the first order. The table says the same.")
        ),
        *drawn,
        viewBox=f"0 0 {WIDTH:.0f} {HEIGHT:.0f}",
        width=WIDTH,
        height=HEIGHT,
        role="img",
        class_="chart",
        xmlns="http://www.w3.org/2000/svg",
        font_family=FONTS,
    )


def _ticks(last: float) -> list[int]:
    step = next((each for each in STEPS_OF_DAYS if last / each <= MOST_TICKS), ceil(last / MOST_TICKS))
    return [step * at for at in range(int(last // step) + 1)]


def _faint(theme: Theme) -> dict[str, str | float]:
    return {"font_size": SMALL, "fill": theme.text_faint}


def _rule(y: float, theme: Theme) -> str:
    return element("path", d=path([(LEFT, y), (RIGHT, y)]), stroke=theme.line_soft, fill="none")


def _left(text: str, y: float, theme: Theme) -> str:
    return words(text, LEFT - 6, y + 4, text_anchor="end", **_faint(theme))


def _below(days: int, x: float, theme: Theme) -> str:
    anchor = "start" if x <= LEFT + 1 else "middle"
    return words(str(days), x, BOTTOM + 18, text_anchor=anchor, **_faint(theme))
