"""How small an effect a measurement design could still see, before anything is launched.

An effect is found in four of five cases at the 5 % level when it is as large as the two quantiles of Student's t (of 97.5
and of 80 %) times its standard error: 2.8 standard errors where there are many degrees of freedom. What differs between
designs is the standard error.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from touchline.formulas.cannot_say import CannotSay

Floats = NDArray[np.float64]

POWER = 0.80
ALPHA = 0.05
FEWEST_GROUPS = 6
"""Of a roll-out: with fewer, four degrees of freedom or less are left and only enormous effects are seen."""
FEWEST_WEEKS_BEFORE = 12
"""Of a series: level, trend and persistence have to be told apart first."""
STRONGEST_PERSISTENCE = 0.95


def smallest_effect_of_roll_out(changes: Sequence[float], treated: int) -> float | CannotSay:
    """Return the smallest effect that comparing group means (collapsed difference-in-differences) would see.

    `changes` holds, for each group, by how much its mean changed between two stretches as long as those to be compared,
    at a time when nothing was launched; `treated` groups are to get the change. Standard error: s·√(1/treated +
    1/others), G − 2 degrees of freedom (Donald and Lang 2007, Review of Economics and Statistics 89:221).
    """
    groups = len(changes)
    if groups < FEWEST_GROUPS:
        return CannotSay(
            "few-groups", f"There {_are(groups)}; comparing them over time needs at least {FEWEST_GROUPS} of them."
        )
    if not 0 < treated < groups:
        return CannotSay("nobody-left", "All groups or none would get the change, so there is nothing to compare.")
    spread = float(np.std(np.asarray(changes), ddof=1))
    return quantiles(groups - 2) * spread * sqrt(1 / treated + 1 / (groups - treated))


def smallest_effect_of_series(levels: Sequence[float], weeks_after: int) -> float | CannotSay:
    """Return the smallest lasting step that a weekly series with a trend would show.

    The standard error of the step is that of generalised least squares on level, trend and step, with errors that persist
    from week to week as those of the past do (first-order autoregression; Prais and Winsten 1954).
    """
    before = len(levels)
    if before < FEWEST_WEEKS_BEFORE:
        return CannotSay(
            "few-weeks",
            f"There are {before} weeks of data before; a series needs at least {FEWEST_WEEKS_BEFORE} to be told from its trend.",
        )
    series = np.asarray(levels, dtype=np.float64)
    weeks = np.arange(before, dtype=np.float64)
    line = np.column_stack([np.ones(before), weeks])
    residuals = series - line @ np.linalg.lstsq(line, series, rcond=None)[0]
    persistence = _persistence(residuals)
    whitened = residuals[1:] - persistence * residuals[:-1]
    variance = float(whitened @ whitened) / max(before - 3, 1)
    design = _whitened_design(before, weeks_after, persistence)
    error = sqrt(variance * float(np.linalg.inv(design.T @ design)[2, 2]))
    return quantiles(before + weeks_after - 4) * error


def quantiles(degrees: int) -> float:
    """Return how many standard errors an effect must be to be found with 80 % power at the 5 % level."""
    from scipy.special import stdtrit  # takes a fifth of a second to import

    return float(stdtrit(degrees, 1 - ALPHA / 2) + stdtrit(degrees, POWER))


def _persistence(residuals: Floats) -> float:
    """First-order autocorrelation 0..0.95, corrected for what taking a line away hides: 2·(1 + 2φ)/n (Tanaka 1984,
    Journal of the Royal Statistical Society B 46:58)."""
    scale = float(residuals @ residuals)
    if scale == 0:
        return 0.0
    found = float(residuals[1:] @ residuals[:-1]) / scale
    corrected = found + 2 * (1 + 2 * found) / residuals.size
    return min(max(corrected, 0.0), STRONGEST_PERSISTENCE)


def _whitened_design(before: int, after: int, persistence: float) -> Floats:
    weeks = np.arange(before + after, dtype=np.float64)
    design = np.column_stack([np.ones(weeks.size), weeks, weeks >= before])
    first = design[:1] * sqrt(1 - persistence**2)
    return np.vstack([first, design[1:] - persistence * design[:-1]])


def _are(groups: int) -> str:
    return "is 1 group" if groups == 1 else f"are {groups} groups"
