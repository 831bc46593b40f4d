"""Every kind of file the map can become."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from touchline.journeys.facade import JourneyMap
from touchline.overview.exports.csv_file import write_csv
from touchline.overview.exports.html_file import write_html
from touchline.overview.exports.json_file import write_json
from touchline.overview.exports.mermaid import write_mermaid
from touchline.overview.exports.picture import write_pdf, write_png, write_svg
from touchline.overview.exports.small_cells import without_small_cells

_NOT_IN_NAMES: Final = re.compile(r"[^a-z0-9]+")


class UnknownFormatError(ValueError):
    """No such kind of file; the message names those there are."""


@dataclass(frozen=True)
class Format:
    """One kind of file."""

    suffix: str
    title: str
    media_type: str
    write: Callable[[JourneyMap], bytes]


@dataclass(frozen=True)
class ExportedFile:
    """A file's name, type and content."""

    name: str
    media_type: str
    content: bytes


def _text(write: Callable[[JourneyMap], str], *, with_mark: bool = False) -> Callable[[JourneyMap], bytes]:
    return lambda journey_map: write(journey_map).encode("utf-8-sig" if with_mark else "utf-8")


FORMATS: Final = {
    each.suffix: each
    for each in (
        Format("svg", "Picture (SVG)", "image/svg+xml", _text(write_svg)),
        Format("png", "Picture (PNG)", "image/png", write_png),
        Format("pdf", "Print (PDF)", "application/pdf", write_pdf),
        Format("html", "Page (HTML)", "text/html; charset=utf-8", _text(write_html)),
        # Excel takes UTF-8 for the local code page unless the file begins with a byte-order mark.
        Format("csv", "Table (CSV)", "text/csv; charset=utf-8", _text(write_csv, with_mark=True)),
        Format("json", "Data (JSON)", "application/json", _text(write_json)),
        Format("mmd", "Diagram (Mermaid)", "text/vnd.mermaid; charset=utf-8", _text(write_mermaid)),
    )
}


def export_map(journey_map: JourneyMap, suffix: str) -> ExportedFile:
    """Write a map as a file, without figures that rest on fewer than ten. Raises UnknownFormatError."""
    asked = suffix.lower().removeprefix(".")
    kind = FORMATS.get(asked)
    if kind is None:
        raise UnknownFormatError(f"The map cannot be written as .{asked}; it can as .{', .'.join(FORMATS)}.")
    name = _NOT_IN_NAMES.sub("-", f"{journey_map.workspace} journey map".lower()).strip("-")
    return ExportedFile(f"{name}.{kind.suffix}", kind.media_type, kind.write(without_small_cells(journey_map)))
