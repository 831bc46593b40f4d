"""Figures in words where one number is not enough; single numbers are written by ui.numbers."""

from __future__ import annotations

from datetime import date
from typing import Final

from touchline.ui.numbers import CANNOT_SAY, percent, signed, whole

BLANK: Final = "–"
"""What stands in a small place where the map cannot say; pages and tables spell it out."""


def span(low: float | None, high: float | None) -> str:
    """A band of signed points: +4 to +18."""
    return CANNOT_SAY if low is None or high is None else f"{signed(low)} to {signed(high)}"


def percent_span(low: float | None, high: float | None) -> str:
    """A band of shares: 48% to 56%."""
    return CANNOT_SAY if low is None or high is None else f"{percent(low)} to {percent(high)}"


def day(when: date) -> str:
    """3 May 2026."""
    return f"{when.day} {when:%b %Y}"


def counted(number: int, one: str, many: str | None = None) -> str:
    """1 answer, 2 answers."""
    return f"{whole(number)} {one if number == 1 else many or one + 's'}"
