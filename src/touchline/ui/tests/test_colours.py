"""Contrast of the colours in tokens.css, light and dark: WCAG 2.2 asks 4.5:1 for text and 3:1 for marks and controls."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

TOKENS = (Path(__file__).parents[1] / "assets" / "styles" / "tokens.css").read_text("utf-8")
COLOURS = {
    name: (light, dark)
    for name, light, dark in re.findall(r"--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);", TOKENS)
}
GROUNDS = ("ground", "surface", "surface-alternate")
TEXT_ON = [
    *(
        (text, ground)
        for text in ("text", "text-quiet", "text-faint", "accent-text", "rise", "fall")
        for ground in GROUNDS
    ),
    *((text, "line-soft") for text in ("text", "text-quiet", "accent-text")),
    ("accent-text", "accent-soft"),
    ("on-accent", "accent"),
    ("fine-text", "fine-ground"),
    ("alert-text", "alert-ground"),
]
MARKS_ON = [
    (mark, ground)
    for mark in ("control-line", "accent", "very-good", "good", "neutral", "poor", "very-poor")
    for ground in ("surface", "ground")
]


def contrast(first: str, second: str) -> float:
    brighter, darker = sorted((luminance(first), luminance(second)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_contrast_of_black_on_white_is_21():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXT_ON)
def test_text_is_readable(text, ground, theme):
    assert contrast(COLOURS[text][theme], COLOURS[ground][theme]) >= 4.5


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("mark", "ground"), MARKS_ON)
def test_marks_and_controls_stand_out(mark, ground, theme):
    assert contrast(COLOURS[mark][theme], COLOURS[ground][theme]) >= 3.0
