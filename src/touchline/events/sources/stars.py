"""Stars of reviews, on the scale that all review sites share."""

from __future__ import annotations

from collections.abc import Mapping

from touchline.events.rules import Score
from touchline.events.sources.cells import CellError, number, text
from touchline.events.vocabulary import SCALES

_STARS = SCALES["stars"]


def stars(cells: Mapping[str, str], column: str) -> Score:
    """The stars in the cell. Raises CellError where there are none, or none from 1 to 5."""
    found = number(cells, column)
    if found is None or not _STARS.low <= found <= _STARS.high:
        raise CellError(column, text(cells, column) or "", f"a number from {_STARS.low:g} to {_STARS.high:g}")
    return Score(_STARS.metric, found, _STARS.low, _STARS.high)
