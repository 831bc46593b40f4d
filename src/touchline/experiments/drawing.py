"""Both intervals of a difference on one axis: the wide one that may be looked at any time, the narrow one for one look."""

from __future__ import annotations

from typing import Final

from touchline.experiments.rules.metric import change_words
from touchline.experiments.rules.reading import MetricReading
from touchline.formulas.cannot_say import CannotSay
from touchline.formulas.experiments.confidence_sequence import AnyTimeValid
from touchline.ui.drawing.svg import element, plain, words
from touchline.ui.drawing.theme import FONTS, PAGE, Theme

_WIDTH: Final = 560.0
_LEFT: Final = 170.0
_ROW: Final = 34.0
_TOP: Final = 12.0
_AXIS: Final = 26.0
_SIZE: Final = 12


def draw_intervals(reading: MetricReading, currency: str, *, is_planned_end: bool, theme: Theme = PAGE) -> str:
    """Draw the difference with its intervals over a line at no difference; '' where there is none."""
    if isinstance(reading.found, CannotSay) or reading.fixed is None:
        return ""
    always = reading.any_time if isinstance(reading.any_time, AnyTimeValid) else None
    rows = [("Any time", always.low, always.high, True)] if always else []
    rows.append(
        (f"One look{'' if is_planned_end else ', too early'}", reading.fixed.low, reading.fixed.high, is_planned_end)
    )
    ends = [0.0, *(end for _, low, high, _ in rows for end in (low, high))]
    low, reach = min(ends), (max(ends) - min(ends)) or 1.0

    def place(value: float) -> float:
        return _LEFT + (_WIDTH - _LEFT - 16) * (value - low) / reach

    bottom = _TOP + _ROW * len(rows)
    zero = element(
        "path", d=f"M{place(0):.1f},{_TOP - 6:.1f}V{bottom:.1f}", stroke=theme.neutral, stroke_dasharray="3 3"
    )
    drawn = "".join(
        _row(name, _TOP + _ROW * (at + 0.5), place(first), place(reading.found.difference), place(last), counts, theme)
        for at, (name, first, last, counts) in enumerate(rows)
    )
    title = f"Difference of {change_words(reading.found.difference, reading.metric.unit, currency)}. The table says the same."
    return element(
        "svg",
        element("title", plain(title)),
        zero,
        drawn,
        words("no difference", place(0), bottom + 15, font_size=11, text_anchor="middle", fill=theme.text_quiet),
        viewBox=f"0 0 {_WIDTH:.0f} {bottom + _AXIS:.0f}",
        width=_WIDTH,
        height=bottom + _AXIS,
        role="img",
        class_="specification",
        font_family=FONTS,
    )


def _row(name: str, y: float, low: float, value: float, high: float, counts: bool, theme: Theme) -> str:
    ink = theme.text if counts else theme.neutral
    return (
        words(
            name, _LEFT - 14, y + 4, font_size=_SIZE, text_anchor="end", fill=theme.text if counts else theme.text_quiet
        )
        + element("path", d=f"M{low:.1f},{y:.1f}H{high:.1f}", stroke=ink, stroke_width=3, stroke_linecap="round")
        + element("circle", cx=value, cy=y, r=5, fill=ink if counts else theme.surface, stroke=ink, stroke_width=2)
    )
