"""How many are still there, as a curve of steps with its interval: it falls on the days on which somebody stopped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Final, Protocol

from touchline.ui.drawing.svg import element, path, plain, words
from touchline.ui.drawing.theme import FONTS, Theme
from touchline.ui.numbers import percent

WIDTH: Final = 760.0
HEIGHT: Final = 250.0
LEFT, RIGHT, TOP, BOTTOM = 46.0, 748.0, 14.0, 210.0
SMALL: Final = 11
MOST_TICKS: Final = 8

Place = tuple[float, float]


class Point(Protocol):
    """A share with its interval."""

    @property
    def share(self) -> float:
        """0..1."""

    @property
    def low(self) -> float:
        """Of its interval."""

    @property
    def high(self) -> float:
        """Of its interval."""


@dataclass(frozen=True)
class CurveWords:
    """What a curve is of, and how its time is divided."""

    title: str
    below: str
    steps: tuple[int, ...]
    """Of the time line; the smallest that gives few enough marks is taken."""


BUYING: Final = CurveWords(
    "Share of customers who still buy, by days since the first order. The table says the same.",
    "days since the first order",
    (7, 14, 30, 60, 90, 180, 365, 730, 1825),
)
RUNNING: Final = CurveWords(
    "Share of contracts that still run, by months since they began. The table says the same.",
    "months since it began",
    (1, 2, 3, 6, 12, 24, 60),
)


def draw_curve(times: Sequence[float], points: Sequence[Point], told: CurveWords, theme: Theme) -> str:
    """Draw a share at each of the times; it is whole at the beginning."""
    last = max(times[-1], 1.0)

    def x(time: float) -> float:
        return LEFT + (RIGHT - LEFT) * time / last

    def y(share: float) -> float:
        return BOTTOM - (BOTTOM - TOP) * share

    def steps(heights: Sequence[float]) -> list[Place]:
        before, found = 1.0, [(x(0), y(1))]
        for time, height in zip(times, heights, strict=True):
            found += [(x(time), y(before)), (x(time), y(height))]
            before = height
        return found

    shares = steps([point.share for point in points])
    lows, highs = steps([point.low for point in points]), steps([point.high for point in points])
    drawn = [_rule(y(share), theme) + _left(percent(share), y(share), theme) for share in (0.0, 0.25, 0.5, 0.75, 1.0)]
    drawn += [_below(time, x(time), theme) for time in _ticks(last, told.steps)]
    drawn.append(element("path", d=path([*highs, *reversed(lows)], closed=True), fill=theme.band, stroke="none"))
    drawn.append(element("path", d=path(shares), fill="none", stroke=theme.accent, stroke_width=2))
    drawn.append(words(told.below, RIGHT, BOTTOM + 34, **_faint(theme), text_anchor="end"))
    return element(
        "svg",
        element("title", plain(told.title)),
        *drawn,
        viewBox=f"0 0 {WIDTH:.0f} {HEIGHT:.0f}",
        width=WIDTH,
        height=HEIGHT,
        role="img",
        class_="chart",
        xmlns="http://www.w3.org/2000/svg",
        font_family=FONTS,
    )


def _ticks(last: float, steps: Sequence[int]) -> list[int]:
    step = next((each for each in steps if last / each <= MOST_TICKS), ceil(last / MOST_TICKS))
    return [step * at for at in range(int(last // step) + 1)]


def _faint(theme: Theme) -> dict[str, str | float]:
    return {"font_size": SMALL, "fill": theme.text_faint}


def _rule(y: float, theme: Theme) -> str:
    return element("path", d=path([(LEFT, y), (RIGHT, y)]), stroke=theme.line_soft, fill="none")


def _left(text: str, y: float, theme: Theme) -> str:
    return words(text, LEFT - 6, y + 4, text_anchor="end", **_faint(theme))


def _below(time: int, x: float, theme: Theme) -> str:
    anchor = "start" if x <= LEFT + 1 else "middle"
    return words(str(time), x, BOTTOM + 18, text_anchor=anchor, **_faint(theme))
