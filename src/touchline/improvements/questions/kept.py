"""Improvements and launches as they are kept."""

from __future__ import annotations

import json
from datetime import date
from typing import Any, Final

from touchline.engine.workspace import Workspace
from touchline.formulas.money_at_stake import Amount, amount_of
from touchline.formulas.quantile_draws import quantile_draws
from touchline.improvements.rules.improvement import Improvement, ImprovementError
from touchline.improvements.rules.launch import Launch, Wave
from touchline.improvements.rules.plan import MeasurementPlan, RungOffer
from touchline.improvements.rules.target import TargetMetric
from touchline.journeys.facade import load_definition

IMPROVEMENTS: Final = """
select improvement, title, pain, touchpoint, owner, status, next_review, target, removes_low, removes_high, cost,
  running_cost, effort_days, summary, options, risks, law, made
from improvements order by improvement
"""
LAUNCH: Final = """
select scope, waves, group_key, share, experiment, plan, digest, fixed, promised
from improvement_launches where improvement = ?
"""


def improvements(workspace: Workspace) -> tuple[Improvement, ...]:
    """All of them, the oldest first. Raises JourneyFileError."""
    names = {each.id: each.name for each in load_definition(workspace).touchpoints}
    return tuple(_improvement(row, names) for row in workspace.store.rows(IMPROVEMENTS))


def improvement(workspace: Workspace, number: int) -> Improvement:
    """One of them. Raises ImprovementError."""
    for each in improvements(workspace):
        if each.number == number:
            return each
    raise ImprovementError(f"There is no improvement {number}.")


def launch_of(workspace: Workspace, number: int) -> Launch | None:
    """What was launched of an improvement; None before."""
    row = workspace.store.row(LAUNCH, [number])
    if row is None:
        return None
    scope, waves, group_key, share, experiment, plan, digest, fixed, promised = row
    amount, currency = _amount(number, promised)
    return Launch(
        scope=scope,
        waves=tuple(Wave(date.fromisoformat(day), tuple(groups)) for day, groups in json.loads(waves)),
        plan=plan_from(plan),
        digest=digest,
        fixed=fixed.date(),
        group_key=group_key,
        experiment=experiment,
        share=share,
        promised=amount,
        promised_currency=currency,
    )


def plan_from(written: str) -> MeasurementPlan:
    """A plan as it was written down in JSON."""
    told: dict[str, Any] = json.loads(written)
    offers = tuple(RungOffer(**each) for each in told.pop("offers"))
    read_on = date.fromisoformat(told.pop("read_on")) if told["read_on"] else told.pop("read_on")
    return MeasurementPlan(**told, offers=offers, read_on=read_on)


def _improvement(row: tuple[Any, ...], names: dict[str, str]) -> Improvement:
    number, title, pain, touchpoint, owner, status, next_review, target, low, high, cost, running, effort, *told = row
    summary, options, risks, law, made = told
    named = names.get(touchpoint, touchpoint)
    return Improvement(
        number=number,
        title=title,
        pain_id=pain,
        touchpoint_id=touchpoint,
        owner=owner,
        status=status,
        next_review=next_review,
        target=TargetMetric(target, touchpoint, named, pain) if target else None,
        removes=(low, high),
        cost=cost,
        running_cost_a_month=running,
        effort_days=effort,
        summary=summary,
        options=tuple(json.loads(options)),
        risks=tuple(json.loads(risks)),
        law=law,
        made=made.date(),
    )


def _amount(number: int, promised: str) -> tuple[Amount | None, str]:
    """The promise; only its quantiles are kept, its draws are made of them again."""
    if not promised:
        return None, ""
    low, median, high, currency = json.loads(promised)
    return amount_of(quantile_draws(f"improvement {number}: promised", median, low, high)), currency
