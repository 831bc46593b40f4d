"""What all charts share: their size, colours and frame."""

from __future__ import annotations

from typing import Final

from touchline.ui.drawing.svg import element, plain
from touchline.ui.drawing.theme import FONTS, Theme

WIDTH: Final = 760.0
RIGHT: Final = WIDTH - 12
SIZE: Final = 12
SMALL: Final = 11


def colours(theme: Theme) -> tuple[str, ...]:
    """Colours of series; lines are also told apart by marks and names, bars by names."""
    return (theme.accent, theme.poor, theme.good, theme.text_faint, theme.route, theme.very_poor)


def colour(theme: Theme, number: int) -> str:
    """The colour of a series."""
    found = colours(theme)
    return found[number % len(found)]


def framed(title: str, height: float, *drawn: str) -> str:
    """The whole picture, with its title for those who do not see it."""
    return element(
        "svg",
        element("title", plain(f"{title}. The table below says the same.")),
        *drawn,
        viewBox=f"0 0 {WIDTH:.0f} {height:.0f}",
        width=WIDTH,
        height=height,
        role="img",
        class_="chart",
        xmlns="http://www.w3.org/2000/svg",
        font_family=FONTS,
    )


def rule(x1: float, y1: float, x2: float, y2: float, stroke: str, **attributes: str | float | None) -> str:
    """A straight line."""
    return element("path", d=f"M{x1:.1f},{y1:.1f}L{x2:.1f},{y2:.1f}", stroke=stroke, fill="none", **attributes)
