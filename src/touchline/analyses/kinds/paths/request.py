"""What a question about paths asks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class PathsRequest:
    """Which paths are looked at."""

    nodes: Literal["touchpoint", "stage", "page", "event"] = "touchpoint"
    anchor: str = ""
    """A step; '' for the beginning (or, of paths before, the end) of the journey."""
    direction: Literal["after", "before", "around"] = "after"
    length: int = 5
    """Steps of a path, the anchor among them; 2 to 10."""
    occurrence: Literal["first", "last"] = "first"
    outcome: str = ""
    """A step reached later in the same journey; '' for none."""
    bounds: Literal["journey", "session"] = "journey"
    session_minutes: int = 30
    collapse: bool = True
    fold: bool = True
    top: int = 10
    """How many of the most frequent paths are listed."""
    path: str = ""
    """One path to look at, its steps joined by arrows or '>'; '' for none."""
