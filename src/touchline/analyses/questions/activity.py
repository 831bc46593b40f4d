"""In which periods of the calendar each unit did a thing, as bits: what retention, stickiness and lifecycle count from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from touchline.analyses.questions.matches import condition
from touchline.analyses.questions.periods import period_number
from touchline.analyses.questions.reading import Reading, Relation
from touchline.analyses.rules.calendar import Calendar, plural
from touchline.analyses.rules.problem import QuestionError
from touchline.analyses.rules.steps import Step
from touchline.engine.question import Bucket
from touchline.engine.store import Store
from touchline.engine.sums import used
from touchline.journeys.facade import data_span

MOST_PERIODS = 120
ANY_VISIT = "any visit"
_BITS = 64
_NEVER = -(2**40)


@dataclass(frozen=True)
class Window:
    """The whole periods that a scope touches, as far as the data reach: its days are those of the workspace's zone."""

    calendar: Calendar
    first: int
    last: int
    whole: int
    """How many of them, from the first on, are over as far as the data tell."""
    data_from: datetime
    seen_until: datetime
    """End of the scope, or the last event where that is earlier (naive, UTC)."""

    @property
    def count(self) -> int:
        """How many periods."""
        return self.last - self.first + 1

    @property
    def labels(self) -> tuple[str, ...]:
        """What the periods are called; their year is left out where all of them begin in one."""
        days = [self.calendar.first_day(self.first + at) for at in range(self.count)]
        is_one_year = days[0].year == days[-1].year
        return tuple(self.calendar.label(day, with_year=not is_one_year) for day in days)

    @property
    def days(self) -> tuple[str, ...]:
        """First day of each, as 2026-01-31."""
        return tuple(self.calendar.first_day(self.first + at).isoformat() for at in range(self.count))


def bounds(reading: Reading, calendar: Calendar) -> tuple[datetime, datetime, datetime]:
    """When the scope begins and ends (naive, UTC): its days are those of the zone; and when the data begin.

    It ends with the data where they end earlier; where it begins or ends with the data, no zone leaves anything out.
    Raises QuestionError where there are no data in it.
    """
    scope, data_until = reading.scope, reading.data_until
    data_from = data_span(reading.workspace).first or data_until
    end = data_until + timedelta(microseconds=1)
    if scope.end is not None and end > datetime.combine(scope.end, time.max):
        end = min(end, calendar.midnight(scope.end + timedelta(days=1)))
    begin = calendar.midnight(calendar.day(data_from))
    if scope.start is not None and datetime.combine(scope.start, time.min) > data_from:
        begin = calendar.midnight(scope.start)
    if end <= max(begin, data_from):
        raise QuestionError(
            f"Nothing is known of these days: the data run from {data_from:%Y-%m-%d} to {data_until:%Y-%m-%d}.", "start"
        )
    return begin, end, data_from


def window(reading: Reading, calendar: Calendar, most: int = MOST_PERIODS) -> Window:
    """The periods of a reading. Raises QuestionError where there are none or too many of them."""
    begin, seen_until, data_from = bounds(reading, calendar)
    first, last = calendar.number(begin), calendar.number(seen_until - timedelta(microseconds=1))
    if last - first + 1 > most:
        raise QuestionError(
            f"These days hold {last - first + 1:,} {plural(calendar.period)}; at most {most} can be shown. Take fewer days "
            "(--start, --end) or longer periods (--per week or month).",
            "per",
        )
    whole = sum(calendar.begins(number + 1) <= seen_until for number in range(first, last + 1))
    return Window(calendar, first, last, whole, data_from, seen_until)


def with_history(reading: Reading, calendar: Calendar) -> Reading:
    """The same reading with everything before its first day: whether somebody is new is decided by it.

    Its last day ends in UTC; where the zone's ends later, a day more is read, and whoever counts stops at `seen_until`.
    A filter keeps the last day: what customers have done by then decides whether it holds.
    """
    scope = replace(reading.scope, start=None)
    ends_later = scope.end is not None and calendar.midnight(scope.end) > datetime.combine(scope.end, time.min)
    if scope.end is not None and ends_later and not scope.filter:
        scope = replace(scope, end=scope.end + timedelta(days=1))
    return reading.within(scope)


@dataclass(frozen=True)
class Active:
    """One row per unit that did either thing, in no order."""

    unit: NDArray[np.int64]
    first: NDArray[np.int64]
    """Number of the period, counted from the window's first, in which the unit began for the first time; far below zero
    where it never did."""
    began: NDArray[np.uint64]
    """Bit b of word w: it began in period 64·w + b of the window. Words by units."""
    came: NDArray[np.uint64]
    """The same of coming back."""

    def between(self, start: int, end: int) -> Active:
        """Some of the rows."""
        return Active(self.unit[start:end], self.first[start:end], self.began[:, start:end], self.came[:, start:end])


