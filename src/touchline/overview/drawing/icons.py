"""Icons in the drawing: the pages' own, which the front-end build left behind. Without a build each is a dot."""

from __future__ import annotations

from touchline.ui.built import icon_shapes
from touchline.ui.drawing.svg import Number, element


def icon(name: str, x: Number, y: Number, size: float, colour: str) -> str:
    """An icon with its upper left corner at x, y."""
    return element(
        "g",
        icon_shapes(name),
        transform=f"translate({x:.1f},{y:.1f}) scale({size / 24:.3f})",
        fill="none",
        stroke=colour,
        stroke_width=1.8,
        stroke_linecap="round",
        stroke_linejoin="round",
    )
