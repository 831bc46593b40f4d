"""How many events arrived, as bars: one for each part of the time, the latest on the right.

The picture holds no text, so that it may be as wide as the page is.
"""

from __future__ import annotations

from typing import Final

from touchline.collection.questions.arrivals import Arrivals
from touchline.ui.drawing.svg import element

_WIDTH: Final = 720.0
_HEIGHT: Final = 64.0
_GAP: Final = 0.25
_LOWEST: Final = 2.0
"""A part with a single event is still seen beside one with thousands."""


def draw_arrivals(found: Arrivals, label: str) -> str:
    """Draw the counts; `label` says to a listener what is drawn."""
    most = max(found.counts)
    step = _WIDTH / len(found.counts)
    bars = [
        element(
            "rect",
            x=position * step + step * _GAP / 2,
            y=_HEIGHT - _height(count, most),
            width=step * (1 - _GAP),
            height=_height(count, most),
        )
        for position, count in enumerate(found.counts)
        if count
    ]
    return element(
        "svg",
        *bars,
        viewBox=f"0 0 {_WIDTH:.0f} {_HEIGHT:.0f}",
        preserveAspectRatio="none",
        class_="arrivals",
        role="img",
        aria_label=label,
    )


def _height(count: int, most: int) -> float:
    return max(_LOWEST, _HEIGHT * count / most) if count else 0.0
