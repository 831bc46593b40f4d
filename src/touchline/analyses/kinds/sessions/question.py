"""Sessions asked of the store."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from touchline.analyses.kinds.sessions import rules
from touchline.analyses.kinds.sessions.kernel import Events, cut, engaged, group_sums, in_order, pauses_us
from touchline.analyses.kinds.sessions.places import Places
from touchline.analyses.kinds.sessions.request import SessionsRequest
from touchline.analyses.questions.activity import bounds
from touchline.analyses.questions.matches import condition
from touchline.analyses.questions.periods import calendar_of
from touchline.analyses.questions.reading import Reading, Relation
from touchline.analyses.rules.calendar import Calendar
from touchline.analyses.rules.problem import QuestionError
from touchline.analyses.rules.steps import Step
from touchline.engine.question import Bucket
from touchline.engine.store import Store
from touchline.engine.sums import used
from touchline.events.facade import DEVICES
from touchline.formulas.session_cut import bin_edges_s

SECOND_US = 1_000_000
MOST_PERIODS = 400
LOOKED_AROUND = timedelta(days=1)
"""A session is counted where it begins; what belongs to it is read a day before and after."""

EVENTS = """
select v.unit, {customer}v.time as at, v.kind, v.device, v.campaign, {own} as own, {is_key} as is_key, hash(v.id) as tie
from {relation} v
where {bucket} and v.time >= $begin and v.time < $end and v.kind in ({kinds})
"""
OWN = "case when coalesce(v.session, '') = '' then 0 else (hash(v.session) >> 2)::bigint + 1 end"
"""The sender's own session as a number; 0 for none."""

Tally = dict[str, NDArray[np.int64]]


@dataclass(frozen=True)
class Part:
    """What one bucket holds: whole numbers that add up."""

    groups: dict[str, Tally]
    """Figures by name of the group: overall, period, entry, exit, campaign and device."""
    seconds: Counter[int]
    """How many sessions with at least two events lasted so many whole seconds."""
    pauses: NDArray[np.int64]
    own: int
    open: int


@dataclass(frozen=True)
class CountSessions:
    """Sessions that begin in a stretch of time."""

    events: Relation
    begin: datetime
    end: datetime
    periods: tuple[int, ...]
    """When each period of the calendar begins, in µs since 1970."""
    minutes: int
    engaged_seconds: int
    keys: tuple[Step, ...]
    own_sessions: bool
    data_until: datetime
    channels: tuple[str, ...]
    by_customer: bool
    """Whether the unit is the customer."""

    def part(self, store: Store, bucket: Bucket) -> Part:
        """Cut and count in one bucket."""
        places = Places.of(store, self.channels)
        events, campaigns = self._events(store, bucket, places)
        pause_us = self.minutes * 60 * SECOND_US
        found = cut(events, pause_us)
        begin, end = (_us(moment) for moment in (self.begin, self.end))
        found = found.kept((found.start_us >= begin) & (found.start_us < end))
        is_engaged = engaged(found, self.engaged_seconds * SECOND_US)
        period = np.searchsorted(self.periods, found.start_us, side="right") - 1
        groupings: dict[str, tuple[NDArray[Any], Sequence[str]]] = {
            "overall": (np.zeros(found.unit.size, np.int8), ("",)),
            "period": (period.astype(np.int16), [str(at) for at in range(len(self.periods))]),
            "entry": (found.entry, places.names),
            "exit": (found.exit, places.names),
            "campaign": (found.campaign + 1, ["", *campaigns]),
            "device": (found.device, DEVICES),
        }
        lasting = (found.end_us - found.start_us)[found.events > 1] // SECOND_US
        return Part(
            groups={
                name: _tally(group_sums(_small(group, len(names)), len(names), found, is_engaged), names)
                for name, (group, names) in groupings.items()
            },
            seconds=Counter(
                dict(zip(*(each.tolist() for each in np.unique(lasting, return_counts=True)), strict=True))
            ),
            pauses=_histogram(pauses_us(events)),
            own=int(found.is_own.sum()),
            open=int(np.count_nonzero(found.end_us + pause_us > _us(self.data_until))),
        )

    def combine(self, parts: Sequence[Part]) -> Part:
        """Add them up."""
        groups: dict[str, Tally] = {}
        for part in parts:
            for name, tally in part.groups.items():
                so_far = groups.setdefault(name, {})
                for each, figures in tally.items():
                    so_far[each] = so_far.get(each, 0) + figures
        seconds: Counter[int] = Counter()
        for part in parts:
            seconds.update(part.seconds)
        return Part(
            groups,
            seconds,
            np.sum([part.pauses for part in parts], axis=0),
            sum(part.own for part in parts),
            sum(part.open for part in parts),
        )

    def _events(self, store: Store, bucket: Bucket, places: Places) -> tuple[Events, list[str]]:
        """Events in order, and the names of their campaigns."""
        values: dict[str, Any] = {
            **self.events.parameters,
            "begin": self.begin - LOOKED_AROUND,
            "end": self.end + LOOKED_AROUND,
        }
        keys = " or ".join(f"({condition(step, at, values)})" for at, step in enumerate(self.keys))
        sql = self.events.statement(
            EVENTS.replace("{customer}", "" if self.by_customer else "v.customer, ")
            .replace("{own}", OWN if self.own_sessions else "0::bigint")
            .replace("{is_key}", keys or "false")
            .replace("{kinds}", ", ".join(map(str, places.kinds)) or "null")
            .replace("{bucket}", bucket.holds("v.unit"))
        )
        table = store.table(sql, used(sql, values))

        def column(name: str, kind: type[np.generic] = np.int64) -> NDArray[Any]:
            found: NDArray[Any] = table.column(name).to_numpy().astype(kind, copy=False)
            return found

        campaigns = table.column("campaign").combine_chunks().dictionary_encode()
        kind, unit = column("kind"), column("unit")
        events = Events(
            unit=unit,
            person=unit if self.by_customer else column("customer"),
            time_us=column("at"),
            place=places.place[kind],
            is_page=places.is_page[kind],
            is_view=places.is_view[kind],
            is_key=column("is_key", np.bool_) if self.keys else places.is_key[kind],
            device=column("device", np.int8),
            campaign=campaigns.indices.fill_null(-1).to_numpy().astype(np.int32),
            own=column("own"),
        )
        return in_order(events, column("tie", np.uint64)), [str(each) for each in campaigns.dictionary.to_pylist()]


