"""Pain points under the channels: what each costs, pointing at the touchpoint where it happens."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from touchline.journeys.facade import JourneyMap, MapPain
from touchline.overview.drawing.icons import icon
from touchline.overview.drawing.layout import Column
from touchline.overview.drawing.pen import Lane, Pen
from touchline.overview.pains import (
    GREYED,
    NONE_STANDS_OUT,
    NOT_LOOKED_FOR,
    PER_MONTH,
    interval_in_words,
    moment_at,
    pain_in_words,
    pains_at,
)
from touchline.overview.wording import counted
from touchline.ui.drawing.svg import element, lines, path, plain, words
from touchline.ui.drawing.text import text_width, wrap
from touchline.ui.drawing.theme import Theme
from touchline.ui.numbers import compact_money

_BOX_WIDTH: Final = 152.0
_AMOUNT_LINE: Final = 27.0
_NAME_LINE: Final = 13.0
_GAP: Final = 6.0
_PADDING: Final = 9.0
_INSIDE: Final = 9.0
_MOST_ROWS: Final = 3
_TIP: Final = 6.0
_AMOUNT_SIZE: Final = 13
_SMALL: Final = 10
_NAME_SIZE: Final = 11


@dataclass(frozen=True)
class _Box:
    """One pain's place."""

    pain: MapPain
    column: Column
    left: float
    row: int

    @property
    def name(self) -> list[str]:
        """What happens, broken into lines."""
        return wrap(self.pain.name, _BOX_WIDTH - 2 * _INSIDE, _NAME_SIZE, most_lines=2)


def pain_lane(pen: Pen, journey_map: JourneyMap) -> Lane:
    """One box per pain, the one to act on first placed first; what finds no room is counted."""
    pains = journey_map.pains
    boxes = list(_placed(pen, pains.pains)) if pains else []
    box_height = _AMOUNT_LINE + _NAME_LINE * max((len(box.name) for box in boxes), default=1)
    rows = max((box.row for box in boxes), default=0) + 1
    height = 2 * _PADDING + rows * box_height + (rows - 1) * _GAP
    labels = pen.label(height / 2, "triangle-alert", "Pain points", f"at stake {PER_MONTH}")
    if pains is None or not boxes:
        text = NOT_LOOKED_FOR if pains is None else pains.why_no_total or NONE_STANDS_OUT
        return Lane(height, _said(pen, text, height / 2 + 4), labels)
    marks = "".join(_tip(pen, box, box_height) for box in boxes)
    figures = "".join(_box(pen, box, box_height) for box in boxes)
    left_out = len(pains.pains) - len(boxes)
    if left_out:
        marks += _said(pen, f"and {counted(left_out, 'pain point')} more in the table", height + 5)
    return Lane(height + (12 if left_out else 0), marks, labels, figures)


def flags(pen: Pen, journey_map: JourneyMap, column: Column) -> str:
    """Marks beside the icon of a touchpoint: of its pains on the right, of a moment of truth on the left."""
    moment = moment_at(journey_map, column.touchpoint.id)
    drawn = diamond(pen.theme, column.centre - 12, 9) if moment else ""
    if not pains_at(journey_map, column.touchpoint.id):
        return drawn
    x, y = column.centre + 11.0, 8.0
    disc = element(
        "circle", cx=x, cy=y, r=7.5, fill=pen.theme.alert_ground, stroke=pen.theme.very_poor, class_="pain-flag"
    )
    return drawn + disc + icon("triangle-alert", x - 4.5, y - 5, 9, pen.theme.alert_text)


def diamond(theme: Theme, x: float, y: float) -> str:
    """The mark of a moment of truth, around a point."""
    corners = [(x, y - 6.5), (x + 6.5, y), (x, y + 6.5), (x - 6.5, y)]
    return element(
        "path", d=path(corners, closed=True), fill=theme.text, stroke=theme.surface, stroke_width=1.5, class_="moment"
    )


def _placed(pen: Pen, pains: tuple[MapPain, ...]) -> Iterator[_Box]:
    columns = {column.touchpoint.id: column for column in pen.layout.columns}
    taken: list[list[float]] = [[] for _ in range(_MOST_ROWS)]
    for pain in pains:
        column = columns.get(pain.touchpoint_id)
        for row, lefts in enumerate(taken if column else ()):
            left = _free(lefts, column, pen.layout.left, pen.layout.width) if column else None
            if column and left is not None:
                lefts.append(left)
                yield _Box(pain, column, left, row)
                break


