"""Sessions out of sorted events. Arrays only, whole numbers out: what is counted adds up over buckets."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Whole = NDArray[np.int64]
Yes = NDArray[np.bool_]


@dataclass(frozen=True)
class Events:
    """Events in order of person, then time: arrays of one length."""

    unit: Whole
    person: Whole
    """Whose session it is: the customer's number, also where the unit is an account."""
    time_us: Whole
    place: NDArray[np.int32]
    """Number of the page, or of the event where it has none."""
    is_page: Yes
    """Whether `place` is a page."""
    is_view: Yes
    is_key: Yes
    device: NDArray[np.int8]
    campaign: NDArray[np.int32]
    """−1 for none."""
    own: Whole
    """Number of the sender's own session, 0 for none."""

    def taken(self, order: Whole) -> Events:
        """The same events in another order."""
        return Events(*(getattr(self, name)[order] for name in self.__dataclass_fields__))


@dataclass(frozen=True)
class Sessions:
    """One row per session."""

    unit: Whole
    start_us: Whole
    end_us: Whole
    events: Whole
    views: Whole
    is_key: Yes
    entry: NDArray[np.int32]
    exit: NDArray[np.int32]
    device: NDArray[np.int8]
    campaign: NDArray[np.int32]
    """The first named; −1 for none."""
    is_own: Yes

    def kept(self, which: Yes) -> Sessions:
        """Some of the sessions."""
        return Sessions(*(getattr(self, name)[which] for name in self.__dataclass_fields__))


def in_order(events: Events, tie: NDArray[np.uint64]) -> Events:
    """Order by unit, person and time; events of one moment by `tie`, which is the same in whatever order they are read."""
    by_person = () if events.person is events.unit else (events.person,)
    order = np.lexsort((events.time_us, *by_person, events.unit))
    unit, person, time_us = events.unit[order], events.person[order], events.time_us[order]
    same = (unit[1:] == unit[:-1]) & (time_us[1:] == time_us[:-1]) & (person[1:] == person[:-1])
    tied = np.flatnonzero(np.append(False, same) | np.append(same, False))
    if tied.size:  # few: sorting all by three keys takes half as long again
        run = np.cumsum(~np.append(False, same))[tied]
        order[tied] = order[tied][np.lexsort((tie[order[tied]], run))]
    return events.taken(order)


def pauses_us(events: Events) -> Whole:
    """Time between events of one person that follow each other."""
    same = (events.person[1:] == events.person[:-1]) & (events.unit[1:] == events.unit[:-1])
    found: Whole = np.diff(events.time_us)[same]
    return found


def cut(events: Events, pause_us: int) -> Sessions:
    """Cut at every pause longer than `pause_us`; events of one session of the sender's stay together."""
    begins = _begins(events, pause_us)
    own = _adopted(events.own, begins)
    if own.any():
        events, own, begins = _put_together(events, own, begins)
    return _summed(events, own, np.flatnonzero(begins))


def _begins(events: Events, pause_us: int) -> Yes:
    begins = np.ones(events.unit.size, bool)
    same = (events.person[1:] == events.person[:-1]) & (events.unit[1:] == events.unit[:-1])
    begins[1:] = ~same | (np.diff(events.time_us) > pause_us)
    return begins


def _adopted(own: Whole, begins: Yes) -> Whole:
    """An event that names no session belongs to the one named last before it without a long pause, else to the next."""
    if not own.any():
        return own
    places = np.arange(own.size)
    starts = np.flatnonzero(begins)
    number = np.cumsum(begins) - 1
    last = np.append(starts[1:], own.size)[number] - 1
    before = np.maximum.accumulate(np.where(own != 0, places, -1))
    after = np.minimum.accumulate(np.where(own != 0, places, own.size)[::-1])[::-1]
    from_before = np.where(before >= starts[number], own[np.maximum(before, 0)], 0)
    from_after = np.where(after <= last, own[np.minimum(after, own.size - 1)], 0)
    found: Whole = np.where(own != 0, own, np.where(from_before != 0, from_before, from_after))
    return found


