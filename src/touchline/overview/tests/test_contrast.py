"""Contrast of what is drawn, computed from the SVG itself: text 4.5:1, marks 3:1, in both themes (WCAG 1.4.3, 1.4.11)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from xml.etree import ElementTree

import pytest

from touchline.overview.drawing.journey_map import draw_map
from touchline.overview.tests.sample import SAMPLE
from touchline.ui.drawing.theme import DARK, LIGHT, PAGE, Theme, variable

ASSETS = Path(__file__).parents[2] / "ui" / "assets"
THEMES = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
CARRIES_MEANING = {"mark", "bar", "route", "previous", "zero"}


@dataclass(frozen=True)
class Shape:
    """An element at its place on the page."""

    element: ElementTree.Element
    x: float
    y: float

    @property
    def tag(self) -> str:
        return self.element.tag.rpartition("}")[2]

    def get(self, name: str) -> str:
        return self.element.get(name, "")

    def covers(self, x: float, y: float) -> bool:
        left, top, right, bottom = self._box()
        return left <= x <= right and top <= y <= bottom

    def _box(self) -> tuple[float, float, float, float]:
        if self.tag == "rect":
            left, top = self.x + float(self.get("x") or 0), self.y + float(self.get("y") or 0)
            return left, top, left + float(self.get("width")), top + float(self.get("height"))
        points = [tuple(map(float, point.split(","))) for point in re.findall(r"[\d.]+,[\d.]+", self.get("d"))]
        xs, ys = [self.x + x for x, _ in points], [self.y + y for _, y in points]
        return min(xs), min(ys), max(xs), max(ys)


def shapes(element: ElementTree.Element, x: float = 0.0, y: float = 0.0) -> Iterator[Shape]:
    """Every shape in drawing order; icons, which are scaled, as one."""
    moved = re.fullmatch(r"translate\(([\d.]+),([\d.]+)\)", element.get("transform", ""))
    if moved:
        x, y = x + float(moved[1]), y + float(moved[2])
    yield Shape(element, x, y)
    if "scale" not in element.get("transform", ""):
        for child in element:
            yield from shapes(child, x, y)


def contrast(first: str, second: str) -> float:
    brighter, darker = sorted((luminance(first), luminance(second)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def drawn(theme: Theme) -> list[Shape]:
    return list(shapes(ElementTree.fromstring(draw_map(SAMPLE, theme, selected="payment", with_heading=True))))


def grounds(all_shapes: list[Shape], upon: Shape, x: float, y: float) -> str:
    """The colour under a point: the last opaque area drawn before."""
    found = ""
    for shape in all_shapes:
        if shape is upon:
            break
        is_area = shape.tag == "rect" or {"stage", "band", "ribbon"} & set(shape.get("class").split())
        if is_area and shape.get("fill").startswith("#") and not shape.get("fill-opacity") and shape.covers(x, y):
            found = shape.get("fill")
    return found


@THEMES
def test_text_is_readable(theme):
    everything = drawn(theme)
    faint = {}
    for shape in everything:
        if shape.tag == "text":
            x, y = shape.x + float(shape.get("x")), shape.y + float(shape.get("y")) - 4
            ratio = contrast(shape.get("fill"), grounds(everything, shape, x, y))
            if ratio < 4.5:
                faint["".join(shape.element.itertext())] = round(ratio, 2)

    assert faint == {}


@THEMES
def test_marks_stand_out(theme):
    faint = []
    for shape in drawn(theme):
        if CARRIES_MEANING & set(shape.get("class").split()):
            colours = {shape.get("fill"), shape.get("stroke")} - {"", "none", theme.surface}
            ratios = [contrast(colour, theme.surface) for colour in colours if colour.startswith("#")]
            faint += [shape.get("class") for ratio in ratios if ratio < 3]
        if shape.tag == "stop" and contrast(shape.get("stop-color"), theme.surface) < 3:
            faint.append("emotion")

    assert faint == []


@THEMES
def test_areas_have_an_edge_that_stands_out(theme):
    edges = [shape.get("stroke") for shape in drawn(theme) if {"band", "ribbon"} & set(shape.get("class").split())]

    assert edges
    assert [edge for edge in edges if contrast(edge, theme.surface) < 3] == []


@THEMES
def test_bubbles_and_their_signs_stand_out(theme):
    discs = [shape for shape in drawn(theme) if shape.tag == "circle" and shape.element.find("{*}title") is not None]

    assert len(discs) == sum(len(touchpoint.channels) for touchpoint in SAMPLE.touchpoints)
    for disc in discs:
        inked = disc.get("stroke") if disc.get("fill") == theme.surface else disc.get("fill")
        assert contrast(inked, theme.surface) >= 3


def test_pages_and_files_have_the_same_colours():
    styles = (ASSETS / "styles" / "tokens.css").read_text("utf-8") + (ASSETS / "map.css").read_text("utf-8")
    pairs = re.findall(r"(--[\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);", styles)

    on_pages = {name: (light, dark) for name, light, dark in pairs}
    for role, light in asdict(LIGHT).items():
        assert on_pages[variable(role)] == (light, asdict(DARK)[role])
        assert asdict(PAGE)[role] == f"var({variable(role)})"
