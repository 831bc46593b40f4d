"""Days, weeks and months as a workspace counts them: in its time zone, weeks beginning on its day.

Every period has a number; the next one has the next number. Day 0 is 1 January 1970.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

PERIODS: Final = ("day", "week", "month")

_DAY_0 = date(1970, 1, 1)
_WEEKDAY_0 = _DAY_0.weekday()
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True)
class Calendar:
    """How one workspace cuts time into periods."""

    period: str
    """One of PERIODS."""
    zone: str = "UTC"
    week_starts: int = 0
    """Weekday of the first day of a week, Monday 0."""

    def number(self, moment: datetime) -> int:
        """Number of the period that holds a moment (naive, UTC)."""
        return self.number_of_day(self.day(moment))

    def number_of_day(self, day: date) -> int:
        """Number of the period that holds a day."""
        if self.period == "month":
            return day.year * 12 + day.month - 1
        days = (day - _DAY_0).days
        return days if self.period == "day" else (days + _WEEKDAY_0 - self.week_starts) // 7

    def first_day(self, number: int) -> date:
        """First day of a period."""
        if self.period == "month":
            return date(number // 12, number % 12 + 1, 1)
        days = number if self.period == "day" else 7 * number - _WEEKDAY_0 + self.week_starts
        return _DAY_0 + timedelta(days=days)

    def begins(self, number: int) -> datetime:
        """The moment (naive, UTC) at which a period begins."""
        return self.midnight(self.first_day(number))

    def midnight(self, day: date) -> datetime:
        """The moment (naive, UTC) at which a day begins in the zone."""
        begun = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(self.zone))
        return begun.astimezone(UTC).replace(tzinfo=None)

    def day(self, moment: datetime) -> date:
        """The day of the zone that holds a moment (naive, UTC)."""
        return moment.replace(tzinfo=UTC).astimezone(ZoneInfo(self.zone)).date()

    def label(self, first_day: date, *, with_year: bool = True) -> str:
        """A period as people read it: its first day, or its month."""
        month = _MONTHS[first_day.month - 1]
        year = f" {first_day.year}" if with_year else ""
        return f"{month}{year}" if self.period == "month" else f"{first_day.day} {month}{year}"

    def offsets(self, first: datetime, last: datetime) -> tuple[tuple[int, int], ...]:
        """How many seconds the zone's clocks are ahead of UTC between two moments (naive, UTC): (from, ahead).

        `from` is in seconds since 1970. The clocks are looked at once a day, and where they changed, each half anew.
        """
        zone = ZoneInfo(self.zone)

        def ahead(second: int) -> int:
            return int((datetime.fromtimestamp(second, zone).utcoffset() or timedelta()).total_seconds())

        at, end = (int(moment.replace(tzinfo=UTC).timestamp()) for moment in (first, last))
        found = [(at, ahead(at))]
        while at < end:
            before, at = at, min(at + 86_400, end)
            if ahead(at) != found[-1][1]:
                found.append((_first_second(ahead, before, at), ahead(at)))
        return tuple(found)


def _first_second(ahead: Callable[[int], int], before: int, after: int) -> int:
    """The first second at which the clocks are as they are `after`."""
    while after - before > 1:
        middle = (before + after) // 2
        if ahead(middle) == ahead(after):
            after = middle
        else:
            before = middle
    return after


def plural(period: str) -> str:
    """Day as days, week as weeks, month as months."""
    return f"{period}s"
