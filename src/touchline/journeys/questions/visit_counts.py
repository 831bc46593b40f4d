"""How many customers, journeys and visits met each touchpoint and stage, and what became of them afterwards.

Counted over sorted columns, because each answer looks along a journey: in SQL every one of them is a window over all
visits. A million rows at a time stay in the processor's cache; two such slices run at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from touchline.engine.question import Bucket
from touchline.engine.store import Store
from touchline.journeys.questions.asked import Asked
from touchline.journeys.questions.slices import of_each_slice
from touchline.journeys.questions.visit_rows import Flags, Ints, VisitRows, visit_rows
from touchline.journeys.rules.bins import BINS, bin_of_seconds
from touchline.journeys.rules.counts import VisitCounts, no_visits

MICROSECONDS_PER_DAY = 86_400_000_000


@dataclass(frozen=True)
class CountVisits:
    """The question: visits of a scope and of its comparison period."""

    asked: Asked

    def part(self, store: Store, bucket: Bucket) -> VisitCounts:
        """Count one bucket, slice by slice of customer numbers."""
        return self.combine(
            of_each_slice(
                store, bucket, self.asked.touchpoints, lambda low, high: self._count(store, bucket, low, high)
            )
        )

    def combine(self, parts: Sequence[VisitCounts]) -> VisitCounts:
        """Add up: no customer is in two parts."""
        if not parts:
            return no_visits(self.asked.touchpoints, self.asked.stages)
        return VisitCounts(
            **{field.name: sum(getattr(part, field.name) for part in parts) for field in fields(VisitCounts)}
        )

    def _count(self, store: Store, bucket: Bucket, low: int, high: int) -> VisitCounts:
        asked = self.asked
        sql = f"""
            select v.customer, v.journey, epoch_us(v.time) as time, epoch_us(v.ended) as ended, v.touchpoint, v.channel,
              coalesce(v.wait, -1) as wait, coalesce({asked.scope.sql}, false)::utinyint as counted,
              coalesce({asked.compared_sql}, false)::utinyint as compared
            from visits v
            where v.customer >= $low and v.customer < $high and v.time >= $since and {bucket.holds("v.customer")}
        """
        values = {**asked.parameters, "low": low, "high": high, "since": asked.since}
        return count_visits(asked, visit_rows(store.table(sql, values)))


def count_visits(asked: Asked, rows: VisitRows) -> VisitCounts:
    """Count rows in memory."""
    counter = _Counter(asked, rows)
    furthest = counter.furthest_stage()
    here = counter.first_of(rows.customer_number, rows.touchpoint, asked.touchpoints, rows.counted)
    stage = counter.stage
    first_of_stage = counter.first_of(rows.customer_number, stage, asked.stages, rows.counted)
    is_over = counter.is_over()
    observed, contacted = counter.contacts_after()
    gone_on, left, censored = counter.waiting(is_over)
    return VisitCounts(
        customers=_runs(rows.customer_number[rows.counted]),
        journeys=_runs(rows.journey_number[rows.counted]),
        visits=counter.by_touchpoint(rows.counted),
        customers_here=counter.by_touchpoint(here),
        went_on=counter.by_touchpoint(here[furthest[here] > stage[here]]),
        stage_customers=np.bincount(stage[first_of_stage], minlength=asked.stages),
        stage_went_on=np.bincount(
            stage[first_of_stage[furthest[first_of_stage] > stage[first_of_stage]]], minlength=asked.stages
        ),
        over=counter.by_touchpoint(rows.counted & is_over),
        dropped_out=counter.by_touchpoint(rows.counted & is_over & (rows.wait < 0)),
        loops=counter.by_touchpoint(rows.counted & counter.comes_back()),
        customer_journeys=distinct_owners(rows.journey_number, rows.touchpoint, asked.touchpoints, rows.counted),
        contact_observed=observed,
        contacted=contacted,
        waited_gone_on=gone_on,
        waited_left=left,
        waited_censored=censored,
        compared_customers=_runs(rows.customer_number[rows.compared]),
        compared_customers_here=distinct_owners(
            rows.customer_number, rows.touchpoint, asked.touchpoints, rows.compared
        ),
        compared_stage_customers=distinct_owners(rows.customer_number, stage, asked.stages, rows.compared),
    )


def distinct_owners(owner: Ints, place: Ints, places: int, which: Flags) -> NDArray[np.int64]:
    """Count per place (touchpoint or stage) the owners (customers or journeys) with a chosen row there."""
    chosen = np.flatnonzero(which)
    if not chosen.size:
        return np.zeros(places, dtype=np.int64)
    seen = np.zeros((int(owner[-1]) + 1, places), dtype=np.bool_)
    seen.reshape(-1)[owner[chosen] * np.int64(places) + place[chosen]] = True
    owners: NDArray[np.int64] = np.count_nonzero(seen, axis=0)
    return owners


class _Counter:
    """Looks along the journeys of some rows."""

    def __init__(self, asked: Asked, rows: VisitRows) -> None:
        self.asked = asked
        self.rows = rows
        self.stage: Ints = asked.stage_of[rows.touchpoint]

    def by_touchpoint(self, which: Flags | Ints) -> NDArray[np.int64]:
        """Count chosen rows (flags or positions) per touchpoint."""
        return np.bincount(self.rows.touchpoint[which], minlength=self.asked.touchpoints)

    def first_of(self, owner: Ints, place: Ints, places: int, which: Flags) -> Ints:
        """Positions of the first chosen row of each owner (customer or journey) at each place (touchpoint or stage)."""
        chosen = np.flatnonzero(which).astype(np.int32)
        if not chosen.size:
            return chosen
        key = owner[chosen] * np.int64(places) + place[chosen]
        first = np.empty((int(owner[-1]) + 1) * places, dtype=np.int32)
        first[key[::-1]] = chosen[::-1]  # the last assignment stays
        earliest: Ints = chosen[first[key] == chosen]
        return earliest

    def comes_back(self) -> Flags:
        """Whether the same journey visits this touchpoint again later."""
        rows = self.rows
        if not len(rows):
            return np.empty(0, dtype=np.bool_)
        key = rows.journey_number * np.int64(self.asked.touchpoints) + rows.touchpoint
        position = np.arange(len(rows), dtype=np.int32)
        last = np.empty(int(key[-1]) + self.asked.touchpoints, dtype=np.int32)
        last[key] = position  # the last assignment stays
        again: Flags = last[key] != position
        return again

    def furthest_stage(self) -> Ints:
        """The furthest stage of this visit and all later ones of the journey, by position of the stage."""
        stages = self.asked.stages
        remaining = self.rows.journey_number.max(initial=0) - self.rows.journey_number
        base = remaining * np.int32(stages)
        running = np.maximum.accumulate((base + self.stage)[::-1])[::-1]
        furthest: Ints = running - base
        return furthest

    def is_over(self) -> Flags:
        """Whether the journey's last visit lies longer before the end of the data than a journey may pause."""
        rows = self.rows
        ended_before = self.asked.data_until_us - self.asked.gap_days * MICROSECONDS_PER_DAY
        over: Flags = rows.ended[rows.last_of_journey] < ended_before
        return over[rows.journey_number]

    def contacts_after(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Visits whose window for a service contact has passed, and those of them that had one.

        Without a service stage nobody can tell: no visit counts as observed.
        """
        rows, asked = self.rows, self.asked
        window = int(asked.contact_window_days * MICROSECONDS_PER_DAY)
        observed = rows.counted & (rows.time <= asked.data_until_us - window) & asked.is_service.any()
        contact = np.flatnonzero(asked.is_service[rows.touchpoint] & asked.is_contact_channel[rows.channel])
        next_contact = np.repeat(contact, np.diff(contact, prepend=0))  # of every visit before the last contact
        before = slice(len(next_contact))
        soon = (rows.customer[next_contact] == rows.customer[before]) & (
            rows.time[next_contact] - rows.time[before] <= window
        )
        return self.by_touchpoint(observed), self.by_touchpoint(np.flatnonzero(observed[before] & soon))

    def waiting(self, is_over: Flags) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        """Visits by touchpoint and bin of waiting: gone on, left (after the longest pause), not decided yet."""
        rows, asked = self.rows, self.asked
        moved = np.flatnonzero(rows.counted & (rows.wait >= 0))
        stayed = rows.counted & (rows.wait < 0)
        left = np.flatnonzero(stayed & is_over)
        waiting = np.flatnonzero(stayed & ~is_over)
        gap_seconds = np.full(left.size, asked.gap_days * 86_400.0)
        so_far = (asked.data_until_us - rows.ended[waiting]) / 1e6
        return (
            self._in_bins(moved, rows.wait[moved]),
            self._in_bins(left, gap_seconds),
            self._in_bins(waiting, so_far),
        )

    def _in_bins(self, which: Ints, seconds: NDArray[Any]) -> NDArray[np.int64]:
        touchpoints = self.asked.touchpoints
        key = bin_of_seconds(seconds) + self.rows.touchpoint[which] * np.int64(BINS)
        return np.bincount(key, minlength=touchpoints * BINS).reshape(touchpoints, BINS)


def _runs(sorted_numbers: Ints) -> int:
    """How many different numbers there are in a sorted array."""
    return int(np.count_nonzero(sorted_numbers[1:] != sorted_numbers[:-1])) + bool(sorted_numbers.size)
