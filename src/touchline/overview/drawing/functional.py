"""The functional lane: did it work, how hard was it, how long did it take."""

from __future__ import annotations

from collections.abc import Callable
from math import log
from typing import Final

from touchline.journeys.facade import TouchpointMeasures
from touchline.overview.drawing.pen import Lane, Pen
from touchline.overview.wording import BLANK
from touchline.ui.drawing.svg import element, words
from touchline.ui.numbers import duration, percent

_ROW: Final = 30
_PADDING: Final = 6
_BAR_WIDTH: Final = 44.0
_BAR_HEIGHT: Final = 4
_EFFORT_LOWEST: Final = 1.0
_EFFORT_HIGHEST: Final = 7.0
_SHORTEST_DAYS: Final = 1 / 1440
_LONGEST_DAYS: Final = 60.0

Reading = Callable[[TouchpointMeasures], tuple[str, float | None]]


def functional_lane(pen: Pen) -> Lane:
    """Success, effort and time taken, each as a number over a small bar."""
    rows: tuple[tuple[str, str, str, str, Reading], ...] = (
        ("circle-check", "Success", "visits that went on", "success", _success),
        ("gauge", "Effort (CES)", "1 to 7, high is easy", "effort", _effort),
        ("clock", "Time taken", "to the next step", "waiting", _time),
    )
    labels, marks, figures = "", "", ""
    for position, (icon_name, title, detail, measure, read) in enumerate(rows):
        top = _PADDING + position * _ROW
        labels += pen.label(top + _ROW / 2 - 1, icon_name, title, detail)
        for column in pen.layout.columns:
            text, filled = read(column.touchpoint)
            marks += _bar(pen, column.centre, top + 18, filled)
            if text == BLANK:
                marks += _cannot_say(pen, column.centre, top + 13)
            else:
                figures += pen.figure(text, column.centre, top + 13, measure, column.touchpoint.id, fill=pen.theme.text)
    return Lane(2 * _PADDING + len(rows) * _ROW, marks, labels, figures)


def _success(touchpoint: TouchpointMeasures) -> tuple[str, float | None]:
    share = touchpoint.functional.success.value
    return (BLANK if share is None else percent(share)), share


def _effort(touchpoint: TouchpointMeasures) -> tuple[str, float | None]:
    mean = touchpoint.functional.effort_ces_mean
    if mean is None:
        return BLANK, None
    return f"{mean:.1f}", (mean - _EFFORT_LOWEST) / (_EFFORT_HIGHEST - _EFFORT_LOWEST)


def _time(touchpoint: TouchpointMeasures) -> tuple[str, float | None]:
    days = touchpoint.functional.time_taken.median_days
    if days is None:
        return BLANK, None
    within = min(max(days, _SHORTEST_DAYS), _LONGEST_DAYS)
    return duration(days), log(within / _SHORTEST_DAYS) / log(_LONGEST_DAYS / _SHORTEST_DAYS)


def _bar(pen: Pen, centre: float, top: float, filled: float | None) -> str:
    left = centre - _BAR_WIDTH / 2
    if filled is None:
        return ""
    track = element("rect", x=left, y=top, width=_BAR_WIDTH, height=_BAR_HEIGHT, rx=2, fill=pen.theme.line)
    return track + element(
        "rect",
        x=left,
        y=top,
        width=max(2.0, _BAR_WIDTH * filled),
        height=_BAR_HEIGHT,
        rx=2,
        fill=pen.theme.accent,
        class_="bar",
    )


def _cannot_say(pen: Pen, centre: float, y: float) -> str:
    return words(BLANK, centre, y, font_size=11, text_anchor="middle", fill=pen.theme.text_faint)
