"""The two heads of the map: stages as chevrons, touchpoints with their icons."""

from __future__ import annotations

from typing import Final

from touchline.journeys.facade import JourneyMap, StageMeasures
from touchline.overview.drawing.icons import icon
from touchline.overview.drawing.layout import NAME_SIZE, STAGE_NAME_SIZE, STAGE_PADDING, STAGE_SCORE, Column, Span
from touchline.overview.drawing.pains import flags
from touchline.overview.drawing.pen import Lane, Pen
from touchline.overview.drawing.tones import tone_colour
from touchline.overview.rules import tone_of
from touchline.ui.drawing.svg import element, lines, path, plain
from touchline.ui.drawing.text import text_width, wrap
from touchline.ui.numbers import compact, percent, signed

_POINT: Final = 9
_META_SIZE: Final = 10.8
_NAME_LINE: Final = 15
_META_LINE: Final = 14
_BETWEEN: Final = " · "

_Line = list[tuple[str, str]]
"""Figures next to each other: what is written, and the measure it opens."""


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
        + _name(pen, span, texts[position][0], _indent(position))
        + _score_dot(pen, span, is_last=position == len(spans) - 1)
        for position, span in enumerate(spans)
    )
    figures = "".join(
        _meta_figures(pen, span, *texts[position], _indent(position))
        + _score(pen, span, is_last=position == len(spans) - 1)
        for position, span in enumerate(spans)
    )
    return Lane(height, marks, pen.label(height / 2, "flag", "Stage", "people going on"), figures)


def touchpoint_lane(pen: Pen, journey_map: JourneyMap) -> Lane:
    """Icon and name of every touchpoint, with marks where there are pains or a moment of truth."""
    names = [
        wrap(column.touchpoint.name, column.width - 6, NAME_SIZE, most_lines=3, bold=True)
        for column in pen.layout.columns
    ]
    height = 40 + 12 * max(map(len, names), default=1) + 8
    marks = "".join(
        _touchpoint(pen, column, name) + flags(pen, journey_map, column)
        for column, name in zip(pen.layout.columns, names, strict=True)
    )
    return Lane(
        height, marks, pen.label(height / 2, "circle-dot", "Touchpoint", "open for details" if pen.links else "")
    )


def _indent(position: int) -> float:
    return 14 if position == 0 else 21


def _texts(span: Span) -> tuple[list[str], list[_Line]]:
    room = span.width - STAGE_PADDING
    score = STAGE_SCORE if span.stage.experience.label else 0
    return (
        wrap(span.stage.name, room - score, STAGE_NAME_SIZE, most_lines=2, bold=True),
        _meta(span.stage, room),
    )


def _meta(stage: StageMeasures, room: float) -> list[_Line]:
    """Figures on one line where there is room, else under each other; each with its measure."""
    parts = [(f"{compact(stage.customers)} people", "customers")]
    if stage.goes_on.value is not None:
        parts.append((f"{percent(stage.goes_on.value)} go on", "goes_on"))
    together = _BETWEEN.join(text for text, _ in parts)
    return [parts] if text_width(together, _META_SIZE) <= room else [[part] for part in parts]


def _chevron(pen: Pen, span: Span, height: float, *, is_first: bool, is_last: bool) -> str:
    left, right, top, bottom = span.left + 3, span.right - 3, 7.0, height - 7
    middle = height / 2
    shoulder = right if is_last else right - _POINT
    outline = [(left, top), (shoulder, top)]
    outline += [] if is_last else [(right, middle)]
    outline += [(shoulder, bottom), (left, bottom)]
    outline += [] if is_first else [(left + _POINT, middle)]
    return element("path", d=path(outline, closed=True), fill=pen.theme.accent_soft, class_="stage")


def _name(pen: Pen, span: Span, name: list[str], indent: float) -> str:
    return lines(
        name,
        span.left + indent,
        24,
        _NAME_LINE,
        font_size=STAGE_NAME_SIZE,
        font_weight=600,
        fill=pen.theme.accent_text,
    )


def _meta_figures(pen: Pen, span: Span, name: list[str], meta: list[_Line], indent: float) -> str:
    top = 24 + (len(name) - 1) * _NAME_LINE
    return "".join(
        element(
            "text",
            plain(_BETWEEN).join(pen.opened(plain(text), measure, _target(span)) for text, measure in line),
            x=span.left + indent,
            y=top + (position + 1) * _META_LINE,
            font_size=_META_SIZE,
            fill=pen.theme.text_quiet,
        )
        for position, line in enumerate(meta)
    )


def _score(pen: Pen, span: Span, *, is_last: bool) -> str:
    """A stage's difference, where it can be told from the journey mean."""
    text = _difference(span)
    if not text:
        return ""
    return pen.figure(
        text,
        _score_end(span, is_last=is_last),
        24,
        "experience",
        _target(span),
        font_weight=600,
        text_anchor="end",
        fill=pen.theme.text,
    )


def _score_dot(pen: Pen, span: Span, *, is_last: bool) -> str:
    text = _difference(span)
    if not text:
        return ""
    x = _score_end(span, is_last=is_last) - text_width(text, 11, bold=True) - 12
    tone = tone_of(span.stage.experience.difference or 0.0)
    return element("circle", cx=x, cy=20, r=4, fill=tone_colour(pen.theme, tone))


def _difference(span: Span) -> str:
    experience = span.stage.experience
    return signed(experience.difference) if experience.difference is not None and experience.label else ""


def _score_end(span: Span, *, is_last: bool) -> float:
    return span.right - (14 if is_last else 22)


def _target(span: Span) -> str:
    return f"stage:{span.stage.id}"


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
