"""Lifecycle asked of the store."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import reduce
from operator import add

from touchline.analyses.kinds.lifecycle.answer import LifecycleAnswer, Moment
from touchline.analyses.kinds.lifecycle.kernel import SHARES, STATES, LifecycleCounts, count_states
from touchline.analyses.kinds.lifecycle.request import LifecycleRequest
from touchline.analyses.questions.activity import ANY_VISIT, Activity, Window, window
from touchline.analyses.questions.cluster_sums import share_of
from touchline.analyses.questions.periods import calendar_of
from touchline.analyses.questions.reading import Reading
from touchline.engine.question import Bucket
from touchline.engine.store import Store
from touchline.formulas.proportion import share


@dataclass(frozen=True)
class CountStates:
    """Who was in which state in which period."""

    activity: Activity
    """Its window begins one period before the first that is counted."""

    def part(self, store: Store, bucket: Bucket) -> LifecycleCounts:
        """Count in one bucket."""
        found = self.activity.window
        return count_states(self.activity.active(store, bucket), found.count, found.whole)

    def combine(self, parts: Sequence[LifecycleCounts]) -> LifecycleCounts:
        """Add them up."""
        return reduce(add, parts)


def answer(reading: Reading, request: LifecycleRequest) -> LifecycleAnswer:
    """Count, and say how sure each share is. Raises QuestionError."""
    step = reading.step(request.step, "step") if request.step else None
    found = window(reading, calendar_of(reading.workspace.settings, request.per))
    wider = replace(found, first=found.first - 1, whole=found.whole + 1)
    counted = reading.ask(CountStates(Activity.of(reading, wider, step, step, is_history_needed=True)))
    shares = dict(zip(SHARES, map(share_of, counted.sums), strict=True))
    return LifecycleAnswer(
        asked=request,
        unit=reading.unit,
        step_name=step.name if step else ANY_VISIT,
        n=counted.n,
        moments=tuple(_moment(found, at, counted) for at in range(found.count)),
        **shares,
        data_from=f"{found.data_from:%Y-%m-%d}",
        data_until=f"{reading.data_until:%Y-%m-%d}",
        is_from_the_start=found.calendar.number(found.data_from) >= found.first,
        has_open_period=found.whole < found.count,
    )


def _moment(found: Window, at: int, counted: LifecycleCounts) -> Moment:
    states = {name: int(count) for name, count in zip(STATES, counted.counts[at], strict=True)}
    return Moment(
        first_day=found.days[at],
        label=found.labels[at],
        is_provisional=at >= found.whole,
        **states,
        kept=share(states["returning"], states["returning"] + states["dormant"]),
    )
