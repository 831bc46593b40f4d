"""Decisions of a quarterly review."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from touchline.strategy.rules.quarter import Quarter


@dataclass(frozen=True)
class Decision:
    """What was decided, by whom, when."""

    number: int
    quarter: Quarter
    text: str
    who: str
    day: date
