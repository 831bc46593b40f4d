"""What others may do with experiments: plan them, start and stop them, and read them."""

from __future__ import annotations

from datetime import datetime, timedelta

from touchline.engine.remembering import Memory
from touchline.engine.workspace import Workspace
from touchline.experiments import telling
from touchline.experiments.actions import running
from touchline.experiments.questions.kept import all_experiments, experiment_called
from touchline.experiments.questions.outcomes import (
    Period,
    currency_of_orders,
    customers_in_strange_arms,
    outcomes_of_visitors,
    outcomes_since_exposure,
)
from touchline.experiments.rules.experiment import Experiment, ExperimentError, Plan, arms_of, refuse_impossible
from touchline.experiments.rules.metric import METRIC_KINDS, Metric, amount_words, change_words, from_shown, level_words
from touchline.experiments.rules.outcomes import Outcomes
from touchline.experiments.rules.power import Power, planned_customers, power_of
from touchline.experiments.rules.reading import ArmCount, MetricReading, Reading, read
from touchline.experiments.rules.rows import opened_rows
from touchline.experiments.telling import ExperimentResult, ReadingResult
from touchline.formulas.cannot_say import CannotSay
from touchline.formulas.experiments.assignment import BUCKETS
from touchline.journeys.facade import data_span, load_definition, refreshed_or_why_not
from touchline.kit.opened_number import OpenedNumber

__all__ = [
    "METRIC_KINDS",
    "ArmCount",
    "Experiment",
    "ExperimentError",
    "ExperimentResult",
    "Metric",
    "MetricReading",
    "Plan",
    "Power",
    "Reading",
    "ReadingResult",
    "amount_words",
    "change_words",
    "create_experiment",
    "currency_of",
    "experiment",
    "experiment_reading",
    "experiment_rows",
    "experiments",
    "from_shown",
    "level_words",
    "plan_power",
    "power_before",
    "remove_experiment",
    "start_experiment",
    "stop_experiment",
    "told_experiments",
    "told_reading",
]

BASELINE_WEEKS = 4
_readings: Memory[Reading | CannotSay] = Memory()
_powers: Memory[Power | CannotSay] = Memory()


def experiments(workspace: Workspace) -> tuple[Experiment, ...]:
    """Every experiment, running ones first. Raises JourneyFileError."""
    return all_experiments(workspace.store, _touchpoints(workspace))


def experiment(workspace: Workspace, name: str) -> Experiment | None:
    """One experiment by the name pages ask by, or None. Raises JourneyFileError."""
    return experiment_called(workspace.store, name, _touchpoints(workspace))


def create_experiment(workspace: Workspace, plan: Plan) -> Experiment:
    """Keep a plan; nothing is on offer until it is started. Raises ExperimentError and JourneyFileError."""
    refuse_impossible(plan)
    known = _touchpoints(workspace)
    for step in (plan.touchpoint, plan.metric_touchpoint):
        if step and step not in known:
            raise ExperimentError(f"There is no touchpoint “{step}”. There are: {', '.join(known)}.")
    power = plan_power(workspace, plan)
    per_week = power.per_week if isinstance(power, Power) else 0.0
    name = running.insert_experiment(workspace, plan, planned_customers(plan.weeks, per_week))
    return _known(workspace, name)


def start_experiment(workspace: Workspace, name: str) -> Experiment:
    """Put its variants on offer; from now on nothing of it changes. Raises ExperimentError."""
    running.start_experiment(workspace, _known(workspace, name))
    return _known(workspace, name)


def stop_experiment(workspace: Workspace, name: str) -> Experiment:
    """Take its variants off; what was measured stays. Raises ExperimentError."""
    running.stop_experiment(workspace, _known(workspace, name))
    return _known(workspace, name)


def remove_experiment(workspace: Workspace, name: str) -> None:
    """Take a plan away that never started. Raises ExperimentError."""
    running.remove_plan(workspace, _known(workspace, name))


def experiment_reading(workspace: Workspace, name: str) -> Reading | CannotSay:
    """What it says with the data there are. Raises ExperimentError where there is none of that name."""
    found = _known(workspace, name)
    refreshed_or_why_not(workspace)
    return _readings.recall(workspace, found, lambda: _read(workspace, found))


def currency_of(workspace: Workspace) -> str:
    """The currency amounts are in: that of most orders, '' where none is known."""
    return currency_of_orders(workspace.store)


def plan_power(workspace: Workspace, plan: Plan) -> Power | CannotSay:
    """How long a plan takes and what it will see, from who came by lately. Raises ExperimentError and JourneyFileError."""
    refuse_impossible(plan)
    names = _touchpoints(workspace)
    reached = plan.metric_touchpoint
    metric = Metric(plan.metric, plan.days, reached, names.get(reached, reached))
    return _power(workspace, plan.touchpoint, metric, arms_of(plan), plan.smallest_change)


