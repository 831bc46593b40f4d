"""An experiment: its arms, its metric and its plan, all fixed when it starts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from touchline.experiments.rules.metric import METRIC_KINDS, Metric
from touchline.formulas.experiments.assignment import BUCKETS

CONTROL: Final = "control"
LONGEST_NAME: Final = 60
FEWEST_DAYS, MOST_DAYS = 1, 90
MOST_WEEKS: Final = 26
UNKNOWN_TRAFFIC_CUSTOMERS: Final = 10_000
"""Planned for where nobody has come by yet, so that the plan is fixed all the same."""

Status = Literal["draft", "running", "stopped"]
STATUS_WORDS: Final[dict[Status, str]] = {"draft": "Planned", "running": "Running", "stopped": "Ended"}


class ExperimentError(ValueError):
    """What was asked of an experiment cannot be done; the message is a sentence."""


@dataclass(frozen=True)
class Experiment:
    """One experiment with two arms. From its start on nothing of it changes but its end."""

    name: str
    """By which pages and servers ask: checkout-reassurance."""
    title: str
    hypothesis: str
    touchpoint_id: str
    """Where customers meet it; '': anywhere."""
    touchpoint_name: str
    arms: tuple[tuple[str, int], ...]
    """Name and how many of the 10,000 buckets; the control first."""
    metric: Metric
    smallest_change: float
    """Worth finding, on the metric's scale."""
    planned_weeks: int
    planned_customers: int
    """Of both arms."""
    made: datetime
    started: datetime | None
    stopped: datetime | None

    @property
    def status(self) -> Status:
        """Where it stands."""
        if self.started is None:
            return "draft"
        return "running" if self.stopped is None else "stopped"

    @property
    def status_words(self) -> str:
        """Where it stands, for the user."""
        return STATUS_WORDS[self.status]

    @property
    def change_name(self) -> str:
        """The name of the arm that gets the change."""
        return self.arms[1][0]

    @property
    def included(self) -> float:
        """Which share of customers is in it, 0..1."""
        return sum(buckets for _, buckets in self.arms) / BUCKETS

    @property
    def read_on(self) -> datetime | None:
        """From when on the fixed-horizon interval may be read: planned weeks, and everybody followed; None: not started."""
        if self.started is None:
            return None
        return self.started + timedelta(weeks=self.planned_weeks, days=self.metric.days)

    def beyond(self) -> tuple[tuple[str, int], ...]:
        """The arms with the first bucket beyond each."""
        total, ends = 0, []
        for name, buckets in self.arms:
            total += buckets
            ends.append((name, total))
        return tuple(ends)


@dataclass(frozen=True)
class Plan:
    """What somebody wants to try."""

    title: str
    metric: str
    """Key of METRIC_KINDS."""
    days: int = 14
    metric_touchpoint: str = ""
    """Id, where the metric needs one."""
    touchpoint: str = ""
    """Id: where customers meet the change; '': anywhere."""
    smallest_change: float = 0.01
    weeks: int = 4
    included_percent: int = 100
    change_percent: int = 50
    """Of those included, who gets the change."""
    change_name: str = "change"
    hypothesis: str = ""
    name: str = ""
    """'': made of the title."""


def named(plan: Plan) -> str:
    """The name pages and servers ask by. Raises ExperimentError where none can be made."""
    name = re.sub(r"[^a-z0-9]+", "-", (plan.name or plan.title).lower()).strip("-")[:LONGEST_NAME].strip("-")
    if name in ("", "new"):  # /experiments/new is where plans are made
        raise ExperimentError("An experiment needs a name of letters and digits, e.g. checkout-reassurance.")
    return name


def arms_of(plan: Plan) -> tuple[tuple[str, int], ...]:
    """The arms by their buckets, the control first."""
    change = re.sub(r"[^a-z0-9]+", "-", plan.change_name.lower()).strip("-")[:LONGEST_NAME]
    if not change or change == CONTROL:
        raise ExperimentError("The changed arm needs a name of letters and digits other than control.")
    included = BUCKETS * plan.included_percent // 100
    changed = included * plan.change_percent // 100
    return (CONTROL, included - changed), (change, changed)


def refuse_impossible(plan: Plan) -> None:
    """Raise ExperimentError where a plan cannot be carried out."""
    if not plan.title.strip():
        raise ExperimentError("An experiment needs a title that says what is tried, e.g. Reassurance at checkout.")
    if plan.metric not in METRIC_KINDS:
        raise ExperimentError(f"{plan.metric!r} is no metric; expected one of {', '.join(METRIC_KINDS)}.")
    if METRIC_KINDS[plan.metric].needs_touchpoint and not plan.metric_touchpoint:
        raise ExperimentError("Say which step customers should reach.")
    within = (
        ("days", plan.days, FEWEST_DAYS, MOST_DAYS),
        ("weeks", plan.weeks, 1, MOST_WEEKS),
        ("share of customers included, in per cent,", plan.included_percent, 1, 100),
        ("share that gets the change, in per cent,", plan.change_percent, 5, 95),
    )
    for words, found, low, high in within:
        if not low <= found <= high:
            raise ExperimentError(f"The {words} is {found}; expected {low} to {high}.")
    if not 0 < plan.smallest_change < 1e9:
        raise ExperimentError(f"The smallest change worth finding is {plan.smallest_change}; expected more than 0.")