def asked_of(reading: Reading, request: SessionsRequest) -> tuple[CountSessions, Calendar, int]:
    """The question asked of the store, and the calendar with its first period. Raises QuestionError."""
    keys = reading.steps(request.key_events, "key_events")
    for step in keys:
        if not step.is_event:
            raise QuestionError(
                f"The key event “{step.text}” is a touchpoint; expected an event, such as event:Order Completed.",
                "key_events",
            )
    calendar = calendar_of(reading.workspace.settings, request.per)
    begin, end, _ = bounds(reading, calendar)
    first, last = calendar.number(begin), calendar.number(end - timedelta(microseconds=1))
    if last - first + 1 > MOST_PERIODS:
        raise QuestionError(
            f"These days hold {last - first + 1:,} {request.per}s; at most {MOST_PERIODS} can be shown. Take fewer days "
            "(--start, --end) or longer periods (--per week or month).",
            "per",
        )
    scope = replace(
        reading.scope,
        start=(begin - LOOKED_AROUND).date(),
        end=reading.scope.end if reading.scope.filter else (end + LOOKED_AROUND).date(),
        channels=(),
    )
    wider = reading.within(scope)
    question = CountSessions(
        events=wider.events(),
        begin=begin,
        end=end,
        periods=tuple(_us(calendar.begins(number)) for number in range(first, last + 1)),
        minutes=request.minutes,
        engaged_seconds=request.engaged_seconds,
        keys=keys,
        own_sessions=request.own_sessions,
        data_until=reading.data_until,
        channels=reading.scope.channels or rules.CHANNELS,
        by_customer=reading.unit == "customer",
    )
    return question, calendar, first


def _tally(figures: NDArray[np.int64], names: Sequence[str]) -> Tally:
    return {names[at]: figures[at] for at in np.flatnonzero(figures[:, 0]).tolist()}


def _small(group: NDArray[Any], count: int) -> NDArray[Any]:
    """Sixteen bits where they do: NumPy counts them instead of comparing."""
    return group.astype(np.uint16) if count < 2**16 else group


def _histogram(pauses: NDArray[np.int64]) -> NDArray[np.int64]:
    edges = (bin_edges_s() * SECOND_US).astype(np.int64)
    at = np.searchsorted(edges, pauses, side="right") - 1
    found: NDArray[np.int64] = np.bincount(at[at >= 0], minlength=edges.size)
    return found


def _us(moment: datetime) -> int:
    return (moment.replace(tzinfo=UTC) - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)
