"""What others may do with the overview: the composed map, its drawing, its files, and the Python API."""

from __future__ import annotations

from touchline.journeys.facade import JourneyMap
from touchline.overview.calls import answer_call
from touchline.overview.drawing.journey_map import draw_map
from touchline.overview.exports.catalogue import FORMATS, ExportedFile, Format, UnknownFormatError, export_map
from touchline.overview.exports.json_file import write_json
from touchline.overview.measured import filled_scope, measured_map
from touchline.overview.python_api import Touchline, open_touchline
from touchline.ui.drawing.theme import DARK, LIGHT

__all__ = [
    "FORMATS",
    "ExportedFile",
    "Format",
    "Touchline",
    "UnknownFormatError",
    "answer_call",
    "as_json",
    "draw_svg",
    "export",
    "filled_scope",
    "measured_map",
    "open_touchline",
]


def draw_svg(journey_map: JourneyMap, theme: str = "light") -> str:
    """Draw a map as an SVG of its own, 'light' or 'dark', with every figure it has."""
    return draw_map(journey_map, DARK if theme == "dark" else LIGHT, with_heading=True)


def as_json(journey_map: JourneyMap) -> str:
    """The whole map as JSON, with every figure it has."""
    return write_json(journey_map)


def export(journey_map: JourneyMap, suffix: str) -> ExportedFile:
    """Write a map as a file: svg, png, pdf, html, csv, json or mmd, without figures that rest on fewer than ten.

    Raises UnknownFormatError.
    """
    return export_map(journey_map, suffix)
