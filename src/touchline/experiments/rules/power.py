"""What an experiment will be able to see: said before it starts, when it can still be changed."""

from __future__ import annotations

from dataclasses import dataclass
from math import isinf

from touchline.experiments.rules.experiment import MOST_WEEKS, UNKNOWN_TRAFFIC_CUSTOMERS
from touchline.experiments.rules.metric import Metric
from touchline.experiments.rules.outcomes import Outcomes
from touchline.experiments.rules.values import level
from touchline.formulas.cannot_say import CannotSay
from touchline.formulas.experiments.difference import Arm
from touchline.formulas.experiments.power import (
    Planned,
    customers_for_means,
    customers_for_shares,
    planned,
    smallest_change_of_mean,
    smallest_change_of_share,
)

SHOWN_WEEKS = (1, 2, 4, 8, 13, 26)
FEWEST_CUSTOMERS = 30
"""Who came by lately, for a baseline to rest on."""


@dataclass(frozen=True)
class WeeksAndChange:
    """What so many weeks would show."""

    weeks: int
    customers: int
    smallest: float | None
    """The smallest change found in four of five cases, on the metric's scale; None: none is."""


@dataclass(frozen=True)
class Power:
    """What an experiment needs, from what customers did lately without it."""

    baseline: float
    """The metric's level."""
    per_week: float
    """Customers that come by and are included."""
    needed: Planned | CannotSay
    """To find the smallest change worth finding."""
    by_weeks: tuple[WeeksAndChange, ...]


def power_of(
    metric: Metric, arms: tuple[tuple[str, int], ...], smallest_change: float, lately: Outcomes, per_week: float
) -> Power | CannotSay:
    """Return what the plan will see; `lately` are the visitors of the last weeks, `per_week` those included each week."""
    if lately.arm.size < FEWEST_CUSTOMERS:
        return CannotSay(
            "too-few-visitors",
            f"{lately.arm.size} customers came by in the last four weeks that were followed long enough. At least "
            f"{FEWEST_CUSTOMERS} are needed to say how long this takes.",
        )
    found = level(metric.kind, lately)
    if found is None or found.variance == 0:
        return CannotSay(
            "nothing-varies",
            f"“{metric.words}” was the same for all {lately.arm.size:,} customers who came by lately: how long this takes "
            "cannot be said.",
        )
    control, treated = arms[0][1], arms[1][1]
    needed = _needed(metric, found, smallest_change, treated / control)
    by_weeks = tuple(
        WeeksAndChange(
            weeks,
            int(weeks * per_week),
            _smallest(metric, found, weeks * per_week, treated / (control + treated)),
        )
        for weeks in SHOWN_WEEKS
        if weeks <= MOST_WEEKS
    )
    return Power(found.mean, per_week, needed if isinstance(needed, CannotSay) else planned(needed, per_week), by_weeks)


def planned_customers(weeks: int, per_week: float) -> int:
    """How many customers a plan counts on."""
    return max(int(weeks * per_week), 1) if per_week >= 1 else UNKNOWN_TRAFFIC_CUSTOMERS


def _needed(metric: Metric, found: Arm, change: float, ratio: float) -> tuple[int, int] | CannotSay:
    if metric.unit != "share":
        return customers_for_means(found.variance**0.5, change, treated_per_control=ratio)
    if found.mean + change > 1:
        return CannotSay(
            "above-all",
            f"{found.mean:.1%} do it already: a rise by {change * 100:.1f} percentage points would be more than all.",
        )
    return customers_for_shares(found.mean, found.mean + change, treated_per_control=ratio)


def _smallest(metric: Metric, found: Arm, customers: float, treated_share: float) -> float | None:
    control, treated = int(customers * (1 - treated_share)), int(customers * treated_share)
    if min(control, treated) < 1:
        return None
    if metric.unit != "share":
        return smallest_change_of_mean(found.variance**0.5, control, treated)
    smallest = smallest_change_of_share(found.mean, control, treated)
    return None if isinf(smallest) else smallest
