"""What others may do with the overview: the composed map, its drawing, its files, and the Python API."""

from __future__ import annotations

from touchline.engine.workspace import Workspace
from touchline.journeys import facade as journeys
from touchline.journeys.facade import JourneyMap
from touchline.overview.drawing.journey_map import draw_map
from touchline.overview.drawing.theme import DARK, LIGHT
from touchline.overview.exports.catalogue import FORMATS, ExportedFile, Format, UnknownFormatError, export_map
from touchline.overview.exports.json_file import as_plain
from touchline.segments.facade import Scope

__all__ = [
    "FORMATS",
    "ExportedFile",
    "Format",
    "UnknownFormatError",
    "as_plain",
    "draw_svg",
    "export",
    "measured_map",
]


def measured_map(workspace: Workspace, scope: Scope | None = None) -> JourneyMap:
    """The journey map of a scope with its headline figures. Raises FilterError when its filter cannot be read."""
    return journeys.journey_map(workspace, scope)


def draw_svg(journey_map: JourneyMap, theme: str = "light") -> str:
    """Draw a map as an SVG of its own, 'light' or 'dark', with every figure it has."""
    return draw_map(journey_map, DARK if theme == "dark" else LIGHT, with_heading=True)


def export(journey_map: JourneyMap, suffix: str) -> ExportedFile:
    """Write a map as a file: svg, png, pdf, html, csv, json or mmd, without figures that rest on fewer than ten.

    Raises UnknownFormatError.
    """
    return export_map(journey_map, suffix)
