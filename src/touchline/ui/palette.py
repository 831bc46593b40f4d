"""The colours, light and dark, for drawings made in Python; assets/styles/tokens.css holds the same values for pages."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Palette:
    """One theme: every field is a colour as #rrggbb, named as in tokens.css with _ for -."""

    ground: str
    surface: str
    surface_alternate: str
    line: str
    line_soft: str
    control_line: str
    text: str
    text_quiet: str
    text_faint: str
    accent: str
    accent_soft: str
    accent_text: str
    on_accent: str
    very_good: str
    good: str
    neutral: str
    poor: str
    very_poor: str
    rise: str
    fall: str
    fine_ground: str
    fine_text: str
    alert_ground: str
    alert_line: str
    alert_text: str
    ribbon: str


LIGHT = Palette(
    ground="#f5f6f8",
    surface="#ffffff",
    surface_alternate="#fafbfc",
    line="#e3e6eb",
    line_soft="#eef0f3",
    control_line="#828b98",
    text="#14181f",
    text_quiet="#4a5361",
    text_faint="#5f6875",
    accent="#3d3bc4",
    accent_soft="#ecebfb",
    accent_text="#3230a6",
    on_accent="#ffffff",
    very_good="#087a69",
    good="#2c9d8a",
    neutral="#828b98",
    poor="#d9731c",
    very_poor="#c2330f",
    rise="#08705f",
    fall="#b93512",
    fine_ground="#dff4ef",
    fine_text="#075e50",
    alert_ground="#fdeee8",
    alert_line="#f3bda7",
    alert_text="#8c2a0e",
    ribbon="#d9dbf5",
)

DARK = Palette(
    ground="#0e1116",
    surface="#161a21",
    surface_alternate="#1a1f27",
    line="#2a313c",
    line_soft="#222832",
    control_line="#7b8594",
    text="#eceff4",
    text_quiet="#b4bdc9",
    text_faint="#98a2b0",
    accent="#8f8df5",
    accent_soft="#25264a",
    accent_text="#b9b8fb",
    on_accent="#0e1116",
    very_good="#2fc4ad",
    good="#6fbfb1",
    neutral="#7b8594",
    poor="#f2a25e",
    very_poor="#ff7648",
    rise="#2fc4ad",
    fall="#ff7648",
    fine_ground="#12382f",
    fine_text="#7be0cd",
    alert_ground="#3a1f17",
    alert_line="#6e3826",
    alert_text="#ffb69c",
    ribbon="#2d2f5a",
)
