"""Periods by name. "Last 90 days" ends with the data, not today: exports are of the past."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from touchline.kit.usual_period import ALL_DATA_BELOW_DAYS, DEFAULT_DAYS
from touchline.segments.rules.scope import Scope

EVERYTHING: Final = "all"
DATES: Final = "dates"
USUAL: Final = str(DEFAULT_DAYS)
LAST_DAYS: Final = {"30": 30, USUAL: DEFAULT_DAYS, "365": 365}
PREVIOUS: Final = "previous"
NOTHING: Final = "none"


@dataclass(frozen=True)
class DataSpan:
    """First and last day of the data."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """How many days that is."""
        return (self.last - self.first).days + 1


def usual_period(span: DataSpan | None) -> str:
    """The period shown when none was asked for: 90 days when there are as many before to compare with."""
    return USUAL if span is not None and span.days >= ALL_DATA_BELOW_DAYS else EVERYTHING


def with_period(scope: Scope, period: str, span: DataSpan | None) -> Scope:
    """Put a named period's days into a scope; one by dates has them already."""
    if period == DATES:
        return scope
    if span is None:
        return replace(scope, start=None, end=None)
    if period == EVERYTHING:
        return replace(scope, start=span.first, end=span.last)
    return replace(scope, start=span.last - timedelta(days=LAST_DAYS[period] - 1), end=span.last)


def with_usual_period(scope: Scope, span: DataSpan | None, *, everything: bool = False) -> Scope:
    """Fill in the days that a scope leaves open: the usual period, or all data from the day or until the day given."""
    if scope.start is None and scope.end is None:
        return with_period(scope, EVERYTHING if everything else usual_period(span), span)
    if span is None:
        return scope
    return replace(scope, start=scope.start or span.first, end=scope.end or span.last)


def with_comparison(scope: Scope, compare: str, span: DataSpan | None) -> Scope:
    """Put the days compared with into a scope; there is no period before the first day of the data."""
    if compare == DATES:
        return scope
    if compare == PREVIOUS and scope.start is not None and scope.end is not None:
        with_previous = scope.with_previous_period()
        if span is None or with_previous.compare_end is None or with_previous.compare_end >= span.first:
            return with_previous
    return replace(scope, compare_start=None, compare_end=None)
