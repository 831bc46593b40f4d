"""The journey map as one SVG: lanes under each other, every touchpoint a column."""

from __future__ import annotations

from typing import Final

from touchline.journeys.facade import JourneyMap
from touchline.overview.drawing.channels import channel_lane
from touchline.overview.drawing.emotion import emotion_lane
from touchline.overview.drawing.functional import functional_lane
from touchline.overview.drawing.heading import heading_lane
from touchline.overview.drawing.layout import LABELS_WIDTH, Column, lay_out
from touchline.overview.drawing.legend import legend_lane
from touchline.overview.drawing.pains import pain_lane
from touchline.overview.drawing.pen import Lane, Links, Pen
from touchline.overview.drawing.people import people_lane
from touchline.overview.drawing.quotes import quote_lane
from touchline.overview.drawing.stages import stage_lane, touchpoint_lane
from touchline.overview.sentences import column_in_words
from touchline.ui.drawing.svg import element, number, plain
from touchline.ui.drawing.theme import FONTS, LIGHT, Theme

_TITLE_ID: Final = "map-title"
_DESCRIPTION_ID: Final = "map-description"


def draw_map(
    journey_map: JourneyMap,
    theme: Theme = LIGHT,
    *,
    links: Links | None = None,
    selected: str = "",
    with_heading: bool = False,
) -> str:
    """Draw the map. Without links it is a picture; with them its touchpoints and numbers lead somewhere.

    `selected` is the id of the touchpoint whose column is marked. `with_heading` puts name, scope and date on top,
    for files that leave the page.
    """
    pen = Pen(lay_out(journey_map), theme, links, selected)
    compares = journey_map.compare_start is not None
    head = [heading_lane(pen, journey_map)] if with_heading else []
    lanes = [
        stage_lane(pen),
        touchpoint_lane(pen, journey_map),
        people_lane(pen),
        emotion_lane(pen, journey_map),
        functional_lane(pen),
        channel_lane(pen),
        pain_lane(pen, journey_map),
        quote_lane(pen),
    ]
    top = sum(lane.height for lane in head)
    foot = legend_lane(pen, compares=compares, pains=journey_map.pains)
    bottom = top + sum(lane.height for lane in lanes)
    body = "".join(
        (
            _backdrop(pen, top + lanes[0].height, bottom),
            _stack(pen, [*head, *lanes, foot], is_ruled_from=len(head) + 1),
            "".join(
                _column_link(pen, journey_map, column, top + lanes[0].height, bottom) for column in pen.layout.columns
            ),
            _figures([*head, *lanes]),
            _labels(pen, [*head, *lanes], bottom),
        )
    )
    return _document(journey_map, pen, bottom + foot.height, body)


def _document(journey_map: JourneyMap, pen: Pen, height: float, body: str) -> str:
    width = pen.layout.width
    return element(
        "svg",
        element("title", plain(f"Journey map: {journey_map.name}"), id=_TITLE_ID),
        element("desc", plain(_description(pen)), id=_DESCRIPTION_ID),
        element("rect", width=width, height=height, fill=pen.theme.surface, class_="ground"),
        body,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {number(width)} {number(height)}",
        width=width,
        height=height,
        role="group" if pen.links else "img",
        aria_labelledby=f"{_TITLE_ID} {_DESCRIPTION_ID}",
        font_family=FONTS,
        class_="journey-map",
    )


def _description(pen: Pen) -> str:
    return (
        f"{len(pen.layout.columns)} touchpoints in {len(pen.layout.spans)} stages with people, how it felt and its "
        "80 percent band, success, effort and time, channels, pain points and quotes. The table holds the same figures."
    )


def _backdrop(pen: Pen, top: float, bottom: float) -> str:
    """The marked column, and a dashed line between stages."""
    drawn = "".join(
        element(
            "rect", x=column.left, y=top, width=column.width, height=bottom - top, fill=pen.theme.accent, fill_opacity="0.055",
            class_="selected-column",
        )
        for column in pen.layout.columns
        if column.touchpoint.id == pen.selected
    )  # fmt: skip
    separators = "".join(f"M{number(span.left)},{number(top)}V{number(bottom)}" for span in pen.layout.spans[1:])
    return drawn + element("path", d=separators or None, stroke=pen.theme.line, stroke_dasharray="2 4", fill="none")


def _stack(pen: Pen, lanes: list[Lane], *, is_ruled_from: int) -> str:
    drawn, top = "", 0.0
    for position, lane in enumerate(lanes):
        if position >= is_ruled_from:
            drawn += pen.rule(top)
        drawn += element("g", lane.marks, transform=f"translate(0,{number(top)})")
        top += lane.height
    return element("g", drawn, aria_hidden="true" if pen.links else None)


def _figures(lanes: list[Lane]) -> str:
    drawn, top = "", 0.0
    for lane in lanes:
        if lane.figures:
            drawn += element("g", lane.figures, transform=f"translate(0,{number(top)})")
        top += lane.height
    return element("g", drawn, aria_hidden="true", class_="figures")


def _labels(pen: Pen, lanes: list[Lane], bottom: float) -> str:
    """Row names on ground of their own: a script moves them along when the map scrolls sideways."""
    drawn, top = "", 0.0
    for lane in lanes:
        drawn += element("g", lane.labels, transform=f"translate(0,{number(top)})") if lane.labels else ""
        top += lane.height
    ground = element("rect", width=LABELS_WIDTH - 1, height=bottom, fill=pen.theme.surface) if pen.links else ""
    return element("g", ground, drawn, class_="row-labels", aria_hidden="true" if pen.links else None)


def _column_link(pen: Pen, journey_map: JourneyMap, column: Column, top: float, bottom: float) -> str:
    if pen.links is None:
        return ""
    area = element(
        "rect",
        x=column.left + 1.5,
        y=top + 2,
        width=column.width - 3,
        height=bottom - top - 4,
        rx=8,
        fill="transparent",
    )
    return element(
        "a",
        area,
        href=pen.links.touchpoint(column.touchpoint.id),
        id=f"touchpoint-{column.touchpoint.id}",  # the focus finds it again when the map is drawn anew
        class_="touchpoint",
        data_touchpoint=column.touchpoint.id,
        aria_current="true" if column.touchpoint.id == pen.selected else None,
        aria_label=column_in_words(journey_map, column.touchpoint),
    )
