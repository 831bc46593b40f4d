"""What the marks mean."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from touchline.journeys.facade import MapPains
from touchline.overview.drawing.layout import PREFERRED_WIDTH
from touchline.overview.drawing.pains import alert_key, moment_key
from touchline.overview.drawing.pen import LABEL_ICON_X, Lane, Pen
from touchline.overview.drawing.tones import tone_colour
from touchline.overview.rules import Tone
from touchline.ui.drawing.svg import element, path, words
from touchline.ui.drawing.text import text_width
from touchline.ui.drawing.theme import Theme

_SIZE: Final = 11
_LINE: Final = 20
_GAP: Final = 18

Key = Callable[[Theme, float, float], str]


def legend_lane(pen: Pen, *, compares: bool, pains: MapPains | None) -> Lane:
    """Keys in rows that break at the width of a page, so that they are read without scrolling."""
    x, y = float(LABEL_ICON_X), 19.0
    drawn = ""
    for width, key, text in _keys(compares, pains):
        needed = width + 6 + text_width(text, _SIZE)
        if x + needed > PREFERRED_WIDTH - LABEL_ICON_X:
            x, y = float(LABEL_ICON_X), y + _LINE
        drawn += key(pen.theme, x, y) + words(text, x + width + 6, y, font_size=_SIZE, fill=pen.theme.text_quiet)
        x += needed + _GAP
    return Lane(y + 11, element("g", drawn, class_="legend"))


def _keys(compares: bool, pains: MapPains | None) -> list[tuple[float, Key, str]]:
    keys: list[tuple[float, Key, str]] = [
        (58, _tones, "better to worse than the mean"),
        (18, _band, "80% band"),
        (12, _up, "high point"),
        (12, _down, "low point"),
        (12, _hollow, "mostly estimated from its stage"),
        (12, _solid, "size: visits here"),
        (18, _route, "most used channel"),
        (12, _bubble, "size: share of visits"),
    ]
    keys += [(12, alert_key, "a pain point is here")] if pains and pains.pains else []
    keys += [(12, moment_key, "moment of truth")] if pains and pains.moments else []
    return [*keys, (18, _previous, "previous period")] if compares else keys


def _tones(theme: Theme, x: float, y: float) -> str:
    tones = (Tone.MUCH_BETTER, Tone.BETTER, Tone.MEAN, Tone.WORSE, Tone.MUCH_WORSE)
    return "".join(
        element("circle", cx=x + 5 + 12 * position, cy=y - 4, r=4.5, fill=tone_colour(theme, tone))
        for position, tone in enumerate(tones)
    )


def _band(theme: Theme, x: float, y: float) -> str:
    return element("rect", x=x, y=y - 9, width=18, height=10, fill=theme.band, stroke=theme.band_edge, stroke_width=0.7)


def _up(theme: Theme, x: float, y: float) -> str:
    return element("path", d=path([(x + 6, y - 10), (x + 12, y + 1), (x, y + 1)], closed=True), fill=theme.text)


def _down(theme: Theme, x: float, y: float) -> str:
    return element("path", d=path([(x + 6, y + 1), (x + 12, y - 10), (x, y - 10)], closed=True), fill=theme.text)


def _hollow(theme: Theme, x: float, y: float) -> str:
    return element("circle", cx=x + 6, cy=y - 4, r=4.5, fill=theme.surface, stroke=theme.text, stroke_width=2)


def _solid(theme: Theme, x: float, y: float) -> str:
    return element("circle", cx=x + 6, cy=y - 4, r=6, fill=theme.neutral)


def _bubble(theme: Theme, x: float, y: float) -> str:
    return element("circle", cx=x + 3, cy=y - 4, r=2.8, fill=theme.neutral) + element(
        "circle", cx=x + 10, cy=y - 4, r=4.5, fill=theme.neutral
    )


def _route(theme: Theme, x: float, y: float) -> str:
    return element(
        "path",
        d=f"M{x + 2:.1f},{y - 4:.1f}h14",
        stroke=theme.route,
        stroke_width=3,
        stroke_linecap="round",
        fill="none",
    )


def _previous(theme: Theme, x: float, y: float) -> str:
    return element(
        "path",
        d=f"M{x:.1f},{y - 4:.1f}h18",
        stroke=theme.neutral,
        stroke_width=1.4,
        stroke_dasharray="4 3",
        fill="none",
    )
