"""Where columns lie. Columns are as wide as their words need, and share what is left over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from touchline.journeys.facade import JourneyMap, StageMeasures, TouchpointMeasures
from touchline.overview.seen import only_seen
from touchline.ui.drawing.text import text_width

LABELS_WIDTH: Final = 126
PREFERRED_WIDTH: Final = 1296
"""What a 1440 pixel wide window leaves for the map."""
_NARROWEST_COLUMN: Final = 62
_COLUMN_PADDING: Final = 7
STAGE_PADDING: Final = 36
"""Room that a chevron's slopes take from its words."""
STAGE_SCORE: Final = 44
"""Room for a stage's difference, where it has a label."""
NAME_SIZE: Final = 11
STAGE_NAME_SIZE: Final = 13


@dataclass(frozen=True)
class Column:
    """One touchpoint's place."""

    touchpoint: TouchpointMeasures
    left: float
    width: float

    @property
    def centre(self) -> float:
        """The line on which its marks lie."""
        return self.left + self.width / 2


@dataclass(frozen=True)
class Span:
    """One stage's place."""

    stage: StageMeasures
    left: float
    right: float

    @property
    def width(self) -> float:
        """From its first column to its last."""
        return self.right - self.left


@dataclass(frozen=True)
class Layout:
    """The columns of the map, left to right."""

    width: float
    columns: tuple[Column, ...]
    spans: tuple[Span, ...]

    @property
    def left(self) -> float:
        """Where the first column begins."""
        return LABELS_WIDTH


def lay_out(journey_map: JourneyMap) -> Layout:
    """Give every touchpoint of which anything is known a column. Stages without one take no room."""
    stages = only_seen(journey_map).stages
    needed = [_needed_widths(stage) for stage in stages]
    spare = PREFERRED_WIDTH - LABELS_WIDTH - sum(map(sum, needed))
    extra = max(0.0, spare / max(1, sum(map(len, needed))))
    columns: list[Column] = []
    spans: list[Span] = []
    left = float(LABELS_WIDTH)
    for stage, widths in zip(stages, needed, strict=True):
        start = left
        for touchpoint, width in zip(stage.touchpoints, widths, strict=True):
            columns.append(Column(touchpoint, left, width + extra))
            left += width + extra
        spans.append(Span(stage, start, left))
    return Layout(max(left, PREFERRED_WIDTH), tuple(columns), tuple(spans))


def _needed_widths(stage: StageMeasures) -> list[float]:
    """Room for the longest word of each name, and in sum for the name of the stage."""
    columns = [
        max(_NARROWEST_COLUMN, _longest_word(touchpoint.name) + _COLUMN_PADDING) for touchpoint in stage.touchpoints
    ]
    name = text_width(_widest_half(stage.name), STAGE_NAME_SIZE, bold=True)
    missing = name + STAGE_PADDING + (STAGE_SCORE if stage.experience.label else 0) - sum(columns)
    return [width + max(0.0, missing) / len(columns) for width in columns]


def _longest_word(name: str) -> float:
    longest = max((text_width(word, NAME_SIZE, bold=True) for word in name.split()), default=0.0)
    return min(longest, 2.0 * _NARROWEST_COLUMN)


def _widest_half(name: str) -> str:
    """Names of stages may break once."""
    half = name.split()
    return max((" ".join(half[: (len(half) + 1) // 2]), " ".join(half[(len(half) + 1) // 2 :])), key=len)
