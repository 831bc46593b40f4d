"""The emotional line, drawn by the rules that keep it honest.

Straight segments between points, because a curve would invent peaks. The zero is the journey's own mean, not
"neutral". The 80 % band is always there; the line breaks where nobody answered enough; a point is hollow where its
score comes mostly from the stage; only differences that are not noise carry a number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import sqrt
from typing import Final

from touchline.journeys.facade import ExperienceScore, JourneyMap
from touchline.overview.drawing.icons import icon
from touchline.overview.drawing.layout import Column
from touchline.overview.drawing.pen import LABEL_ICON_X, LABEL_X, Lane, Pen
from touchline.overview.drawing.tones import tone_colour
from touchline.overview.rules import FAR_FROM_THE_MEAN_POINTS, NEAR_THE_MEAN_POINTS, Tone, tone_of
from touchline.overview.wording import BLANK
from touchline.ui.drawing.svg import element, lines, path, words
from touchline.ui.drawing.text import text_width
from touchline.ui.drawing.theme import Theme
from touchline.ui.numbers import compact, signed, whole

_TOP: Final = 50
_PLOT: Final = 148
_BOTTOM: Final = 40
_ANSWERS: Final = 22
_RANGES: Final = (20, 40, 60, 80, 100, 150, 200)
_LARGEST_MARK: Final = 8.0
_SMALLEST_MARK: Final = 5.0
_GRADIENT: Final = "map-tones"
_FLAGS: Final = {"high": "High point", "low": "Low point"}

Height = Callable[[float], float]


def emotion_lane(pen: Pen, journey_map: JourneyMap) -> Lane:
    """How customers felt, as the difference from the journey's mean, with what is not known left out."""
    columns = pen.layout.columns
    reach = _range(columns)
    most_visits = max((column.touchpoint.visits for column in columns), default=0) or 1

    def height(difference: float) -> float:
        return _TOP + (reach - difference) / (2 * reach) * _PLOT

    runs = list(_runs(columns))
    marks = [_gradient(pen.theme, height), _grid(pen, reach, height)]
    marks += [_band(pen.theme, run, height) for run in runs]
    marks.append(_previous(pen.theme, columns, height))
    marks += [_line(run, height) for run in runs]
    marks += [_column(pen, column, most_visits, height) for column in columns]
    bottom = _TOP + _PLOT + _BOTTOM
    figures = "".join(_number(pen, column, most_visits, height) for column in columns)
    figures += "".join(
        pen.figure(
            _answers(column.touchpoint.experience.n), column.centre, bottom + 11, "experience", column.touchpoint.id
        )
        for column in columns
    )
    labels = _labels(pen, journey_map, reach, height) + pen.row_label(bottom + 7, "message-square", "Answers")
    return Lane(bottom + _ANSWERS, "".join(marks), labels, figures)


def _answers(n: int) -> str:
    return compact(n) if n else BLANK


def _range(columns: tuple[Column, ...]) -> float:
    """A round range that holds every band, so that the zero stays in the middle."""
    ends = [
        abs(end)
        for column in columns
        for end in (column.touchpoint.experience.low, column.touchpoint.experience.high)
        if end
    ]
    widest = max(ends, default=0.0)
    return next((reach for reach in _RANGES if reach >= widest), _RANGES[-1])


def _runs(columns: tuple[Column, ...]) -> Iterator[list[Column]]:
    """Neighbours with evidence; between runs the line is broken."""
    run: list[Column] = []
    for column in columns:
        if column.touchpoint.experience.difference is None:
            if run:
                yield run
            run = []
        else:
            run.append(column)
    if run:
        yield run


def _gradient(theme: Theme, height: Height) -> str:
    """Tones along the height, so that a segment changes colour where it crosses a threshold."""
    top, bottom = FAR_FROM_THE_MEAN_POINTS, -FAR_FROM_THE_MEAN_POINTS
    stops = (
        (top, Tone.MUCH_BETTER), (NEAR_THE_MEAN_POINTS * 1.5, Tone.BETTER), (0.0, Tone.MEAN),
        (-NEAR_THE_MEAN_POINTS * 1.5, Tone.WORSE), (bottom, Tone.MUCH_WORSE),
    )  # fmt: skip
    written = "".join(
        element("stop", offset=f"{(top - at) / (top - bottom):.3f}", stop_color=tone_colour(theme, tone))
        for at, tone in stops
    )
    gradient = element(
        "linearGradient",
        written,
        id=_GRADIENT,
        gradientUnits="userSpaceOnUse",
        x1=0,
        x2=0,
        y1=height(top),
        y2=height(bottom),
    )
    return element("defs", gradient)


