"""A line the size of a word: how a figure went over time. It breaks where too little is known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from touchline.ui.drawing.svg import element, path

_WIDTH: Final = 64.0
_HEIGHT: Final = 24.0
_EDGE: Final = 3.0

Point = tuple[float, float]


def draw_spark(trend: Sequence[float | None], ends: tuple[float, float] | None = None) -> str:
    """Draw values, oldest first, in the colour of the text around; '' when fewer than two are known.

    `ends` are the values at the lower and upper edge; without them, the smallest and the largest value.
    """
    known = [value for value in trend if value is not None]
    if len(known) < 2:
        return ""
    low, high = ends or (min(known), max(known))
    step = (_WIDTH - 2 * _EDGE) / (len(trend) - 1)

    def place(position: int, value: float) -> Point:
        share = (value - low) / (high - low) if high > low else 0.5
        return _EDGE + step * position, _HEIGHT - _EDGE - share * (_HEIGHT - 2 * _EDGE)

    runs = list(_runs([None if value is None else place(position, value) for position, value in enumerate(trend)]))
    lines = "".join(element("path", d=path(run), class_="spark-line") for run in runs if len(run) > 1)
    x, y = runs[-1][-1]
    return element(
        "svg",
        lines,
        element("circle", cx=x, cy=y, r=2.4),
        viewBox=f"0 0 {_WIDTH:.0f} {_HEIGHT:.0f}",
        width=_WIDTH,
        height=_HEIGHT,
        class_="spark",
        aria_hidden="true",
    )


def _runs(points: Sequence[Point | None]) -> Iterator[list[Point]]:
    run: list[Point] = []
    for point in points:
        if point is not None:
            run.append(point)
        elif run:
            yield run
            run = []
    if run:
        yield run