def _put_together(events: Events, own: Whole, begins: Yes) -> tuple[Events, Whole, Yes]:
    """Order by person and session; those the sender named are one each, however long their pauses."""
    number = np.cumsum(begins)
    session = np.where(own != 0, own, 0 - number)  # what the sender named is never below zero
    order = np.lexsort((events.time_us, session, events.person, events.unit))  # stable: ties keep their order
    events, session = events.taken(order), session[order]
    again = np.ones(session.size, bool)
    again[1:] = (
        (session[1:] != session[:-1])
        | (events.person[1:] != events.person[:-1])
        | (events.unit[1:] != events.unit[:-1])
    )
    return events, own[order], again


def _summed(events: Events, own: Whole, starts: Whole) -> Sessions:
    if not starts.size:
        none = np.empty(0, np.int64)
        no = none.astype(bool)
        return Sessions(
            none,
            none,
            none,
            none,
            none,
            no,
            *(none.astype(np.int32),) * 2,
            none.astype(np.int8),
            none.astype(np.int32),
            no,
        )
    ends = np.append(starts[1:], events.unit.size) - 1
    seen = np.maximum(np.add.reduceat(events.is_view.astype(np.int64), starts), _pages(events, starts))
    named = np.where(events.campaign >= 0, np.arange(events.unit.size), events.unit.size)
    first_named = np.minimum.reduceat(named, starts)
    campaign = np.where(
        first_named < events.unit.size, events.campaign[np.minimum(first_named, events.unit.size - 1)], -1
    )
    return Sessions(
        unit=events.unit[starts],
        start_us=events.time_us[starts],
        end_us=events.time_us[ends],
        events=ends - starts + 1,
        views=seen,
        is_key=np.logical_or.reduceat(events.is_key, starts),
        entry=events.place[starts],
        exit=events.place[ends],
        device=events.device[starts],
        campaign=campaign.astype(np.int32),
        is_own=own[starts] != 0,
    )


def _pages(events: Events, starts: Whole) -> Whole:
    """How often the page changed, the first one counted; events without a page are passed over."""
    session = np.zeros(events.unit.size, np.int64)
    session[starts] = 1
    session = np.cumsum(session) - 1
    on_page = np.flatnonzero(events.is_page)
    place, of = events.place[on_page], session[on_page]
    changed = np.ones(on_page.size, bool)
    changed[1:] = (place[1:] != place[:-1]) | (of[1:] != of[:-1])
    return np.bincount(of[changed], minlength=starts.size)


def engaged(sessions: Sessions, longer_than_us: int) -> Yes:
    """Longer than so long, or with a key event, or with two views. Source: Google Analytics 4, engaged session."""
    found: Yes = (sessions.end_us - sessions.start_us > longer_than_us) | sessions.is_key | (sessions.views >= 2)
    return found


FIGURES = 10
"""Sessions, views, timed sessions and their time in µs, then what the share of engaged ones rests on."""


def group_sums(group: NDArray[np.integer], count: int, sessions: Sessions, is_engaged: Yes) -> Whole:
    """Figures of each of `count` groups; `group` numbers the group of each session. Sessions are sorted by unit."""
    order = np.argsort(group, kind="stable")
    by, unit, yes = group[order], sessions.unit[order], is_engaged[order].astype(np.int64)
    found = np.zeros((count, FIGURES), np.int64)
    if not by.size:
        return found
    is_timed = sessions.events > 1
    lasting = np.where(is_timed, sessions.end_us - sessions.start_us, 0)
    firsts = np.flatnonzero(np.append(True, by[1:] != by[:-1]))
    groups = by[firsts]
    for column, values in enumerate((np.ones(by.size, np.int64), sessions.views, is_timed.astype(np.int64), lasting)):
        found[groups, column] = np.add.reduceat(values if column == 0 else values[order], firsts)
    runs = np.flatnonzero(np.append(True, (by[1:] != by[:-1]) | (unit[1:] != unit[:-1])))
    x = np.add.reduceat(yes, runs)
    n = np.diff(np.append(runs, by.size))
    of_group = np.flatnonzero(np.append(True, np.diff(by[runs]) != 0))
    for column, values in enumerate((x, n, np.ones(x.size, np.int64), x * x, x * n, n * n), start=4):
        found[groups, column] = np.add.reduceat(values, of_group)
    return found