def _grid(pen: Pen, reach: float, height: Height) -> str:
    guides = "".join(pen.guide(height(part * reach)) for part in (1, 0.5, -0.5, -1))
    zero = element(
        "path",
        d=f"M{pen.layout.left:.0f},{height(0):.1f}H{pen.layout.width:.0f}",
        stroke=pen.theme.neutral,
        stroke_dasharray="3 3",
        fill="none",
        class_="zero",
    )
    return guides + zero


def _band(theme: Theme, run: list[Column], height: Height) -> str:
    ends = [(column.centre, column.touchpoint.experience.low, column.touchpoint.experience.high) for column in run]
    known = [(x, low, high) for x, low, high in ends if low is not None and high is not None]
    if not known:
        return ""
    if len(known) == 1:
        x, low, high = known[0]
        known = [(x - 6, low, high), (x + 6, low, high)]
    outline = [(x, height(high)) for x, _, high in known] + [(x, height(low)) for x, low, _ in reversed(known)]
    return element(
        "path", d=path(outline, closed=True), fill=theme.band, stroke=theme.band_edge, stroke_width=0.7, class_="band"
    )


def _previous(theme: Theme, columns: tuple[Column, ...], height: Height) -> str:
    """The comparison period, dashed; it breaks where either period has no evidence."""
    drawn = []
    run: list[tuple[float, float]] = []
    for column in columns:
        score = column.touchpoint.experience
        if score.difference is not None and score.change is not None:
            run.append((column.centre, height(score.difference - score.change)))
        else:
            drawn.append(run)
            run = []
    return "".join(
        element(
            "path",
            d=path(points),
            fill="none",
            stroke=theme.neutral,
            stroke_width=1.4,
            stroke_dasharray="4 3",
            class_="previous",
        )
        for points in [*drawn, run]
        if len(points) > 1
    )


def _line(run: list[Column], height: Height) -> str:
    points = [(column.centre, height(column.touchpoint.experience.difference or 0.0)) for column in run]
    if len(points) < 2:
        return ""
    return element(
        "path",
        d=path(points),
        fill="none",
        stroke=f"url(#{_GRADIENT})",
        stroke_width=3,
        stroke_linejoin="round",
        class_="emotion",
    )


def _column(pen: Pen, column: Column, most_visits: int, height: Height) -> str:
    score = column.touchpoint.experience
    if score.difference is None:
        texts = ["too few", "answers"]
        return lines(
            texts,
            column.centre,
            height(0) - 3,
            12,
            font_size=10,
            text_anchor="middle",
            fill=pen.theme.text_faint,
            **_halo(pen),
        )
    mark = _mark(pen.theme, score, column.centre, height(score.difference), _radius(column, most_visits))
    return mark + _beside_the_number(pen, column, most_visits, height)


def _radius(column: Column, most_visits: int) -> float:
    return max(_SMALLEST_MARK, _LARGEST_MARK * sqrt(column.touchpoint.visits / most_visits))


def _mark(theme: Theme, score: ExperienceScore, x: float, y: float, radius: float) -> str:
    """A triangle points the way a point stands out; a circle does not stand out. Hollow: mostly prior."""
    colour = tone_colour(theme, tone_of(score.difference or 0.0))
    hollow = score.drawn == "hollow"
    paint: dict[str, str | float | None] = {
        "fill": theme.surface if hollow else colour,
        "stroke": colour if hollow else theme.surface,
        "stroke_width": 2,
        "class_": f"mark {score.drawn} {score.label}".strip(),
    }
    if not score.label:
        return element("circle", cx=x, cy=y, r=radius, **paint)
    tip = -1 if score.label == "high" else 1
    size = radius * 1.35
    corners = [(x, y + tip * size), (x - size, y - tip * size * 0.75), (x + size, y - tip * size * 0.75)]
    return element("path", d=path(corners, closed=True), stroke_linejoin="round", **paint)


