"""Experiments as the store has them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from touchline.engine.store import Store
from touchline.experiments.rules.experiment import Experiment
from touchline.experiments.rules.metric import Metric

_SELECT = """
select name, title, hypothesis, touchpoint, arms, metric, metric_touchpoint, days, smallest_change, planned_weeks,
  planned_customers, made, started, stopped
from experiments
"""


def all_experiments(store: Store, touchpoints: Mapping[str, str]) -> tuple[Experiment, ...]:
    """Every experiment, running ones first, the latest first; `touchpoints` are names by id."""
    order = "order by started is not null and stopped is null desc, made desc, name"
    return tuple(_experiment(row, touchpoints) for row in store.rows(f"{_SELECT} {order}"))


def experiment_called(store: Store, name: str, touchpoints: Mapping[str, str]) -> Experiment | None:
    """One experiment by the name pages ask by, or None."""
    row = store.row(f"{_SELECT} where name = ?", [name])
    return None if row is None else _experiment(row, touchpoints)


def _experiment(row: tuple[Any, ...], touchpoints: Mapping[str, str]) -> Experiment:
    name, title, hypothesis, touchpoint, arms, metric, reached, days, smallest, weeks, customers, made, start, stop = (
        row
    )
    return Experiment(
        name,
        title,
        hypothesis,
        touchpoint,
        touchpoints.get(touchpoint, touchpoint),
        tuple((arm, int(buckets)) for arm, buckets in json.loads(arms)),
        Metric(metric, int(days), reached, touchpoints.get(reached, reached)),
        float(smallest),
        int(weeks),
        int(customers),
        made,
        start,
        stop,
    )
