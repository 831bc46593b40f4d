"""The specification curve: the same effect estimated in other defensible ways, each with its interval."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from touchline.pains.rules.pain import Variant
from touchline.pains.wording import change
from touchline.ui.drawing.svg import element, plain, words
from touchline.ui.drawing.text import shorten, text_width
from touchline.ui.drawing.theme import FONTS, PAGE, Theme

_WIDTH: Final = 560.0
_ROW: Final = 26.0
_TOP: Final = 10.0
_AXIS: Final = 26.0
_WIDEST_LABEL: Final = 210.0
_VALUE: Final = 84.0
_SIZE: Final = 12


def draw_specification(title: str, variants: Sequence[Variant], outcome: str, theme: Theme = PAGE) -> str:
    """Draw one line per variant, the largest loss first, over a line at no effect."""
    ordered = sorted(variants, key=lambda each: each.value)
    ends = [0.0, *(end for each in ordered for end in (each.low, each.high))]
    low, high = min(ends), max(ends)
    reach = (high - low) or 1.0
    left = min(_WIDEST_LABEL, max((text_width(each.name, _SIZE) for each in ordered), default=0.0)) + 14
    right = _WIDTH - _VALUE

    def place(value: float) -> float:
        return left + (right - left) * (value - low) / reach

    bottom = _TOP + _ROW * len(ordered)
    zero = element(
        "path", d=f"M{place(0):.1f},{_TOP - 4:.1f}V{bottom:.1f}", stroke=theme.neutral, stroke_dasharray="3 3"
    )
    lines = "".join(
        _line(
            each, _TOP + _ROW * (row + 0.5), left, place(each.low), place(each.value), place(each.high), outcome, theme
        )
        for row, each in enumerate(ordered)
    )
    none = words("no effect", place(0), bottom + 15, font_size=11, text_anchor="middle", fill=theme.text_quiet)
    return element(
        "svg",
        element("title", plain(f"{title}. The table says the same.")),
        zero,
        lines,
        none,
        viewBox=f"0 0 {_WIDTH:.0f} {bottom + _AXIS:.0f}",
        width=_WIDTH,
        height=bottom + _AXIS,
        role="img",
        class_="specification",
        font_family=FONTS,
    )


def _line(
    variant: Variant, y: float, left: float, low: float, value: float, high: float, outcome: str, theme: Theme
) -> str:
    loses = variant.high < 0
    ink = theme.very_poor if loses else theme.neutral
    name = shorten(variant.name, left - 12, _SIZE)
    return (
        words(name, left - 12, y + 4, font_size=_SIZE, text_anchor="end", fill=theme.text)
        + element("path", d=f"M{low:.1f},{y:.1f}H{high:.1f}", stroke=ink, stroke_width=2, stroke_linecap="round")
        + element("circle", cx=value, cy=y, r=4.5, fill=ink if loses else theme.surface, stroke=ink, stroke_width=2)
        + words(
            change(variant.value, outcome),
            _WIDTH,
            y + 4,
            font_size=11.5,
            font_weight=600,
            text_anchor="end",
            fill=theme.text_quiet,
        )
    )
