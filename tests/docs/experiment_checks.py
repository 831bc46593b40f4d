"""How the worked tables of experiments and roll-outs are recomputed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import numpy as np

from touchline.formulas.cannot_say import CannotSay
from touchline.formulas.experiments.assignment import arm_of, bucket_of
from touchline.formulas.experiments.confidence_sequence import any_time_valid
from touchline.formulas.experiments.cuped import cuped
from touchline.formulas.experiments.difference import arm_of_share, difference, difference_of_arms, fixed_horizon
from touchline.formulas.experiments.power import customers_for_shares
from touchline.formulas.experiments.sample_ratio import sample_ratio
from touchline.formulas.roll_outs.collapsed_did import collapsed_did
from touchline.formulas.roll_outs.panel import panel
from touchline.formulas.roll_outs.staggered_did import group_time_effects

Row: TypeAlias = dict[str, str]
Figures: TypeAlias = dict[str, object]
SALT, ARMS = "00112233aabbccdd", (("control", 5_000), ("change", 9_000))
PLANNED = 10_000


def numbers(cell: str) -> list[float]:
    return [float(part) for part in cell.split(",")]


def check_sample_ratio(row: Row) -> Figures:
    found = sample_ratio([int(each) for each in numbers(row["customers"])], numbers(row["planned shares"]))
    if isinstance(found, CannotSay):
        return dict.fromkeys(("χ²", "p", "warns", "hidden"))
    return {"χ²": found.chi_squared, "p": found.p, "warns": found.warns, "hidden": found.hides_results}


def check_intervals(row: Row) -> Figures:
    arms = arm_of_share(int(row["control"]), int(row["of"])), arm_of_share(int(row["change"]), int(row["of them"]))
    found = difference_of_arms(*arms)
    columns = ("difference", "one look from", "to", "any time from", "up to")
    if isinstance(found, CannotSay):
        return dict.fromkeys(columns)
    fixed, always = fixed_horizon(found), any_time_valid(found, PLANNED)
    ends = (None, None) if isinstance(always, CannotSay) else (always.low, always.high)
    return dict(zip(columns, (found.difference, fixed.low, fixed.high, *ends), strict=True))


def check_cuped(row: Row) -> Figures:
    control, control_before, change, change_before = (
        np.array(numbers(row[name])) for name in ("control since", "before", "change since", "before it")
    )
    found, plain = cuped(control, change, control_before, change_before), difference(control, change)
    return {
        "difference": found.difference,
        "error without": plain.standard_error,
        "error with": found.standard_error,
        "variance left": found.variance_kept,
    }


def check_power(row: Row) -> Figures:
    return {"customers an arm": customers_for_shares(float(row["now"]), float(row["wanted"]))[0]}


def check_assignment(row: Row) -> Figures:
    return {"bucket": bucket_of(SALT, row["id"]), "arm": arm_of(SALT, ARMS, row["id"])}


def check_collapsed(rows: list[Row]) -> list[Figures]:
    before, after = ([numbers(row[name]) for row in rows] for name in ("before", "after"))
    start = len(before[0])
    starts = [start if row["has it"] == "yes" else None for row in rows]
    found = collapsed_did(panel([row["group"] for row in rows], np.hstack([before, after]), starts))
    return [{"effect": found.effect, "low": found.low, "high": found.high, "p": found.p}] * len(rows)


def check_staggered(rows: list[Row]) -> list[Figures]:
    values = np.array([[float(row[str(period)]) for period in range(4)] for row in rows])
    starts = np.array([-1 if row["start"] == "never" else int(row["start"]) for row in rows])
    effects = {(each.start, each.period): each.effect for each in group_time_effects(values, starts)}
    return [{f"effect at {period}": effects.get((start, period)) for period in (2, 3)} for start in starts.tolist()]


def _each(check: Callable[[Row], Figures]) -> Callable[[list[Row]], list[Figures]]:
    return lambda rows: [check(row) for row in rows]


EXPERIMENTS = {
    "sample-ratio": _each(check_sample_ratio),
    "experiment-intervals": _each(check_intervals),
    "cuped": _each(check_cuped),
    "experiment-power": _each(check_power),
    "assignment": _each(check_assignment),
    "collapsed-did": check_collapsed,
    "staggered-did": check_staggered,
}
