"""A small shop whose every visit, exposure, order and answer is typed out, in March 2026."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from touchline.engine.workspace import Settings, Workspace, create_workspace
from touchline.events.facade import import_files
from touchline.experiments.facade import Plan, create_experiment, start_experiment
from touchline.journeys.facade import DEFAULT_JOURNEY_TOML

STARTED = datetime.fromisoformat("2026-03-01")
PLAN = Plan("Reassurance at checkout", "ordered", days=7, touchpoint="checkout", change_name="reassurance", weeks=2)
Call = dict[str, Any]


def call(who: str, day: float, event: str, **properties: Any) -> Call:
    """One track call; `day` counts from the start of the experiment."""
    moment = STARTED + timedelta(days=day)
    return {
        "type": "track",
        "messageId": f"{who}-{event}-{day}-{json.dumps(properties, sort_keys=True)}"[:100],
        "userId": who,
        "event": event,
        "timestamp": moment.isoformat() + "Z",
        "properties": properties,
    }


def met(who: str, day: float, arm: str, experiment: str = "reassurance-at-checkout") -> Call:
    return call(who, day, "Experiment Viewed", experiment_id=experiment, variation_id=arm)


def ordered(who: str, day: float, number: str, total: float, currency: str = "EUR") -> Call:
    return call(who, day, "Order Completed", order_id=number, total=total, currency=currency)


def checkout(who: str, day: float) -> Call:
    return call(who, day, "Checkout Started")


def answered(who: str, day: float, score: int) -> Call:
    return call(who, day, "Survey Answered", metric="csat", score=score)


def make_shop(folder: Path, calls: Iterable[Call]) -> Workspace:
    """Make the shop's workspace with the experiment running since 1 March."""
    workspace = create_workspace(folder / "shop", Settings("Shop", currency="EUR"), DEFAULT_JOURNEY_TOML)
    file = folder / "calls.jsonl"
    file.write_text("".join(json.dumps(each) + "\n" for each in calls), "utf-8")
    (report,) = import_files(workspace, [file])
    assert report.quarantined == 0
    create_experiment(workspace, PLAN)
    start_experiment(workspace, "reassurance-at-checkout")
    with workspace.store.transaction() as writer:
        writer.execute("update experiments set started = ?", [STARTED])
    return workspace


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Callable[[Iterable[Call]], Workspace]]:
    """Make a shop of one's own."""
    opened: list[Workspace] = []

    def make(calls: Iterable[Call]) -> Workspace:
        opened.append(make_shop(tmp_path, calls))
        return opened[-1]

    yield make
    for workspace in opened:
        workspace.close()
