"""In which period of the workspace's calendar a row lies, as SQL."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from touchline.analyses.rules.calendar import Calendar
from touchline.engine.workspace import WEEKDAYS, Settings

_AHEAD_DAYS = 7 * 1_000_000
"""Added before dividing, so that times before 1970 are rounded down too: a whole number of weeks."""
_DAY_US = 86_400_000_000


def calendar_of(settings: Settings, period: str) -> Calendar:
    """The calendar of a workspace."""
    return Calendar(period, settings.time_zone, WEEKDAYS.index(settings.week_starts))


def period_number(calendar: Calendar, first: datetime, last: datetime, column: str = "v.time") -> str:
    """SQL for the number of the period that holds a time (rules/calendar.py); exact between `first` and `last`.

    Whole-number arithmetic on each stretch between two changes of the clocks: the engine's own time zones take ten times
    as long.
    """
    local_us = f"(epoch_us({column}) + {_ahead_us(calendar.offsets(first, last), column)})"
    if calendar.period == "month":
        return f"(year(make_timestamp({local_us})) * 12 + month(make_timestamp({local_us})) - 1)"
    monday_to_start = Calendar("day").first_day(0).weekday() - calendar.week_starts
    if calendar.period == "week":
        shift_us, length_us, shift = (_AHEAD_DAYS + monday_to_start) * _DAY_US, 7 * _DAY_US, _AHEAD_DAYS // 7
    else:
        shift_us, length_us, shift = _AHEAD_DAYS * _DAY_US, _DAY_US, _AHEAD_DAYS
    return f"(({local_us} + {shift_us}) // {length_us} - {shift})"


def _ahead_us(offsets: Sequence[tuple[int, int]], column: str) -> str:
    """A tree of comparisons: of n stretches, each row looks at log2(n)."""
    if len(offsets) == 1:
        return str(offsets[0][1] * 1_000_000)
    middle = len(offsets) // 2
    before, after = _ahead_us(offsets[:middle], column), _ahead_us(offsets[middle:], column)
    changed_us = offsets[middle][0] * 1_000_000
    return f"(case when epoch_us({column}) < {changed_us} then {before} else {after} end)"
