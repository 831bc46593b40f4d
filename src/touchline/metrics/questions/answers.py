"""How often each answer was given, by slice of the period."""

from __future__ import annotations

from touchline.engine.question import run
from touchline.engine.store import Store
from touchline.engine.sums import Sums
from touchline.metrics.questions.period import Asked, slice_of
from touchline.metrics.rules import SLICES, Answers, Counted

USUAL_SCALES = {"nps": (0.0, 10.0), "csat": (1.0, 5.0), "ces": (1.0, 7.0)}
"""Ends of the scale on which each metric is shown; answers given on another one are moved onto it."""

PLACED = "(select *, null::varchar as intent from responses)"
PLACED_WITH_INTENT = """(
  select r.*, w.intent from responses r asof left join visits w on r.customer = w.customer and r.time >= w.time
)"""
"""An answer's intent is that of the visit before it."""

ANSWERS = f"""
select {slice_of("v.time")} as slice, v.experience, count(*)
from {{placed}} v
where v.metric = $metric and v.experience is not null and {{scope}} and {{bucket}}
group by all
"""


def answers(store: Store, now: Asked, before: Asked | None, metric: str, buckets: int = 1) -> Counted:
    """Count the answers of a metric."""
    slices = _by_slice(store, now, metric, buckets)
    past = None if before is None else _together(_by_slice(store, before, metric, buckets))
    return Counted(_together(slices), past, slices)


def relation(asked: Asked) -> str:
    """The answers as a relation shaped like visits, so that a scope can restrict them."""
    return PLACED_WITH_INTENT if asked.intent else PLACED


def _by_slice(store: Store, asked: Asked, metric: str, buckets: int) -> list[Answers]:
    sql = ANSWERS.replace("{placed}", relation(asked)).replace("{scope}", asked.clause.sql)
    found = run(Sums(sql, 2, {**asked.parameters, "metric": metric}), store, buckets)
    low, high = USUAL_SCALES[metric]
    slices: list[dict[float, int]] = [{} for _ in range(SLICES)]
    for (number, experience), (count,) in found.items():
        answer = round(low + (experience + 100) / 200 * (high - low), 9)
        within = slices[min(max(number, 0), SLICES - 1)]
        within[answer] = within.get(answer, 0) + count
    return list(slices)


def _together(slices: list[Answers]) -> Answers:
    total: dict[float, int] = {}
    for one in slices:
        for answer, count in one.items():
            total[answer] = total.get(answer, 0) + count
    return total
