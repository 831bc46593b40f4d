"""Stickiness asked of the store."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import reduce
from itertools import pairwise
from operator import add

import numpy as np

from touchline.analyses.kinds.stickiness.answer import Ratios, StickinessAnswer, Stretch
from touchline.analyses.kinds.stickiness.kernel import MONTH_DAYS, Days, StickinessCounts, count_days
from touchline.analyses.kinds.stickiness.request import StickinessRequest
from touchline.analyses.questions.activity import ANY_VISIT, Activity, Window, window
from touchline.analyses.questions.cluster_sums import share_of
from touchline.analyses.questions.periods import calendar_of
from touchline.analyses.questions.reading import Reading
from touchline.engine.question import Bucket
from touchline.engine.store import Store
from touchline.formulas.proportion import Proportion, share

MOST_DAYS = 400


@dataclass(frozen=True)
class CountDays:
    """On which days everybody was active."""

    activity: Activity
    """Its window is one of days, and begins 27 days before the first that is counted."""
    days: Days

    def part(self, store: Store, bucket: Bucket) -> StickinessCounts:
        """Count in one bucket."""
        return count_days(self.activity.active(store, bucket), self.days)

    def combine(self, parts: Sequence[StickinessCounts]) -> StickinessCounts:
        """Add them up."""
        return reduce(add, parts)


def answer(reading: Reading, request: StickinessRequest) -> StickinessAnswer:
    """Count, and say how sure each share is. Raises QuestionError."""
    step = reading.step(request.step, "step") if request.step else None
    settings = reading.workspace.settings
    periods, by_day = (calendar_of(settings, period) for period in (request.per, "day"))
    found, asked_days = window(reading, periods), window(reading, by_day, MOST_DAYS)
    first = by_day.number_of_day(periods.first_day(found.first))
    wider = replace(
        asked_days, first=first - MONTH_DAYS + 1, whole=asked_days.whole + asked_days.first - first + MONTH_DAYS - 1
    )
    days = _days(found, wider)
    counted = reading.ask(CountDays(Activity.of(reading, wider, step, step, is_history_needed=False), days))
    return StickinessAnswer(
        asked=request,
        unit=reading.unit,
        step_name=step.name if step else ANY_VISIT,
        n=counted.n,
        overall=_ratios(counted, len(days.stretches), days, (days.stretches[0][0], days.stretches[-1][1])),
        stretches=tuple(
            Stretch(found.days[at], found.labels[at], at >= found.whole, _ratios(counted, at, days, each))
            for at, each in enumerate(days.stretches)
        ),
        counted_in=found.labels[found.whole - 1] if found.whole else "",
        active_days=_active_days(counted, days),
        data_from=f"{found.data_from:%Y-%m-%d}",
        data_until=f"{reading.data_until:%Y-%m-%d}",
        has_open_period=found.whole < found.count,
    )


def _days(periods: Window, days: Window) -> Days:
    begins = [
        days.calendar.number_of_day(periods.calendar.first_day(number)) - days.first
        for number in range(periods.first, periods.last + 2)
    ]
    stretches = tuple((begin, max(begin, min(end, days.whole))) for begin, end in pairwise(begins))
    first_seen = days.calendar.number(days.data_from) - days.first
    whole = stretches[periods.whole - 1] if periods.whole else None
    return Days(days.count, max(first_seen, 0), stretches, whole)


def _ratios(counted: StickinessCounts, at: int, days: Days, stretch: tuple[int, int]) -> Ratios:
    means = []
    for length, sums in zip((1, 7, MONTH_DAYS), counted.active[:, at], strict=True):
        seen = days.of(*stretch, length)
        means.append(int(sums) / (seen.stop - seen.start) if seen.stop > seen.start else None)
    daily, weekly, monthly = means
    return Ratios(daily, weekly, monthly, *(share_of(sums) for sums in counted.sums[:, at]))


def _active_days(counted: StickinessCounts, days: Days) -> tuple[Proportion, ...]:
    if days.counted_in is None:
        return ()
    length = days.counted_in[1] - days.counted_in[0]
    of = int(np.sum(counted.by_days))
    return tuple(share(int(counted.by_days[number]), of) for number in range(1, length + 1))
