"""A narrower interval from what was known about each customer before the experiment.

With one number from before, a customer's outcome is corrected by what that number foretells (CUPED); with several, one
regression per arm foretells what everybody would have done in either arm. Either way the difference stays unbiased,
because the draw cannot depend on what lies before it, and its variance shrinks to 1 − ρ² of what it was.

Sources: Deng, Xu, Kohavi and Walker 2013, WSDM, section 3; Lin 2013, Annals of Applied Statistics 7:295 (regression
with interactions); its standard error from the scores of Tsiatis, Davidian, Zhang and Lu 2008, Statistics in Medicine
27:4658.
"""

from __future__ import annotations

from math import sqrt

import numpy as np
from numpy.typing import NDArray

from touchline.formulas.cannot_say import CannotSay
from touchline.formulas.experiments.difference import Difference, Values, arm, difference, too_little, welch_degrees

CUSTOMERS_PER_COVARIATE = 20
"""In each arm; with fewer, a regression foretells its own noise."""


def cuped(control: Values, treated: Values, control_before: Values, treated_before: Values) -> Difference | CannotSay:
    """Return treated − control, each customer's outcome corrected by one number from before the experiment.

    Where that number does not vary, the plain difference is returned.
    """
    plain = difference(control, treated)
    if isinstance(plain, CannotSay):
        return plain
    outcome, before = np.concatenate([control, treated]), np.concatenate([control_before, treated_before])
    spread = float(before.var())
    if spread == 0:
        return plain
    slope = float(((before - before.mean()) * (outcome - outcome.mean())).mean()) / spread
    corrected = difference(
        control - slope * (control_before - before.mean()), treated - slope * (treated_before - before.mean())
    )
    if isinstance(corrected, CannotSay):  # what was known before says everything: nothing is left to vary
        return plain
    return Difference(
        plain.control,
        plain.treated,
        corrected.difference,
        corrected.standard_error,
        corrected.degrees,
        variance_kept=(corrected.standard_error / plain.standard_error) ** 2,
    )


def adjusted(
    control: Values, treated: Values, control_before: NDArray[np.float64], treated_before: NDArray[np.float64]
) -> Difference | CannotSay:
    """Return treated − control adjusted for several numbers from before: one row per customer, one column each.

    Columns that do not vary are left out. Falls back to the plain difference where an arm has fewer than 20 customers
    for each column.
    """
    first, second = arm(control), arm(treated)
    refusal = too_little(first, second)
    if refusal is not None:
        return refusal
    plain = difference(control, treated)
    everybody = np.concatenate([control_before, treated_before])
    kept = everybody.std(axis=0) > 0
    if isinstance(plain, CannotSay) or not kept.any():
        return plain
    if min(first.n, second.n) < CUSTOMERS_PER_COVARIATE * int(kept.sum()):
        return plain
    centre = everybody[:, kept].mean(axis=0)
    design_control, design_treated = control_before[:, kept] - centre, treated_before[:, kept] - centre
    slope_control, left_control = _fitted(design_control, control, first.mean)
    slope_treated, left_treated = _fitted(design_treated, treated, second.mean)
    gap = (second.mean - float(design_treated.mean(axis=0) @ slope_treated)) - (
        first.mean - float(design_control.mean(axis=0) @ slope_control)
    )
    foretold = np.concatenate([design_control, design_treated]) @ (slope_treated - slope_control)
    parts = left_control / first.n, left_treated / second.n
    error = sqrt(sum(parts) + float(foretold.var()) / foretold.size)
    if error == 0:
        return plain
    return Difference(
        first,
        second,
        gap,
        error,
        welch_degrees(parts, (first.n - int(kept.sum()), second.n - int(kept.sum()))) if sum(parts) else plain.degrees,
        variance_kept=(error / plain.standard_error) ** 2,
    )


def _fitted(design: NDArray[np.float64], outcome: Values, mean: float) -> tuple[NDArray[np.float64], float]:
    """Return the slopes of one arm's regression and the variance it leaves."""
    around = design - design.mean(axis=0)
    slope = np.linalg.lstsq(around, outcome - mean, rcond=None)[0]
    left = outcome - mean - around @ slope
    return slope, float(left @ left) / max(outcome.size - 1 - design.shape[1], 1)