def power_before(workspace: Workspace, found: Experiment) -> Power | CannotSay:
    """The same for an experiment that was planned."""
    return _power(workspace, found.touchpoint_id, found.metric, found.arms, found.smallest_change)


def _power(
    workspace: Workspace, touchpoint: str, metric: Metric, arms: tuple[tuple[str, int], ...], smallest_change: float
) -> Power | CannotSay:
    refreshed_or_why_not(workspace)
    asked = (touchpoint, metric, arms, smallest_change)
    return _powers.recall(
        workspace, asked, lambda: _counted_power(workspace, touchpoint, metric, arms, smallest_change)
    )


def _counted_power(
    workspace: Workspace, touchpoint: str, metric: Metric, arms: tuple[tuple[str, int], ...], smallest_change: float
) -> Power | CannotSay:
    until = data_span(workspace).last
    if until is None:
        return CannotSay("no-data", "There are no data yet, so how long this takes cannot be said.")
    end = until - timedelta(days=metric.days)
    positions = _positions(workspace)
    if touchpoint and touchpoint not in positions:
        return CannotSay("no-touchpoint", f"The journey has no touchpoint “{touchpoint}” any more.")
    lately = outcomes_of_visitors(
        workspace.store,
        positions.get(touchpoint),
        Period(end - timedelta(weeks=BASELINE_WEEKS), end),
        metric.days,
        positions.get(metric.touchpoint_id),
    )
    included = sum(buckets for _, buckets in arms) / BUCKETS
    return power_of(metric, arms, smallest_change, lately, lately.arm.size / BASELINE_WEEKS * included)


def told_experiments(workspace: Workspace) -> tuple[ExperimentResult, ...]:
    """Every experiment as plain values, running ones first. Raises JourneyFileError."""
    return tuple(telling.told_experiment(each) for each in experiments(workspace))


def told_reading(workspace: Workspace, name: str) -> ReadingResult:
    """What an experiment says, as plain values. Raises ExperimentError and JourneyFileError."""
    return telling.told_reading(experiment_reading(workspace, name))


def experiment_rows(workspace: Workspace, name: str, page: int = 1, per_page: int = 50) -> OpenedNumber:
    """The customers behind a reading, one page from 1 (`per_page` 0: all). Raises ExperimentError where there are none."""
    reading = experiment_reading(workspace, name)
    if isinstance(reading, CannotSay):
        raise ExperimentError(reading.sentence)
    return opened_rows(
        reading.experiment,
        _outcomes(workspace, reading.experiment, reading.until),
        reading.until,
        is_hidden=reading.is_hidden,
        offset=(max(page, 1) - 1) * per_page,
        limit=per_page,
    )


def _read(workspace: Workspace, found: Experiment) -> Reading | CannotSay:
    until = data_span(workspace).last
    if found.started is None:
        return CannotSay("not-started", "It has not been started: nobody has met it yet.")
    if until is None or until < found.started:
        return CannotSay("no-data", f"There are no data since it was started on {found.started:%-d %B %Y}.")
    outcomes = _outcomes(workspace, found, until)
    if not outcomes.arm.size:
        return CannotSay(
            "nobody-exposed",
            "Nobody has met it since it was started. Pages ask with touchline.variant, servers at /v1/variant; each needs a "
            "write key, and a visitor's consent where the workspace asks for it.",
        )
    store, names = workspace.store, [name for name, _ in found.arms]
    strange = customers_in_strange_arms(store, found.name, names, _period(found, until))
    return read(found, outcomes, until, currency_of_orders(store), strange)


def _outcomes(workspace: Workspace, found: Experiment, until: datetime) -> Outcomes:
    reached = _positions(workspace).get(found.metric.touchpoint_id)
    names = [name for name, _ in found.arms]
    return outcomes_since_exposure(
        workspace.store, found.name, names, _period(found, until), found.metric.days, reached
    )


def _period(found: Experiment, until: datetime) -> Period:
    return Period(found.started or until, found.stopped or until + timedelta(days=1))


def _known(workspace: Workspace, name: str) -> Experiment:
    found = experiment(workspace, name)
    if found is None:
        raise ExperimentError(f"There is no experiment “{name}”.")
    return found


def _touchpoints(workspace: Workspace) -> dict[str, str]:
    return {each.id: each.name for each in load_definition(workspace).touchpoints}


def _positions(workspace: Workspace) -> dict[str, int]:
    return {each.id: at for at, each in enumerate(load_definition(workspace).touchpoints)}
