"""What a map that leaves the page says about itself: of what, for whom, until when."""

from __future__ import annotations

from typing import Final

from touchline.journeys.facade import JourneyMap
from touchline.overview.drawing.pen import LABEL_ICON_X, Lane, Pen
from touchline.overview.seen import unseen_in_words
from touchline.overview.sentences import measured_from
from touchline.ui.drawing.svg import lines, words
from touchline.ui.drawing.text import shorten, wrap

_SIZE: Final = 11.5
_LINE: Final = 16


def heading_lane(pen: Pen, journey_map: JourneyMap) -> Lane:
    """Name, scope and how much it was measured from."""
    room = pen.layout.width - 2 * LABEL_ICON_X
    name = shorten(f"{journey_map.workspace}: {journey_map.name}", room, 18, bold=True)
    about = [
        *wrap(journey_map.scope_in_words, room, _SIZE, most_lines=2),
        shorten(measured_from(journey_map), room, _SIZE),
        *wrap(unseen_in_words(journey_map), room, _SIZE, most_lines=2),
    ]
    marks = words(name, LABEL_ICON_X, 28, font_size=18, font_weight=700, fill=pen.theme.text)
    marks += lines(about, LABEL_ICON_X, 48, _LINE, font_size=_SIZE, fill=pen.theme.text_quiet)
    return Lane(48 + _LINE * len(about), marks)
