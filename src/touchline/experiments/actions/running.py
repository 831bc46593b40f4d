"""Planning, starting and ending experiments."""

from __future__ import annotations

import json
import secrets
from datetime import UTC, datetime

from touchline.collection.facade import VariantOffer, announce_offers, insert_offer, withdraw_offer
from touchline.engine.workspace import Workspace
from touchline.experiments.rules.experiment import Experiment, ExperimentError, Plan, arms_of, named, refuse_impossible


def insert_experiment(workspace: Workspace, plan: Plan, planned_customers: int) -> str:
    """Keep a plan; return its name. Raises ExperimentError."""
    refuse_impossible(plan)
    name, arms = named(plan), arms_of(plan)
    with workspace.store.transaction() as writer:
        if writer.value("select count(*) from experiments where name = ?", [name]):
            raise ExperimentError(f"There is an experiment “{name}” already. Give this one another name.")
        writer.execute(
            "insert into experiments values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, null, null)",
            [
                name,
                plan.title.strip(),
                plan.hypothesis.strip(),
                plan.touchpoint,
                json.dumps(arms),
                plan.metric,
                plan.metric_touchpoint,
                plan.days,
                plan.smallest_change,
                plan.weeks,
                planned_customers,
                _now(),
            ],
        )
    return name


def start_experiment(workspace: Workspace, experiment: Experiment) -> None:
    """Put its variants on offer; from now on nothing of it changes. Raises ExperimentError."""
    if experiment.status != "draft":
        raise ExperimentError(f"“{experiment.title}” was started before. What ran once is not started again.")
    now = _now()
    with workspace.store.transaction() as writer:
        writer.execute("update experiments set started = ? where name = ?", [now, experiment.name])
        insert_offer(writer, VariantOffer(experiment.name, secrets.token_hex(8), experiment.beyond()), now)
    announce_offers(workspace)


def stop_experiment(workspace: Workspace, experiment: Experiment) -> None:
    """Take its variants off; whoever asks gets none. Raises ExperimentError."""
    if experiment.status != "running":
        raise ExperimentError(f"“{experiment.title}” is not running.")
    now = _now()
    with workspace.store.transaction() as writer:
        writer.execute("update experiments set stopped = ? where name = ?", [now, experiment.name])
        withdraw_offer(writer, experiment.name, now)
    announce_offers(workspace)


def remove_plan(workspace: Workspace, experiment: Experiment) -> None:
    """Take a plan away that never started. Raises ExperimentError."""
    if experiment.status != "draft":
        raise ExperimentError(f"“{experiment.title}” has started: what was tried is kept, whatever came of it.")
    with workspace.store.transaction() as writer:
        writer.execute("delete from experiments where name = ?", [experiment.name])


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)
