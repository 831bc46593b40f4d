"""Everybody got the change at once: a step in one series, beside what the same sum finds at dates without any change.

A straight line over time with a step at the start, and errors that hang together from one period to the next. Nobody is
left to compare with, so three checks must all pass before the step may be called more than a coincidence in time:
nothing bent before the start, no such steps at other dates, and a series that should not move did not.

Sources: Wagner et al. 2002, Journal of Clinical Pharmacy and Therapeutics 27:299 (segmented regression); Lopez Bernal,
Cummins and Gasparrini 2017, International Journal of Epidemiology 46:348 (controls and placebo dates).
"""

from __future__ import annotations

import numpy as np

from touchline.formulas.cannot_say import CannotSay
from touchline.formulas.check import Check
from touchline.formulas.roll_outs.measured import Measured
from touchline.formulas.roll_outs.panel import Values
from touchline.formulas.roll_outs.serial_regression import Fitted, fitted

FEWEST_BEFORE = 12
FEWEST_AFTER = 4
FEWEST_PLACEBOS = 8
"""Dates without a change that are tried, at least; each needs as many periods around it as a real step."""
UNMOVED = "What the change cannot have moved"
NOTICED = 0.05
UNUSUAL_RANK = 0.10
"""A step must be among the largest tenth of those at dates without a change."""
STEP = 2
"""The step's column in the design."""


def interrupted_series(
    values: Values, start: int, control: Values | CannotSay | None = None, control_is: str = UNMOVED
) -> Measured | CannotSay:
    """Return the step at `start`, the first period with the change, of one value per period.

    `control` is a series over the same periods that the change cannot have moved, or why there is none; without it the check
    counts as not done. `control_is` names it. Raises ValueError where the two differ in length.
    """
    if isinstance(control, np.ndarray) and control.size != values.size:
        raise ValueError(f"The control has {control.size} periods, the series {values.size}.")
    refusal = refused_series(values, start)
    if refusal is not None:
        return refusal
    found = _step(values, start)
    effect, margin = float(found.coefficients[STEP]), found.margin(STEP)
    placebos = _placebo_ratios(values[:start])
    checks = (_pre_trend(values[:start]), _placebo_dates(found, placebos), _control(control, start, control_is))
    margin = max(margin, _placebo_margin(found, placebos))
    after = float(values[start:].mean())
    return Measured(
        "interrupted-series",
        effect,
        effect - margin,
        effect + margin,
        found.p(STEP),
        treated_groups=1,
        control_groups=0,
        periods_before=start,
        periods_after=values.size - start,
        expected=after - effect,
        checks=checks,
    )


def refused_series(
    values: Values, start: int, before: int = FEWEST_BEFORE, after: int = FEWEST_AFTER
) -> CannotSay | None:
    """Why no step can be measured in this series; None where one can."""
    if np.isnan(values).any():
        return CannotSay(
            "holes", f"{int(np.isnan(values).sum())} of the {values.size} periods have no value. Take longer periods."
        )
    if start < before or values.size - start < after:
        return CannotSay(
            "too-few-periods",
            f"There are {max(start, 0)} periods before the start and {max(values.size - start, 0)} from it on. At least "
            f"{before} and {after} are needed.",
        )
    if not np.diff(values[:start]).any():
        return CannotSay("nothing-varies", "The series never moved before the start: no error can be given.")
    return None


def _step(values: Values, start: int) -> Fitted:
    time = np.arange(values.size, dtype=np.float64)
    return fitted(np.column_stack([np.ones_like(time), time - time.mean(), time >= start]), values)


def _placebo_ratios(before: Values) -> Values:
    """Return steps at dates before the change, each in standard errors; nothing where there are too few such dates."""
    dates = range(FEWEST_AFTER, before.size - FEWEST_AFTER + 1)
    if len(dates) < FEWEST_PLACEBOS:
        return np.array([])
    steps = [_step(before, date) for date in dates]
    return np.array([step.coefficients[STEP] / step.errors[STEP] for step in steps])


def _placebo_margin(found: Fitted, placebos: Values) -> float:
    """Return the half-width that would have held 95 % of the steps at dates without a change."""
    if placebos.size == 0:
        return 0.0
    return float(np.quantile(np.abs(placebos), 0.95, method="higher")) * float(found.errors[STEP])


def _pre_trend(before: Values) -> Check:
    time = np.arange(before.size, dtype=np.float64)
    centred = time - time.mean()
    bend = fitted(np.column_stack([np.ones_like(time), centred, centred**2 - (centred**2).mean()]), before)
    passed = bend.p(STEP) >= NOTICED
    return Check(
        "pre-trend",
        passed,
        f"Before the start the series {'followed a straight line' if passed else 'bent, so a line cannot foretell it'} "
        f"(p {bend.p(STEP):.2f}).",
    )


def _placebo_dates(found: Fitted, placebos: Values) -> Check:
    if placebos.size == 0:
        return Check("placebo-dates", None, "There are too few periods before the start to try other dates.")
    ratio = abs(float(found.coefficients[STEP] / found.errors[STEP]))
    as_large = int((np.abs(placebos) >= ratio).sum())
    rank = (1 + as_large) / (1 + placebos.size)
    return Check(
        "placebo-dates",
        rank <= max(UNUSUAL_RANK, 1 / (1 + placebos.size)),
        f"At {as_large} of {placebos.size} dates before the start, when nothing happened, the same sum finds a step as large "
        "for its error.",
    )


def _control(control: Values | CannotSay | None, start: int, control_is: str) -> Check:
    if isinstance(control, CannotSay):
        return Check("control-series", None, control.sentence)
    if control is None or refused_series(control, start) is not None:
        return Check("control-series", None, "There is no series that the change cannot have moved to compare with.")
    step = _step(control, start)
    passed = step.p(STEP) >= NOTICED
    return Check(
        "control-series",
        passed,
        f"{control_is} {'stayed as it was' if passed else 'moved too'}: "
        f"{step.coefficients[STEP]:+.3g}, give or take {step.margin(STEP):.2g}.",
    )
