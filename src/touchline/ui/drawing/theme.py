"""Colours of the drawing. Teal to grey to orange: told apart by people who do not see red and green as different.

LIGHT and DARK hold concrete colours for files that stand alone. PAGE names the CSS variables of the pages instead, so
that a page changes its theme without a new drawing; a test holds the three to the same values.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Final

FONTS: Final = "'Inter Variable', Inter, 'Liberation Sans', Arial, 'DejaVu Sans', sans-serif"


@dataclass(frozen=True)
class Theme:
    """One colour per role; the roles are the pages' own."""

    surface: str
    """What the map lies on."""
    surface_alternate: str
    line: str
    line_soft: str
    text: str
    text_quiet: str
    text_faint: str
    accent: str
    accent_soft: str
    accent_text: str
    very_good: str
    good: str
    neutral: str
    poor: str
    very_poor: str
    rise: str
    fall: str
    ribbon: str
    ribbon_edge: str
    band: str
    band_edge: str
    route: str
    alert_ground: str
    alert_line: str
    alert_text: str


LIGHT: Final = Theme(
    surface="#ffffff",
    surface_alternate="#fafbfc",
    line="#e3e6eb",
    line_soft="#eef0f3",
    text="#14181f",
    text_quiet="#4a5361",
    text_faint="#5f6875",
    accent="#3d3bc4",
    accent_soft="#ecebfb",
    accent_text="#3230a6",
    very_good="#087a69",
    good="#2c9d8a",
    neutral="#828b98",
    poor="#d9731c",
    very_poor="#c2330f",
    rise="#08705f",
    fall="#b93512",
    ribbon="#d9dbf5",
    ribbon_edge="#8583dd",
    band="#e4e4f8",
    band_edge="#8e8ce0",
    route="#8e8ce0",
    alert_ground="#fdeee8",
    alert_line="#f3bda7",
    alert_text="#8c2a0e",
)

DARK: Final = Theme(
    surface="#161a21",
    surface_alternate="#1a1f27",
    line="#2a313c",
    line_soft="#222832",
    text="#eceff4",
    text_quiet="#b4bdc9",
    text_faint="#98a2b0",
    accent="#8f8df5",
    accent_soft="#25264a",
    accent_text="#b9b8fb",
    very_good="#2fc4ad",
    good="#6fbfb1",
    neutral="#7b8594",
    poor="#f2a25e",
    very_poor="#ff7648",
    rise="#2fc4ad",
    fall="#ff7648",
    ribbon="#2d2f5a",
    ribbon_edge="#6f6dd0",
    band="#27294b",
    band_edge="#6563bd",
    route="#6563bd",
    alert_ground="#3a1f17",
    alert_line="#6e3826",
    alert_text="#ffb69c",
)


def variable(role: str) -> str:
    """The pages' CSS variable of a role: text_quiet is --text-quiet."""
    return f"--{role.replace('_', '-')}"


PAGE: Final = Theme(**{field.name: f"var({variable(field.name)})" for field in fields(Theme)})
