"""The ribbon of people: as thick as the square root of how many came by."""

from __future__ import annotations

from math import sqrt
from typing import Final

from touchline.overview.drawing.pen import Lane, Pen
from touchline.ui.drawing.svg import element, path
from touchline.ui.numbers import compact

_HEIGHT: Final = 54
_MIDDLE: Final = 35
_THICKEST: Final = 28
_THINNEST: Final = 2


def people_lane(pen: Pen) -> Lane:
    """How many customers each touchpoint saw."""
    columns = pen.layout.columns
    most = max((column.touchpoint.customers for column in columns), default=0) or 1
    halves = [max(_THINNEST, _THICKEST * sqrt(column.touchpoint.customers / most)) / 2 for column in columns]
    edges = [
        (pen.layout.left, halves[0]),
        *((column.centre, half) for column, half in zip(columns, halves, strict=True)),
        (pen.layout.width, halves[-1]),
    ] if columns else []  # fmt: skip
    outline = [(x, _MIDDLE - half) for x, half in edges] + [(x, _MIDDLE + half) for x, half in reversed(edges)]
    ribbon = element(
        "path", d=path(outline, closed=True), fill=pen.theme.ribbon, stroke=pen.theme.ribbon_edge, class_="ribbon"
    )
    figures = "".join(
        pen.figure(compact(column.touchpoint.customers), column.centre, 14, "customers", column.touchpoint.id)
        for column in columns
    )
    return Lane(_HEIGHT, ribbon if columns else "", pen.label(_HEIGHT / 2, "users", "People", "√ scale"), figures)