def _free(lefts: list[float], column: Column, first: float, last: float) -> float | None:
    """The place nearest to the column, with the column's middle still over the box; None where others are."""
    middle = column.centre
    lowest = max(first + 2, middle - _BOX_WIDTH + 3 * _TIP)
    highest = min(last - _BOX_WIDTH - 2, middle - 3 * _TIP)
    wanted = min(max(middle - _BOX_WIDTH / 2, lowest), highest)
    places = [wanted, *(left + side * (_BOX_WIDTH + _GAP) for left in lefts for side in (-1, 1))]
    fitting = [
        place
        for place in places
        if lowest <= place <= highest and all(abs(place - left) >= _BOX_WIDTH + _GAP - 0.01 for left in lefts)
    ]
    return min(fitting, key=lambda place: abs(place - wanted), default=None)


def _top(box: _Box, height: float) -> float:
    return _PADDING + box.row * (height + _GAP)


def _tip(pen: Pen, box: _Box, height: float) -> str:
    """A small roof over boxes of the first row; a line up from those below it."""
    x, y = box.column.centre, _top(box, height)
    if box.row:
        return element(
            "path", d=f"M{x:.1f},0V{y:.1f}", stroke=pen.theme.alert_line, stroke_dasharray="2 3", fill="none"
        )
    corners = [(x - _TIP, y + 1), (x, y - _TIP), (x + _TIP, y + 1)]
    return element("path", d=path(corners), fill=pen.theme.alert_ground, stroke=pen.theme.alert_line, class_="pain-tip")


def _box(pen: Pen, box: _Box, height: float) -> str:
    theme, pain, x, top = pen.theme, box.pain, box.left + _INSIDE, _top(box, height)
    edge = theme.alert_line if pain.counts_in_total else theme.line
    ground = element(
        "rect",
        x=box.left,
        y=top,
        width=_BOX_WIDTH,
        height=height,
        rx=7,
        fill=theme.alert_ground if pain.counts_in_total else theme.surface_alternate,
        stroke=theme.very_poor if pain.touchpoint_id == pen.selected else edge,
        stroke_dasharray=None if pain.counts_in_total else "4 3",
        class_="pain-box",
    )
    amount, beside = _amount(pain)
    drawn = element("title", plain(f"{box.column.touchpoint.name}. {pain_in_words(pain)}")) + ground
    drawn += (
        words(amount, x, top + 18, font_size=_AMOUNT_SIZE, font_weight=700, fill=theme.alert_text) if amount else ""
    )
    beside_x = x + text_width(amount, _AMOUNT_SIZE, bold=True) + (6 if amount else 0)
    drawn += words(beside, beside_x, top + 18, font_size=_SMALL, fill=theme.alert_text if amount else theme.text_faint)
    drawn += lines(box.name, x, top + 33, _NAME_LINE, font_size=_NAME_SIZE, font_weight=500, fill=theme.text)
    return _linked(pen, pain, drawn)


def _amount(pain: MapPain) -> tuple[str, str]:
    """The amount and what stands beside it: its interval, or why there is none; a lead's range is left to the table."""
    stake = pain.at_stake
    if stake is None:
        return "", "no loss can be seen" if pain.is_no_loss else "no amount can be said"
    if not pain.counts_in_total:
        return "", GREYED
    return compact_money(stake.median, stake.currency), interval_in_words(stake).replace(" to ", "–")


def _linked(pen: Pen, pain: MapPain, drawn: str) -> str:
    """On a page a box leads to its pain; by keyboard it is reached from the table and the panel."""
    if pen.links is None:
        return element("g", drawn)
    return element("a", drawn, href=pen.links.pain(pain.id), class_="figure pain", tabindex=-1)


def _said(pen: Pen, text: str, y: float) -> str:
    room = pen.layout.width - pen.layout.left - 20
    wrapped = wrap(text, room, _NAME_SIZE, most_lines=2)
    return lines(wrapped, pen.layout.left + 10, y, 14, font_size=_NAME_SIZE, fill=pen.theme.text_faint)


def moment_key(theme: Theme, x: float, y: float) -> str:
    """The diamond, for the legend."""
    return diamond(theme, x + 6, y - 4)


def alert_key(theme: Theme, x: float, y: float) -> str:
    """The flag, for the legend."""
    disc = element("circle", cx=x + 6, cy=y - 4, r=6, fill=theme.alert_ground, stroke=theme.very_poor)
    return disc + icon("triangle-alert", x + 2, y - 8.5, 8, theme.alert_text)
