"""Which number of a customer is an experiment's outcome, and how two arms of it are compared."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from touchline.experiments.rules.outcomes import Outcomes
from touchline.formulas.cannot_say import CannotSay
from touchline.formulas.experiments.cuped import cuped
from touchline.formulas.experiments.difference import Arm, Difference, arm
from touchline.formulas.experiments.ratio_of_means import ratio_arm, ratio_difference
from touchline.formulas.experiments.winsorised import winsorised

Values = NDArray[np.float64]


@dataclass(frozen=True)
class Compared:
    """Two arms of one outcome."""

    found: Difference | CannotSay
    cap: float | None = None
    """Where large values were cut; None: nowhere."""


def compared(metric: str, control: Outcomes, treated: Outcomes) -> Compared:
    """Compare two arms; what a customer did before narrows the interval where it foretells anything."""
    if metric == "order_value":
        return Compared(ratio_difference(control.revenue, control.orders, treated.revenue, treated.orders))
    if metric == "experience":
        return Compared(ratio_difference(control.experience, control.answers, treated.experience, treated.answers))
    if metric == "revenue":
        first, second, cap = winsorised(control.revenue, treated.revenue)
        before, after, _ = winsorised(control.revenue_before, treated.revenue_before)
        is_cut = max(control.revenue.max(initial=0.0), treated.revenue.max(initial=0.0)) > cap
        return Compared(cuped(first, second, before, after), cap if is_cut else None)
    return Compared(cuped(_did(metric, control), _did(metric, treated), control.orders_before, treated.orders_before))


def level(metric: str, everybody: Outcomes) -> Arm | None:
    """Sum up one outcome of many customers; None where nothing of it was counted."""
    if metric == "order_value":
        return ratio_arm(everybody.revenue, everybody.orders) if everybody.orders.sum() else None
    if metric == "experience":
        return ratio_arm(everybody.experience, everybody.answers) if everybody.answers.sum() else None
    if metric == "revenue":
        return arm(winsorised(everybody.revenue, everybody.revenue[:0])[0])
    return arm(_did(metric, everybody))


def _did(metric: str, outcomes: Outcomes) -> Values:
    counted = {"ordered": outcomes.orders, "reached": outcomes.reached, "answered": outcomes.answers}[metric]
    return (counted > 0).astype(np.float64)
