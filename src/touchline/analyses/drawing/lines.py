"""Lines over ordered labels: straight segments, broken where nothing can be said, dashed where it may still change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from touchline.analyses.drawing.frame import RIGHT, SMALL, colour, framed, rule
from touchline.analyses.drawing.legend import draw_legend
from touchline.analyses.drawing.scale import Scale, scale_over
from touchline.analyses.rules.presentation import Lines, Series
from touchline.analyses.wording import cell_words
from touchline.ui.drawing.svg import element, path, words
from touchline.ui.drawing.text import text_width
from touchline.ui.drawing.theme import Theme

TOP: Final = 34.0
HEIGHT: Final = 220.0
BELOW: Final = 30.0

Point = tuple[float, float]


def draw_lines(chart: Lines, theme: Theme) -> str:
    """Draw them."""
    bottom = TOP + HEIGHT
    ends = [end for each in chart.series for end in (*each.values, *each.highs, *each.lows)]
    scale = scale_over(ends, bottom, TOP)
    ticks = [cell_words(tick, chart.kind) for tick in scale.ticks]
    left = max((text_width(tick, SMALL) for tick in ticks), default=0) + 14
    places = _places(len(chart.labels), left + 8, RIGHT - 8)
    drawn = [draw_legend(chart.series, theme, left)]
    for tick, text in zip(scale.ticks, ticks, strict=True):
        y = scale.place(tick)
        drawn.append(rule(left, y, RIGHT, y, theme.line if tick == 0 else theme.line_soft))
        drawn.append(words(text, left - 6, y + 4, text_anchor="end", font_size=SMALL, fill=theme.text_faint))
    drawn.append(_labels(chart.labels, places, bottom + 18, theme))
    for number, series in enumerate(chart.series):
        drawn.append(_line(series, number, places, scale, chart.provisional_from, theme))
    return framed(chart.title, bottom + BELOW, *drawn)


def _places(number: int, start: float, end: float) -> list[float]:
    if number <= 1:
        return [(start + end) / 2] * number
    return [start + (end - start) * at / (number - 1) for at in range(number)]


def _labels(labels: Sequence[str], places: Sequence[float], y: float, theme: Theme) -> str:
    """As many labels as fit beside each other, the last one always."""
    widest = max((text_width(label, SMALL) for label in labels), default=0) + 12
    apart = (places[1] - places[0]) if len(places) > 1 else widest
    every = max(1, -int(-widest // apart))
    shown = [at for at in range(len(labels)) if (len(labels) - 1 - at) % every == 0]
    return "".join(
        words(
            labels[at],
            min(max(places[at], text_width(labels[at], SMALL) / 2), RIGHT - text_width(labels[at], SMALL) / 2 + 8),
            y,
            text_anchor="middle",
            font_size=SMALL,
            fill=theme.text_faint,
        )
        for at in shown
    )


def _line(
    series: Series, number: int, places: Sequence[float], scale: Scale, provisional_from: int | None, theme: Theme
) -> str:
    stroke = colour(theme, number)
    drawn = _band(series, places, scale, stroke)
    settled = len(series.values) if provisional_from is None else provisional_from
    points = [None if value is None else (places[at], scale.place(value)) for at, value in enumerate(series.values)]
    for begin, run in _runs(points):
        cut = max(0, settled - begin)
        drawn += _stroke(run[:cut], stroke, None)
        drawn += _stroke(run[max(cut - 1, 0) :] if cut < len(run) else [], stroke, "5 4")
        drawn += "".join(
            element("circle", cx=x, cy=y, r=3, fill=stroke if at < cut else theme.surface, stroke=stroke)
            for at, (x, y) in enumerate(run)
        )
    return drawn


def _stroke(points: Sequence[Point], stroke: str, dashes: str | None) -> str:
    if len(points) < 2:
        return ""
    return element(
        "path",
        d=path(points),
        stroke=stroke,
        stroke_width=2,
        fill="none",
        stroke_linejoin="round",
        stroke_dasharray=dashes,
    )


def _band(series: Series, places: Sequence[float], scale: Scale, fill: str) -> str:
    if not (series.lows and series.highs):
        return ""
    drawn = ""
    both = [
        None if low is None or high is None else (places[at], (low, high))
        for at, (low, high) in enumerate(zip(series.lows, series.highs, strict=True))
    ]
    run: list[tuple[float, tuple[float, float]]] = []
    for each in [*both, None]:
        if each is not None:
            run.append(each)
            continue
        if len(run) > 1:
            upper = [(x, scale.place(high)) for x, (_, high) in run]
            lower = [(x, scale.place(low)) for x, (low, _) in reversed(run)]
            drawn += element("path", d=path([*upper, *lower], closed=True), fill=fill, fill_opacity=0.12)
        run = []
    return drawn


def _runs(points: Sequence[Point | None]) -> Iterator[tuple[int, list[Point]]]:
    """Unbroken stretches, each with the position of its first point."""
    run: list[Point] = []
    for at, point in enumerate([*points, None]):
        if point is not None:
            run.append(point)
        elif run:
            yield at - len(run), run
            run = []
