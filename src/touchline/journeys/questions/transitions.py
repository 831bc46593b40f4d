"""Which touchpoint followed which within a journey: how often, for how many customers, after what median time.

Medians do not add up over customers, so they take two passes: the first counts waiting times in bins, which add up and
say in which bin each median lies; the second fetches only the times in those bins. The answer is exact.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from touchline.engine.question import Bucket, run
from touchline.engine.store import Store
from touchline.engine.sums import Grouped, Sums
from touchline.journeys.questions.asked import Asked
from touchline.journeys.questions.slices import Part, of_each_slice
from touchline.journeys.rules.bins import BINS, bin_of_seconds
from touchline.journeys.rules.counts import NO_STEPS, Counts, StepsByBucket, TransitionCount
from touchline.segments.facade import Clause

DRIFT_BUCKETS = 64

OBSERVED = """
select v.touchpoint::integer * $touchpoints + v.following, count(*)
from visits v
where v.following is not null and {scope} and {bucket}
group by all
"""

STEPS = """
select v.customer, v.touchpoint::integer * $touchpoints + v.following as step, v.wait
from visits v
where v.following is not null and {scope} and {bucket} and v.customer >= $low and v.customer < $high
"""

BUCKETED = """
select v.customer % $drift_buckets, v.touchpoint::integer * $touchpoints + v.following, count(*)
from visits v
where v.following is not null and {scope} and {bucket}
group by all
"""


@dataclass(frozen=True)
class Steps:
    """The steps (from · touchpoints + to) that occur in a scope, in order, and how often."""

    ids: Counts
    count: Counts

    def number_of(self, touchpoints: int) -> Counts:
        """Return each step's place in `ids`, by step."""
        numbers = np.full(touchpoints**2, -1, dtype=np.int64)
        numbers[self.ids] = np.arange(self.ids.size)
        return numbers


@dataclass(frozen=True)
class StepCounts:
    """By place in Steps.ids."""

    customers: Counts
    waits: Counts
    """Step × bin of rules.bins, flat."""


@dataclass(frozen=True)
class CountSteps:
    """First pass: customers and waiting times in bins."""

    asked: Asked
    steps: Steps

    def part(self, store: Store, bucket: Bucket) -> StepCounts:
        """Count one bucket."""
        return self.combine(_each_slice(store, self.asked, bucket, self._count))

    def combine(self, parts: Sequence[StepCounts]) -> StepCounts:
        """Add up: no customer is in two parts."""
        number = self.steps.ids.size
        total = StepCounts(np.zeros(number, np.int64), np.zeros(number * BINS, np.int64))
        for part in parts:
            total.customers[:] += part.customers
            total.waits[:] += part.waits
        return total

    def _count(self, table: pa.Table) -> StepCounts:
        number = self.steps.ids.size
        step = self.steps.number_of(self.asked.touchpoints)[table.column("step").to_numpy()]
        customer = table.column("customer").to_numpy()
        # Rows come by customer, so the keys are nearly in order: a merge sort takes a fifth of the time of a quicksort.
        each_once = np.sort((customer - customer.min(initial=0)) * np.int64(number) + step, kind="stable")
        first = np.ones(len(step), dtype=np.bool_)
        np.not_equal(each_once[1:], each_once[:-1], out=first[1:])
        return StepCounts(
            customers=np.bincount(each_once[first] % number, minlength=number),
            waits=np.bincount(step * BINS + bin_of_seconds(table.column("wait").to_numpy()), minlength=number * BINS),
        )


@dataclass(frozen=True)
class WaitsInBins:
    """Second pass: the waiting times that lie in chosen bins."""

    asked: Asked
    steps: Steps
    chosen: NDArray[np.bool_]
    """By step · BINS + bin."""

    def part(self, store: Store, bucket: Bucket) -> tuple[Counts, NDArray[np.float64]]:
        """Fetch from one bucket."""
        return self.combine(_each_slice(store, self.asked, bucket, self._choose))

    def combine(self, parts: Sequence[tuple[Counts, NDArray[np.float64]]]) -> tuple[Counts, NDArray[np.float64]]:
        """Put them behind one another."""
        keys = [np.empty(0, np.int64), *(part[0] for part in parts)]
        return np.concatenate(keys), np.concatenate([np.empty(0, np.float64), *(part[1] for part in parts)])

    def _choose(self, table: pa.Table) -> tuple[Counts, NDArray[np.float64]]:
        wait = table.column("wait").to_numpy()
        step = self.steps.number_of(self.asked.touchpoints)[table.column("step").to_numpy()]
        key = step * BINS + bin_of_seconds(wait)
        held = self.chosen[key]
        return key[held], wait[held]


