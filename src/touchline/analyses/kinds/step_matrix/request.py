"""What a step matrix asks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class StepMatrixRequest:
    """Around which step, and how far."""

    nodes: Literal["touchpoint", "stage", "page", "event"] = "touchpoint"
    anchor: str = ""
    """A step; '' for the beginning of the journey."""
    places: int = 4
    """How many steps on either side of the anchor, or from the beginning on."""
    occurrence: Literal["first", "last"] = "first"
    bounds: Literal["journey", "session"] = "journey"
    session_minutes: int = 30
    collapse: bool = True
    fold: bool = True
