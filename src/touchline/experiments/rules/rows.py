"""The customers behind a reading, one row each."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from touchline.experiments.rules.experiment import Experiment
from touchline.experiments.rules.outcomes import Outcomes
from touchline.kit.opened_number import Cell, Column, OpenedNumber

_WHO: Final = (
    Column("customer", "Customer", "customer"),
    Column("arm", "Arm"),
    Column("met", "Met it", "time"),
    Column("followed", "Followed", "yes"),
    Column("crossed", "Met the other arm later", "yes"),
)
_DID: Final = (
    Column("orders", "Orders since", "number"),
    Column("revenue", "Revenue since", "number"),
    Column("orders_before", "Orders before", "number"),
    Column("revenue_before", "Revenue before", "number"),
    Column("answers", "Answers since", "number"),
    Column("experience", "Their scores added up", "number"),
)
_REACHED: Final = Column("reached", "Reached the step", "yes")


def opened_rows(
    experiment: Experiment, outcomes: Outcomes, until: datetime, *, is_hidden: bool, offset: int, limit: int
) -> OpenedNumber:
    """Return one page of customers, the earliest first (`limit` 0: all); what they did is left out where results are hidden."""
    days = experiment.metric.days
    has_step = bool(experiment.metric.touchpoint_id)
    did = () if is_hidden else (*_DID, *((_REACHED,) if has_step else ()))
    total = outcomes.arm.size
    end = total if limit == 0 else min(offset + limit, total)
    followed_until = until - timedelta(days=days)
    rows: list[tuple[Cell, ...]] = []
    for at in range(offset, end):
        since: datetime = outcomes.since[at].astype("datetime64[us]").item()
        who = (
            int(outcomes.customer[at]),
            str(outcomes.arm[at]),
            since,
            since <= followed_until,
            bool(outcomes.crossed[at]),
        )
        rows.append((*who, *(_cell(outcomes, column.id, at) for column in did)))
    return OpenedNumber(
        "experiment",
        experiment.title,
        experiment.name,
        experiment.metric.words,
        f"Customers who met it, each in the arm they met first; what they did counts within {days} days after that, and "
        "before it within 28 days.",
        "difference = mean over followed customers of the changed arm − mean over those of the control",
        "experiments",
        f"since {experiment.started:%-d %B %Y}" if experiment.started else "",
        (*_WHO, *did),
        tuple(rows),
        total,
        offset,
        limit,
    )


def _cell(outcomes: Outcomes, name: str, at: int) -> Cell:
    value = float(getattr(outcomes, name)[at])
    if name == "reached":
        return value > 0
    return round(value, 2) if name in ("revenue", "revenue_before", "experience") else int(value)
