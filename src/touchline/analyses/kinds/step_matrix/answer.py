"""The answer of a step matrix."""

from __future__ import annotations

from dataclasses import dataclass

from touchline.analyses.rules.path_words import Folded, Seen
from touchline.formulas.clustered import ClusteredShare


@dataclass(frozen=True)
class MatrixRow:
    """One step, and the share of all paths that are there at each place."""

    name: str
    """'(start)': the journey has not begun yet; '(end)': it is over."""
    customers: int
    """Customers (accounts, cases) who are there at any place."""
    shares: tuple[ClusteredShare, ...]
    """By place. The shares of one place add up to one."""


@dataclass(frozen=True)
class StepMatrixAnswer:
    """Where journeys are so many steps before and after the anchor."""

    seen: Seen
    folded: Folded
    customers: int
    """Customers (accounts, cases) with any of these paths."""
    places: tuple[int, ...]
    """0 is the anchor; without one, 1 is the first step of the journey."""
    rows: tuple[MatrixRow, ...]
    """The steps that are most frequent first, then what is folded, then journeys not begun and over."""
