"""Retention asked of the store."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add
from typing import Any

import numpy as np
from numpy.typing import NDArray

from touchline.analyses.kinds.retention.answer import Cohort, Kept, RetentionAnswer, Spent
from touchline.analyses.kinds.retention.kernel import Amounts, CohortCounts, amounts_of, count_cohorts, who_came_back
from touchline.analyses.kinds.retention.request import RetentionRequest
from touchline.analyses.questions.activity import ANY_VISIT, Activity, Window, window
from touchline.analyses.questions.cluster_sums import share_of
from touchline.analyses.questions.paths import members_of
from touchline.analyses.questions.periods import calendar_of
from touchline.analyses.questions.reading import Reading
from touchline.engine.question import EVERYBODY, Bucket
from touchline.engine.store import Store
from touchline.formulas.proportion import share
from touchline.formulas.ratio import Ratio, ratio

TEN_THOUSANDTHS = 10_000


@dataclass(frozen=True)
class Part:
    """What one bucket holds."""

    counts: CohortCounts
    amounts: Amounts | None


@dataclass(frozen=True)
class CountCohorts:
    """Who began in which period, who came back when, and what they spent."""

    activity: Activity
    later: int
    first_time: bool
    or_later: bool
    with_value: bool

    def part(self, store: Store, bucket: Bucket) -> Part:
        """Count in one bucket."""
        active = self.activity.active(store, bucket)
        found = self.activity.window
        counts = count_cohorts(
            active, found.count, found.whole, self.later, first_time=self.first_time, or_later=self.or_later
        )
        if not self.with_value:
            return Part(counts, None)
        table = self.activity.amounts(store, bucket)
        spent = {name: np.asarray(table.column(name).to_pylist()) for name in ("currency",)}
        spent |= {name: table.column(name).to_numpy().astype(np.int64) for name in ("unit", "period", "value")}
        return Part(counts, amounts_of(active, spent, found.count, self.later, first_time=self.first_time))

    def combine(self, parts: Sequence[Part]) -> Part:
        """Add the counts; put the amounts behind each other."""
        amounts = [part.amounts for part in parts if part.amounts is not None]
        together = None
        if amounts:
            columns = [
                [getattr(each, name) for each in amounts] for name in ("unit", "cohort", "later", "currency", "value")
            ]
            together = Amounts(*(np.concatenate(column) for column in columns))
        return Part(reduce(add, (part.counts for part in parts)), together)


def count_cohorts_of(reading: Reading, request: RetentionRequest) -> CountCohorts:
    """The question asked of the store. Raises QuestionError."""
    begin = reading.step(request.start_step, "start_step") if request.start_step else None
    back = reading.step(request.return_step, "return_step") if request.return_step else None
    found = window(reading, calendar_of(reading.workspace.settings, request.per))
    first_time = request.who == "first-time"
    activity = Activity.of(reading, found, begin, back, is_history_needed=first_time)
    return CountCohorts(
        activity, request.periods, first_time, request.came_back == "or-later", request.measure == "value"
    )


def members(reading: Reading, request: RetentionRequest, part: str) -> NDArray[np.int64]:
    """The customers who came back ('back') in the periods followed, or who began and did not ('gone')."""
    question = count_cohorts_of(reading, request)
    active = question.activity.active(reading.workspace.store, EVERYBODY)
    began, back = who_came_back(active, question.activity.window.count, request.periods, first_time=question.first_time)
    return members_of(reading, active.unit[back if part == "back" else began & ~back])


def answer(reading: Reading, request: RetentionRequest) -> RetentionAnswer:
    """Count, and say how sure each share is. Raises QuestionError."""
    question = count_cohorts_of(reading, request)
    activity, found = question.activity, question.activity.window
    part = reading.ask(question)
    return RetentionAnswer(
        asked=request,
        unit=reading.unit,
        start_name=activity.begin.name if activity.begin else ANY_VISIT,
        return_name=activity.back.name if activity.back else ANY_VISIT,
        n=part.counts.n,
        cohorts=tuple(_cohort(part.counts, found, at, request.periods) for at in range(found.count)),
        kept=tuple(
            Kept(later, share_of(part.counts.sums[later]))
            for later in range(1, min(request.periods, found.count - 1) + 1)
        ),
        spent=_spent(part.amounts, found, request.periods) if part.amounts else (),
        data_from=f"{found.data_from:%Y-%m-%d}",
        data_until=f"{reading.data_until:%Y-%m-%d}",
        is_from_the_start=found.calendar.number(found.data_from) >= found.first,
        has_open_period=found.whole < found.count,
    )


def _cohort(counts: CohortCounts, found: Window, at: int, periods: int) -> Cohort:
    began = int(counts.began[at])
    seen = min(periods, found.count - 1 - at)
    return Cohort(
        first_day=found.days[at],
        label=found.labels[at],
        n=began,
        is_provisional=at >= found.whole,
        cells=tuple(share(int(counts.came[at, later]), began) for later in range(1, seen + 1)),
        over=max(0, min(seen, found.whole - 1 - at)),
    )


def _spent(amounts: Amounts, found: Window, periods: int) -> tuple[Spent, ...]:
    return tuple(
        Spent(
            currency,
            tuple(
                tuple(_sum(amounts, currency, at, later) for later in range(min(periods, found.count - 1 - at) + 1))
                for at in range(found.count)
            ),
            tuple(_kept(amounts, currency, found, later) for later in range(1, min(periods, found.count - 1) + 1)),
        )
        for currency in sorted(set(amounts.currency.tolist()))
    )


def _sum(amounts: Amounts, currency: str, cohort: int, later: int) -> float:
    mine = (amounts.currency == currency) & (amounts.cohort == cohort) & (amounts.later == later)
    return int(amounts.value[mine].sum()) / TEN_THOUSANDTHS


def _kept(amounts: Amounts, currency: str, found: Window, later: int) -> Ratio:
    """Value so many periods later over that of the beginning, of cohorts for which that period is over."""
    seen = (amounts.currency == currency) & (amounts.cohort + later < found.whole)
    units = np.unique(amounts.unit[seen & ((amounts.later == later) | (amounts.later == 0))])
    sums: list[Any] = []
    for after in (later, 0):
        mine = seen & (amounts.later == after)
        of_units = np.zeros(units.size, np.int64)
        np.add.at(of_units, np.searchsorted(units, amounts.unit[mine]), amounts.value[mine])
        sums.append((of_units / TEN_THOUSANDTHS).tolist())
    return ratio(*sums)
