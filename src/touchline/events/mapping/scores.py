"""Scores: which metric a column answers, on which scale, and reading its cells ('4', '4/5', '4 stars', '★★★★')."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

import numpy as np

from touchline.events.mapping.amounts import parse_numbers, read_number
from touchline.events.mapping.distinct import Column, numbers_read
from touchline.events.vocabulary import SCALES

_METRIC_WORDS: Final = (
    (
        "nps",
        re.compile(
            r"\b(?:nps|recommend\w*|likelihood|promoter|weiterempfehl\w*|recommander|recomend\w*|aanbevel\w*)\b"
        ),
    ),
    ("ces", re.compile(r"\b(?:ces|effort|easy|ease|aufwand|esfuerzo|moeite)\b")),
    ("csat", re.compile(r"\b(?:csat|satisf\w*|zufrieden\w*|tevreden\w*)\b")),
    ("stars", re.compile(r"\b(?:stars?|sterne|estrellas|etoiles|sterren|rating|bewertung|review|valoracion)\b")),
)
_OUT_OF = re.compile(
    r"(\d+(?:[.,]\d+)?) ?(?:/|of|out of|von|sur|de|van) ?\d+|(\d+(?:[.,]\d+)?)(?: ?[-–:(=]? ?[^\W\d].*)"
)
_STAR = "★⭐"


@dataclass(frozen=True)
class ScaleFinding:
    """Which metric a column of scores answers and the ends of its scale."""

    metric: str
    """A key of vocabulary.SCALES."""
    low: float
    high: float
    named: bool
    """The header names the metric."""
    fits: bool
    """The sample's values lie on the metric's usual scale."""


def decide_scale(words: str, low: float, high: float) -> ScaleFinding | None:
    """Choose metric and scale from the header's words and the lowest and highest value; None when no scale holds them."""
    named = next((metric for metric, pattern in _METRIC_WORDS if pattern.search(words)), None)
    if named:
        scale = SCALES[named]
        if scale.low <= low and high <= scale.high:
            return ScaleFinding(named, scale.low, scale.high, True, True)
    if low < 0 or high > 100:
        return None
    metric = named if named and named != "nps" else "rating"
    ends = next(
        ends for ends in ((1.0, 5.0), (1.0, 7.0), (0.0, 10.0), (0.0, 100.0)) if ends[0] <= low and high <= ends[1]
    )
    return ScaleFinding(metric, *ends, named=named is not None, fits=False)


def read_score(written: str, decimal_mark: str = ".") -> float | None:
    """Read one score; None for anything else."""
    number = read_number(written, decimal_mark)
    if number is not None:
        return number
    bare = written.strip()
    if bare and set(bare) <= set(_STAR + "☆"):
        return float(sum(bare.count(star) for star in _STAR))
    match = _OUT_OF.fullmatch(bare)
    return read_number(match[1] or match[2], "," if "," in bare else ".") if match else None


def parse_scores(cells: Column, decimal_mark: str = ".") -> tuple[np.ndarray, np.ndarray]:
    """Read a column of text: float64 values (0 where unread) and a mask of the cells that were read."""
    values, read = parse_numbers(cells, decimal_mark)
    if len(cells) - cells.null_count == int(read.sum()):
        return values, read
    return numbers_read(cells, lambda written: read_score(written, decimal_mark), "float64")