def transitions(store: Store, asked: Asked, buckets: int = 1) -> tuple[TransitionCount, ...]:
    """Count every transition of the scope, the most frequent first."""
    steps = _observed(store, asked, buckets)
    if not steps.ids.size:
        return ()
    counts = run(CountSteps(asked, steps), store, buckets)
    medians = _medians(store, asked, buckets, steps, counts.waits)
    found = [
        TransitionCount(step // asked.touchpoints, step % asked.touchpoints, count, customers, median)
        for step, count, customers, median in zip(
            steps.ids.tolist(), steps.count.tolist(), counts.customers.tolist(), medians, strict=True
        )
    ]
    return tuple(sorted(found, key=lambda one: (-one.count, one.start, one.end)))


def _observed(store: Store, asked: Asked, buckets: int) -> Steps:
    values = {**asked.scope.parameters, "touchpoints": asked.touchpoints}
    found = run(Sums(OBSERVED.replace("{scope}", asked.scope.sql), 1, values), store, buckets)
    ids = sorted(found)
    return Steps(
        np.array([step for (step,) in ids], dtype=np.int64), np.array([found[key][0] for key in ids], dtype=np.int64)
    )


def _medians(store: Store, asked: Asked, buckets: int, steps: Steps, waits: Counts) -> list[float]:
    """The exact median of each step's waiting times; of an even number the mean of the two in the middle."""
    running = np.cumsum(waits.reshape(-1, BINS), axis=1)
    ranks = np.stack([(steps.count - 1) // 2, steps.count // 2])
    bins = np.stack([(running <= rank[:, None]).sum(axis=1) for rank in ranks])
    row = np.arange(steps.ids.size)
    keys = row * BINS + bins
    chosen = np.zeros(waits.size, dtype=np.bool_)
    chosen[keys] = True
    key, wait = run(WaitsInBins(asked, steps, chosen), store, buckets)
    order = np.lexsort((wait, key))
    key, wait = key[order], wait[order]
    before = np.where(bins > 0, running[row, bins - 1], 0)
    middle = wait[np.searchsorted(key, keys) + ranks - before]
    medians: list[float] = middle.mean(axis=0).tolist()
    return medians


def drift_counts(store: Store, asked: Asked, buckets: int = 1) -> StepsByBucket:
    """Transitions of the scope and of the comparison period by customer bucket, for the bootstrap."""
    if asked.comparison is None:
        return NO_STEPS
    now = _bucketed(store, asked, asked.scope, buckets)
    before = _bucketed(store, asked, asked.comparison, buckets)
    steps = sorted({step for _, step in now} | {step for _, step in before})
    column = {step: number for number, step in enumerate(steps)}
    tables = [np.zeros((DRIFT_BUCKETS, len(steps)), dtype=np.int64) for _ in range(2)]
    for table, found in zip(tables, (now, before), strict=True):
        for (bucket, step), (count,) in found.items():
            table[bucket, column[step]] = count
    return StepsByBucket(tuple(divmod(step, asked.touchpoints) for step in steps), *tables)


def _bucketed(store: Store, asked: Asked, clause: Clause, buckets: int) -> Grouped:
    values = {**clause.parameters, "touchpoints": asked.touchpoints, "drift_buckets": DRIFT_BUCKETS}
    return run(Sums(BUCKETED.replace("{scope}", clause.sql), 2, values), store, buckets)


def _each_slice(store: Store, asked: Asked, bucket: Bucket, count: Callable[[pa.Table], Part]) -> list[Part]:
    sql = STEPS.replace("{scope}", asked.scope.sql).replace("{bucket}", bucket.holds("v.customer"))
    values = {**asked.scope.parameters, "touchpoints": asked.touchpoints}
    return of_each_slice(
        store,
        bucket,
        asked.touchpoints,
        lambda low, high: count(store.table(sql, {**values, "low": low, "high": high})),
    )
