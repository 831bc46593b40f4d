"""Quarters of the calendar."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from touchline.strategy.rules.problem import StrategyError

_WRITTEN: Final = re.compile(r"(\d{4})-?q([1-4])", re.ASCII | re.IGNORECASE)
FIRST_YEAR, LAST_YEAR = 1900, 2999


@dataclass(frozen=True, order=True)
class Quarter:
    """Three months."""

    year: int
    number: int
    """1 to 4."""

    def __str__(self) -> str:
        return f"{self.year}-Q{self.number}"

    @property
    def name(self) -> str:
        """For people: 'Q4 2026'."""
        return f"Q{self.number} {self.year}"

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return self.later(1).first - timedelta(days=1)

    def later(self, by: int) -> Quarter:
        """The quarter so many after it; before it where `by` is negative."""
        year, number = divmod(4 * self.year + self.number - 1 + by, 4)
        return Quarter(year, number + 1)

    def has(self, day: date | None) -> bool:
        """Whether a day lies in it."""
        return day is not None and self.first <= day <= self.last


def quarter_of(day: date) -> Quarter:
    """The quarter of a day."""
    return Quarter(day.year, (day.month + 2) // 3)


def quarter_named(text: str) -> Quarter:
    """Read '2026-Q4'. Raises StrategyError."""
    found = _WRITTEN.fullmatch(text.strip())
    if found is None or not FIRST_YEAR <= int(found[1]) <= LAST_YEAR:
        raise StrategyError(f"“{text[:40]}” is not a quarter such as 2026-Q4.")
    return Quarter(int(found[1]), int(found[2]))
