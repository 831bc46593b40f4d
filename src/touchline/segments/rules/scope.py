"""What a question is asked about: a period, a comparison period, and whose visits count."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta


@dataclass(frozen=True)
class Scope:
    """The scope of every question. Empty fields do not restrict. Days are whole days in UTC."""

    start: date | None = None
    """First day."""
    end: date | None = None
    """Last day, inclusive."""
    compare_start: date | None = None
    compare_end: date | None = None
    channels: tuple[str, ...] = ()
    devices: tuple[str, ...] = ()
    intent: str = ""
    """Campaign or touchpoint id with which the journey began."""
    filter: str = ""
    """An expression of the filter language (docs/reference/filters.md) over customers and their events."""

    @property
    def compares(self) -> bool:
        """Whether a comparison period is set."""
        return self.compare_start is not None and self.compare_end is not None

    def comparison(self) -> Scope:
        """The same scope over the comparison period."""
        return replace(self, start=self.compare_start, end=self.compare_end, compare_start=None, compare_end=None)

    def with_previous_period(self) -> Scope:
        """Compare with the days of the same number just before. Raises ValueError without a period."""
        if self.start is None or self.end is None:
            raise ValueError("A previous period needs a start and an end day.")
        days = (self.end - self.start).days + 1
        return replace(
            self, compare_start=self.start - timedelta(days=days), compare_end=self.start - timedelta(days=1)
        )
