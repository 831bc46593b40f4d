"""Which period a map shows when none was asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from touchline.kit.usual_period import ALL_DATA_BELOW_DAYS, DEFAULT_DAYS

LATEST_DAY = date(9998, 12, 31)
"""A file may say 9999-12-31 for 'never'; the day after a period must still be a day."""


@dataclass(frozen=True)
class Period:
    """Whole days, UTC, both ends inclusive."""

    start: date | None
    end: date | None
    compare_start: date | None = None
    compare_end: date | None = None
    choice: str = ""
    """What was chosen for the user, in words; empty where nothing was."""


def chosen_period(asked: Period, first: datetime | None, last: datetime | None) -> Period:
    """Fill in what was not asked for from the span of the data."""
    if first is None or last is None:
        return asked
    begin, end = first.date(), min(last.date(), LATEST_DAY)
    if asked.start is not None or asked.end is not None:
        start = asked.start or min(begin, asked.end or begin)
        return Period(start, asked.end or max(end, start), asked.compare_start, asked.compare_end)
    if asked.compare_start is not None or (end - begin).days + 1 < ALL_DATA_BELOW_DAYS:
        return Period(begin, end, asked.compare_start, asked.compare_end, "no period was chosen: this is all there is")
    start = end - timedelta(days=DEFAULT_DAYS - 1)
    return Period(
        start,
        end,
        start - timedelta(days=DEFAULT_DAYS),
        start - timedelta(days=1),
        f"no period was chosen: these are the last {DEFAULT_DAYS} days of the data",
    )
