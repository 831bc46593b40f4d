"""What a map that leaves the page says about itself: of what, for whom, until when."""

from __future__ import annotations

from touchline.journeys.facade import JourneyMap
from touchline.overview.drawing.pen import LABEL_ICON_X, Lane, Pen
from touchline.overview.drawing.svg import words
from touchline.overview.drawing.text import shorten
from touchline.overview.wording import counted, day


def heading_lane(pen: Pen, journey_map: JourneyMap) -> Lane:
    """Name, scope and how much it was measured from."""
    room = pen.layout.width - 2 * LABEL_ICON_X
    name = shorten(f"{journey_map.workspace}: {journey_map.name}", room, 18, bold=True)
    measured = (
        f"Measured from {counted(journey_map.customers, 'customer')}, {counted(journey_map.visits, 'visit')} and "
        f"{counted(journey_map.responses, 'answer')}."
    )
    until = journey_map.staleness.data_until
    if until is not None:
        measured += f" Data until {day(until)}."
    return Lane(
        64,
        words(name, LABEL_ICON_X, 26, font_size=18, font_weight=700, fill=pen.theme.text)
        + words(
            shorten(f"{journey_map.scope_in_words}. {measured}", room, 11.5),
            LABEL_ICON_X,
            46,
            font_size=11.5,
            fill=pen.theme.text_quiet,
        ),
    )
