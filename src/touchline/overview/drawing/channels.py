"""Channel lanes: how contacts with a touchpoint spread over channels, and the channel most people used."""

from __future__ import annotations

from math import sqrt
from typing import Final

from touchline.events.facade import CHANNEL_NAMES
from touchline.events.pages import CHANNEL_ICONS
from touchline.journeys.facade import ChannelShare, TouchpointMeasures
from touchline.overview.channels import channels_in_use
from touchline.overview.drawing.pen import Lane, Pen
from touchline.overview.drawing.tones import tone_colour
from touchline.overview.rules import Tone, tone_of
from touchline.ui.drawing.svg import element, plain
from touchline.ui.numbers import percent

_ROW: Final = 23
_PADDING: Final = 7
_LARGEST: Final = 9.0
_SMALLEST: Final = 2.8
_ROOM_FOR_SIGN: Final = 5.0


def channel_lane(pen: Pen) -> Lane:
    """A bubble per touchpoint and channel, and the route of the most used ones."""
    touchpoints = tuple(column.touchpoint for column in pen.layout.columns)
    middles = {channel: _PADDING + _ROW * (row + 0.5) for row, channel in enumerate(channels_in_use(touchpoints))}
    marks = "".join(pen.guide(middle) for middle in middles.values()) + _route(pen, middles)
    labels = "".join(
        pen.row_label(middle, CHANNEL_ICONS.get(channel, "dot"), CHANNEL_NAMES.get(channel, channel))
        for channel, middle in middles.items()
    )
    for column in pen.layout.columns:
        for channel in column.touchpoint.channels:
            marks += _bubble(pen, column.touchpoint, channel, column.centre, middles[channel.channel])
    return Lane(2 * _PADDING + _ROW * len(middles), marks, labels)


def _route(pen: Pen, middles: dict[str, float]) -> str:
    """From the most used channel of one touchpoint to that of the next; it breaks where nobody came."""
    drawn = ""
    before: tuple[float, float] | None = None
    for column in pen.layout.columns:
        used = max(column.touchpoint.channels, key=lambda channel: channel.share, default=None)
        here = None if used is None else (column.centre, middles[used.channel])
        if before is not None and here is not None:
            (x0, y0), (x1, y1) = before, here
            bend = (x0 + x1) / 2
            drawn += f"M{x0:.1f},{y0:.1f}C{bend:.1f},{y0:.1f} {bend:.1f},{y1:.1f} {x1:.1f},{y1:.1f}"
        before = here
    if not drawn:
        return ""
    return element(
        "path", d=drawn, fill="none", stroke=pen.theme.route, stroke_width=3, stroke_linecap="round", class_="route"
    )


def _bubble(pen: Pen, touchpoint: TouchpointMeasures, channel: ChannelShare, x: float, y: float) -> str:
    radius = max(_SMALLEST, _LARGEST * sqrt(channel.share))
    name = (
        f"{touchpoint.name}, {CHANNEL_NAMES.get(channel.channel, channel.channel)}: {percent(channel.share)} of visits"
    )
    if channel.experience is None:
        title = element("title", plain(f"{name}; too few answers"))
        return element(
            "circle",
            title,
            cx=x,
            cy=y,
            r=radius - 0.75,
            fill=pen.theme.surface,
            stroke=pen.theme.neutral,
            stroke_width=1.5,
        )
    tone = tone_of(channel.experience)
    title = element("title", plain(f"{name}; {tone.value}, {channel.n} answers"))
    disc = element(
        "circle",
        title,
        cx=x,
        cy=y,
        r=radius,
        fill=tone_colour(pen.theme, tone),
        stroke=pen.theme.surface,
        stroke_width=1.5,
    )
    return disc + (_sign(pen, tone, x, y) if radius >= _ROOM_FOR_SIGN else "")


def _sign(pen: Pen, tone: Tone, x: float, y: float) -> str:
    """A plus or a minus in the bubble, so that its reading does not hang on colour."""
    if tone is Tone.MEAN:
        return ""
    stroke = f"M{x - 2.5:.1f},{y:.1f}h5"
    if tone in (Tone.BETTER, Tone.MUCH_BETTER):
        stroke += f"M{x:.1f},{y - 2.5:.1f}v5"
    return element("path", d=stroke, stroke=pen.theme.surface, stroke_width=1.5, stroke_linecap="round", fill="none")
