"""What documents lend to pages: a section as `documents/_section.html` writes it, under the name `shown`."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from touchline.analyses.facade import draw_chart
from touchline.documents.document import Grid, Section, chart_grid
from touchline.ui.drawing.theme import PAGE


@dataclass(frozen=True)
class ShownSection:
    """A section with its chart drawn."""

    section: Section
    drawing: SafeString | str
    table: Grid | None
    """What the chart shows."""


def shown(section: Section) -> ShownSection:
    """The section as its template needs it."""
    drawing = draw_chart(section.chart, PAGE) if section.chart is not None else ""
    table = chart_grid(section.chart) if section.chart is not None else None
    return ShownSection(section, mark_safe(drawing), table)  # noqa: S308 - drawn here, its texts escaped