def _number(pen: Pen, column: Column, most_visits: int, height: Height) -> str:
    """The difference, beside points that stand out."""
    score = column.touchpoint.experience
    if not score.label:
        return ""
    return pen.figure(
        signed(score.difference),
        column.centre,
        _number_y(column, most_visits, height),
        "experience",
        column.touchpoint.id,
        font_size=11.5,
        font_weight=700,
        fill=pen.theme.text,
        **_halo(pen),
    )


def _number_y(column: Column, most_visits: int, height: Height) -> float:
    """Clear of the mark and of its band."""
    score, radius = column.touchpoint.experience, _radius(column, most_visits)
    value = score.difference or 0.0
    if value >= 0:
        return min(height(score.high or value), height(value) - radius - 2) - 7
    return max(height(score.low or value), height(value) + radius + 2) + 15


def _beside_the_number(pen: Pen, column: Column, most_visits: int, height: Height) -> str:
    """What stands out, and how it changed, where that is not noise."""
    score = column.touchpoint.experience
    y = _number_y(column, most_visits, height)
    label = signed(score.difference) if score.label else ""
    drawn = ""
    if label:
        is_above = (score.difference or 0.0) >= 0
        drawn += _flag(pen.theme, _FLAGS[score.label], column.centre, y - 28 if is_above else y + 6)
    if score.change is not None and not score.change_is_noise:
        drawn += _change(
            pen, score.change, column.centre + (text_width(label, 11.5, bold=True) / 2 + 5 if label else -10), y
        )
    return drawn


def _change(pen: Pen, change: float, x: float, y: float) -> str:
    colour = pen.theme.rise if change > 0 else pen.theme.fall
    tip, base = (y - 7.5, y - 1.5) if change > 0 else (y - 1.5, y - 7.5)
    triangle = element("path", d=path([(x, base), (x + 6, base), (x + 3, tip)], closed=True), fill=colour)
    return triangle + words(f"{abs(change):.0f}", x + 8, y, font_size=10, font_weight=700, fill=colour, **_halo(pen))


def _flag(theme: Theme, text: str, x: float, top: float) -> str:
    width = text_width(text, 9.5, bold=True) + 14
    return element(
        "rect", x=x - width / 2, y=top, width=width, height=16, rx=8, fill=theme.text, class_="flag"
    ) + words(text, x, top + 11.5, font_size=9.5, font_weight=600, text_anchor="middle", fill=theme.surface)


def _halo(pen: Pen) -> dict[str, str | float | None]:
    return {"stroke": pen.theme.surface, "stroke_width": 3, "stroke_linejoin": "round", "paint_order": "stroke"}


def _labels(pen: Pen, journey_map: JourneyMap, reach: float, height: Height) -> str:
    theme = pen.theme
    right = pen.layout.left - 8
    drawn = words("How it felt", LABEL_ICON_X, 17, font_size=11.5, font_weight=600, fill=theme.text)
    drawn += words("with its 80% band", LABEL_ICON_X, 30, font_size=10, fill=theme.text_faint)
    for end, face, text, tone in (
        (reach, "smile", "better", Tone.MUCH_BETTER),
        (-reach, "frown", "worse", Tone.MUCH_WORSE),
    ):
        drawn += icon(face, LABEL_ICON_X, height(end) - 8, 16, tone_colour(theme, tone))
        drawn += words(text, LABEL_X, height(end) + 4, font_size=10.5, fill=theme.text_quiet)
    for part in (1.0, 0.5, -0.5, -1.0):
        drawn += words(
            signed(part * reach),
            right,
            height(part * reach) + 4,
            font_size=10.5,
            text_anchor="end",
            fill=theme.text_quiet,
        )
    mean = BLANK if journey_map.journey_mean is None else signed(journey_map.journey_mean, 1)
    drawn += pen.figure(
        f"Mean {mean}",
        LABEL_ICON_X,
        height(0) + 1,
        "journey_mean",
        "",
        text_anchor="start",
        font_weight=600,
        fill=theme.text,
    )
    drawn += words(
        f"n = {whole(journey_map.journey_mean_n)}", LABEL_ICON_X, height(0) + 13, font_size=10, fill=theme.text_faint
    )
    return drawn + words("0", right, height(0) + 4, font_size=10.5, text_anchor="end", fill=theme.text_quiet)
