"""What every lane draws with: the columns, the colours, and where figures lead."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Protocol

from touchline.overview.drawing.icons import icon
from touchline.overview.drawing.layout import Layout
from touchline.ui.drawing.svg import element, words
from touchline.ui.drawing.theme import Theme

LABEL_ICON_X: Final = 12
LABEL_X: Final = 34


class Links(Protocol):
    """Where the drawing leads when it lies on a page."""

    def touchpoint(self, touchpoint_id: str) -> str:
        """Address of the map with this touchpoint's panel open."""

    def number(self, measure: str, target: str) -> str:
        """Address of the page that opens a number."""

    def pain(self, pain_id: str) -> str:
        """Address of the page of a pain point."""


@dataclass(frozen=True)
class Lane:
    """One row of the map, drawn from its own top edge downwards."""

    height: float
    marks: str
    labels: str = ""
    """What stands in the first column and stays in sight when the map scrolls."""
    figures: str = ""
    """Numbers that can be opened; they lie over the touchpoints' own links."""


@dataclass(frozen=True)
class Pen:
    """Draws what lanes share."""

    layout: Layout
    theme: Theme
    links: Links | None = None
    selected: str = ""

    def figure(self, text: str, x: float, y: float, measure: str, target: str, **attributes: str | float | None) -> str:
        """A number; on a page it opens. Reached by keyboard from the panel and the table, which hold the same link."""
        usual: dict[str, str | float | None] = {"fill": self.theme.text_quiet, "font_size": 11, "font_weight": 500}
        drawn = words(text, x, y, **({"text_anchor": "middle"} | usual | attributes))
        return self.opened(drawn, measure, target)

    def opened(self, drawn: str, measure: str, target: str) -> str:
        """Markup that leads to a number where the drawing lies on a page."""
        if self.links is None:
            return drawn
        return element("a", drawn, href=self.links.number(measure, target), class_="figure", tabindex=-1)

    def label(self, middle: float, icon_name: str, title: str, detail: str = "") -> str:
        """Name of a row, centred on a height, with a second line below it."""
        title_y = middle - 2 if detail else middle + 4
        drawn = icon(icon_name, LABEL_ICON_X, middle - (11 if detail else 7), 14, self.theme.text_faint)
        drawn += words(title, LABEL_X, title_y, font_size=11.5, font_weight=600, fill=self.theme.text)
        if detail:
            drawn += words(detail, LABEL_X, title_y + 13, font_size=10, fill=self.theme.text_faint)
        return drawn

    def row_label(self, middle: float, icon_name: str, title: str) -> str:
        """Name of a row within a lane."""
        return icon(icon_name, LABEL_ICON_X + 0.5, middle - 6.5, 13, self.theme.text_faint) + words(
            title, LABEL_X, middle + 4, font_size=11, fill=self.theme.text_quiet
        )

    def rule(self, y: float) -> str:
        """A line across the whole map."""
        return element("path", d=f"M0,{y:.1f}H{self.layout.width:.0f}", stroke=self.theme.line, fill="none")

    def guide(self, y: float) -> str:
        """A faint line across the columns."""
        return element(
            "path",
            d=f"M{self.layout.left:.0f},{y:.1f}H{self.layout.width:.0f}",
            stroke=self.theme.line_soft,
            fill="none",
        )
