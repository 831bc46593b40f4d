"""The two heads of the map: stages as chevrons, touchpoints with their icons."""

from __future__ import annotations

from typing import Final

from touchline.journeys.facade import StageMeasures
from touchline.overview.drawing.icons import icon
from touchline.overview.drawing.layout import NAME_SIZE, STAGE_NAME_SIZE, STAGE_PADDING, STAGE_SCORE, Column, Span
from touchline.overview.drawing.pen import Lane, Pen
from touchline.overview.drawing.svg import element, lines, path, words
from touchline.overview.drawing.text import text_width, wrap
from touchline.overview.rules import tone_of
from touchline.ui.numbers import compact, percent, signed

_POINT: Final = 9
_META_SIZE: Final = 10.8
_NAME_LINE: Final = 15
_META_LINE: Final = 14


def stage_lane(pen: Pen) -> Lane:
    """Stages with their people, the share that goes on, and how they felt."""
    spans = pen.layout.spans
    texts = [_texts(span) for span in spans]
    tallest = max(
        (len(name) * _NAME_LINE + len(meta) * _META_LINE for name, meta in texts), default=_NAME_LINE + _META_LINE
    )
    height = tallest + 25
    marks = "".join(
        _chevron(pen, span, height, is_first=position == 0, is_last=position == len(spans) - 1)
        + _words(pen, span, *texts[position], indent=14 if position == 0 else 21)
        + _score(pen, span, is_last=position == len(spans) - 1)
        for position, span in enumerate(spans)
    )
    return Lane(height, marks, pen.label(height / 2, "flag", "Stage", "people going on"))


def touchpoint_lane(pen: Pen) -> Lane:
    """Icon and name of every touchpoint."""
    names = [
        wrap(column.touchpoint.name, column.width - 6, NAME_SIZE, most_lines=3, bold=True)
        for column in pen.layout.columns
    ]
    height = 40 + 12 * max(map(len, names), default=1) + 8
    marks = "".join(_touchpoint(pen, column, name) for column, name in zip(pen.layout.columns, names, strict=True))
    return Lane(
        height, marks, pen.label(height / 2, "circle-dot", "Touchpoint", "open for details" if pen.links else "")
    )


def _texts(span: Span) -> tuple[list[str], list[str]]:
    room = span.width - STAGE_PADDING
    score = STAGE_SCORE if span.stage.experience.label else 0
    return (
        wrap(span.stage.name, room - score, STAGE_NAME_SIZE, most_lines=2, bold=True),
        _meta(span.stage, room),
    )


def _meta(stage: StageMeasures, room: float) -> list[str]:
    parts = [f"{compact(stage.customers)} people"]
    if stage.goes_on.value is not None:
        parts.append(f"{percent(stage.goes_on.value)} go on")
    together = " · ".join(parts)
    return [together] if text_width(together, _META_SIZE) <= room else parts


def _chevron(pen: Pen, span: Span, height: float, *, is_first: bool, is_last: bool) -> str:
    left, right, top, bottom = span.left + 3, span.right - 3, 7.0, height - 7
    middle = height / 2
    shoulder = right if is_last else right - _POINT
    outline = [(left, top), (shoulder, top)]
    outline += [] if is_last else [(right, middle)]
    outline += [(shoulder, bottom), (left, bottom)]
    outline += [] if is_first else [(left + _POINT, middle)]
    return element("path", d=path(outline, closed=True), fill=pen.theme.accent_soft, class_="stage")


def _words(pen: Pen, span: Span, name: list[str], meta: list[str], *, indent: float) -> str:
    x = span.left + indent
    return lines(
        name, x, 24, _NAME_LINE, font_size=STAGE_NAME_SIZE, font_weight=600, fill=pen.theme.accent_text
    ) + lines(
        meta,
        x,
        24 + _META_LINE + (len(name) - 1) * _NAME_LINE,
        _META_LINE,
        font_size=_META_SIZE,
        fill=pen.theme.text_quiet,
    )


def _score(pen: Pen, span: Span, *, is_last: bool) -> str:
    """A stage's difference, where it can be told from the journey mean."""
    experience = span.stage.experience
    if experience.difference is None or not experience.label:
        return ""
    right = span.right - (14 if is_last else 22)
    text = signed(experience.difference)
    dot = right - text_width(text, 11, bold=True) - 12
    return element("circle", cx=dot, cy=20, r=4, fill=pen.theme.tone(tone_of(experience.difference))) + words(
        text, right, 24, font_size=11, font_weight=600, text_anchor="end", fill=pen.theme.text
    )


def _touchpoint(pen: Pen, column: Column, name: list[str]) -> str:
    theme = pen.theme
    is_selected = column.touchpoint.id == pen.selected
    disc = element(
        "circle",
        cx=column.centre,
        cy=19,
        r=12,
        fill=theme.accent if is_selected else theme.surface_alternate,
        stroke=theme.accent if is_selected else theme.line,
    )
    drawing = icon(
        column.touchpoint.icon, column.centre - 7, 12, 14, theme.surface if is_selected else theme.text_quiet
    )
    caption = lines(
        name,
        column.centre,
        45,
        12,
        font_size=NAME_SIZE,
        text_anchor="middle",
        font_weight=700 if is_selected else 500,
        fill=theme.accent_text if is_selected else theme.text,
    )
    return disc + drawing + caption
