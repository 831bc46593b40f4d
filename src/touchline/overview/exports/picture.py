"""The map as PNG and PDF, through vl-convert: no browser, no system library."""

from __future__ import annotations

from typing import Final

from touchline.journeys.facade import JourneyMap
from touchline.overview.drawing.journey_map import draw_map
from touchline.ui.drawing.fonts import load_fonts
from touchline.ui.drawing.theme import LIGHT, Theme

_PIXELS_PER_UNIT: Final = 2.0


def write_svg(journey_map: JourneyMap, theme: Theme = LIGHT) -> str:
    """The drawing with its heading, as a file of its own."""
    return draw_map(journey_map, theme, with_heading=True)


def write_png(journey_map: JourneyMap, theme: Theme = LIGHT) -> bytes:
    """Two pixels to each unit of the drawing."""
    import vl_convert  # costs 0.1 s and 30 MB; most processes never draw

    load_fonts()
    png: bytes = vl_convert.svg_to_png(write_svg(journey_map, theme), scale=_PIXELS_PER_UNIT)
    return png


def write_pdf(journey_map: JourneyMap, theme: Theme = LIGHT) -> bytes:
    """One page of the size of the drawing."""
    import vl_convert

    load_fonts()
    pdf: bytes = vl_convert.svg_to_pdf(write_svg(journey_map, theme))
    return pdf