@dataclass(frozen=True)
class Activity:
    """Who began and who came back in which period of a window."""

    visits: Relation
    events: Relation
    window: Window
    begin: Step | None
    """None: any visit."""
    back: Step | None
    is_history_needed: bool

    @classmethod
    def of(
        cls, reading: Reading, found: Window, begin: Step | None, back: Step | None, *, is_history_needed: bool
    ) -> Activity:
        """Look at a reading; with its history where the first time of each unit matters."""
        history = with_history(reading, found.calendar)
        return cls(history.visits(), history.events(), found, begin, back, is_history_needed)

    def active(self, store: Store, bucket: Bucket) -> Active:
        """Look in one bucket."""
        values: dict[str, Any] = {}
        words = [
            f"coalesce(bit_or(1::ubigint << bit) filter ({{side}} and word = {at}), 0)" for at in range(self._words)
        ]
        began = [f"{word} as began_{at}".replace("{side}", "began") for at, word in enumerate(words)]
        came = [f"{word} as came_{at}".replace("{side}", "came") for at, word in enumerate(words)]
        first = self.window.first
        sql = f"""
            select unit, coalesce(min(period) filter (began) - {first}, {_NEVER}) as first, {", ".join([*began, *([] if self._alike else came)])}
            from (
              select *, case when period >= {first} then (period - {first}) // {_BITS} end as word,
                case when period >= {first} then (period - {first}) % {_BITS} else 0 end::ubigint as bit
              from ({self._rows(bucket, values)})
            )
            group by unit
        """
        table = store.table(self._with(sql), used(sql, values))
        found = [
            _words(table, "began", self._words),
            _words(table, "came" if not self._alike else "began", self._words),
        ]
        firsts = table.column("first").to_numpy().astype(np.int64)
        return Active(table.column("unit").to_numpy().astype(np.int64), firsts, found[0], found[1])

    def amounts(self, store: Store, bucket: Bucket) -> pa.Table:
        """What units spent when they came back: unit, period of the window, currency, value in ten-thousandths."""
        values: dict[str, Any] = {}
        sql = f"""
            select unit, (period - {self.window.first})::integer as period, currency, (sum(value) * 10000)::hugeint::bigint as value
            from ({self._rows(bucket, values, "v.value, coalesce(v.currency, '') as currency")})
            where came and value is not null and period >= {self.window.first} group by all order by all
        """
        return store.table(self._with(sql), used(sql, values))

    @property
    def _alike(self) -> bool:
        return (self.begin and self.begin.text) == (self.back and self.back.text)

    @property
    def _words(self) -> int:
        return -(-self.window.count // _BITS)

    def _with(self, sql: str) -> str:
        common = dict.fromkeys(each for each in (self.visits.common, self.events.common) if each)
        return f"with {', '.join(common)} {sql}" if common else sql

    def _rows(self, bucket: Bucket, values: dict[str, Any], more: str = "") -> str:
        """SQL for unit, period, began and came of every row that is either; `more` are further columns."""
        texts = []
        for relation, of_events in ((self.visits, False), (self.events, True)):
            sides = [_side(step, number, of_events, values) for number, step in enumerate((self.begin, self.back))]
            if sides == ["false", "false"]:
                continue
            values.update(relation.parameters)
            columns = ["v.unit", f"{self._period()} as period", f"{sides[0]} as began", f"{sides[1]} as came"]
            texts.append(
                f"select {', '.join([*columns, *([more] if more else [])])} from ({relation.sql}) v "
                f"where {bucket.holds('v.unit')} and {self._bounds(values)} and ({sides[0]} or {sides[1]})"
            )
        return " union all ".join(texts)

    def _period(self) -> str:
        return period_number(self.window.calendar, self.window.data_from, self.window.seen_until)

    def _bounds(self, values: dict[str, Any]) -> str:
        """Facts without a date stand before all data: they are left out too."""
        begins = self.window.calendar.begins(self.window.first)
        values["since"] = self.window.data_from if self.is_history_needed else max(begins, self.window.data_from)
        values["until"] = self.window.seen_until
        return "v.time >= $since and v.time < $until"


def as_rows(words: NDArray[np.uint64], periods: int) -> NDArray[np.bool_]:
    """Bits as booleans: periods by units."""
    rows = [(words[at // _BITS] >> np.uint64(at % _BITS)) & np.uint64(1) for at in range(periods)]
    return np.array(rows, dtype=bool).reshape(periods, words.shape[1])


def _side(step: Step | None, number: int, of_events: bool, values: dict[str, Any]) -> str:
    """SQL that a row is a step; None is any visit."""
    if step is None:
        return "false" if of_events else "true"
    return f"({condition(step, number, values)})" if step.is_event == of_events else "false"


def _words(table: pa.Table, name: str, count: int) -> NDArray[np.uint64]:
    words = [table.column(f"{name}_{at}").to_numpy() for at in range(count)]
    return np.stack(words).astype(np.uint64, copy=False)
