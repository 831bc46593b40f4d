"""How far from nothing the method lands where nothing is: a null distribution learned from harmless touchpoints.

Each effect of a harmless touchpoint scatters around a common error of the method with its own standard error and with how
much the method's error varies. An effect is believed where it is far outside of that. Source: Schuemie, Ryan, DuMouchel,
Suchard and Madigan 2014, Statistics in Medicine 33:209.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot

import numpy as np

from touchline.formulas.cannot_say import CannotSay
from touchline.formulas.effects.visits import Floats
from touchline.formulas.evidence import Z_95, two_sided_p

FEWEST_HARMLESS = 5
APART_FROM = 3.0
"""Standard deviations beyond which a touchpoint is not taken for a harmless one."""


@dataclass(frozen=True)
class EmpiricalNull:
    """The method's error where there is no effect: a normal distribution, in the outcome's unit."""

    mean: float
    sd: float
    touchpoints: int
    """How many it was learned from."""

    def p(self, effect: float, error: float) -> float:
        """Two-sided p of 'a harmless touchpoint like the others'."""
        return two_sided_p((effect - self.mean) / hypot(error, self.sd))

    def interval(self, effect: float, error: float, z: float = Z_95) -> tuple[float, float]:
        """The effect without the method's mean error, as wide as its error varies."""
        half = z * hypot(error, self.sd)
        return effect - self.mean - half, effect - self.mean + half


def empirical_null(effects: Sequence[float], errors: Sequence[float]) -> EmpiricalNull | CannotSay:
    """Fit mean and sd by maximum likelihood to the effects of touchpoints known to be harmless. Errors are above zero."""
    if len(effects) < FEWEST_HARMLESS:
        return CannotSay(
            "few-harmless",
            f"{len(effects)} harmless touchpoints have an effect; the method's own error is learned from "
            f"{FEWEST_HARMLESS} or more.",
        )
    mean, sd = _most_likely(np.asarray(effects, np.float64), np.asarray(errors, np.float64))
    return EmpiricalNull(mean, sd, len(effects))


def empirical_null_of_most(effects: Sequence[float], errors: Sequence[float]) -> EmpiricalNull | CannotSay:
    """Fit to the touchpoints that are like most, where nobody knows which are harmless; most have to be.

    Those farther than three standard deviations from the others are left out, until nothing changes.
    """
    of, by = np.asarray(effects, np.float64), np.asarray(errors, np.float64)
    if len(of) < FEWEST_HARMLESS:
        return empirical_null(effects, errors)
    centre = float(np.median(of))
    harmless = np.abs(of - centre) <= APART_FROM * np.hypot(by, 1.4826 * np.median(np.abs(of - centre)))
    for _ in range(len(of)):
        found = empirical_null(of[harmless].tolist(), by[harmless].tolist())
        if isinstance(found, CannotSay):
            return found
        again = np.abs(of - found.mean) <= APART_FROM * np.hypot(by, found.sd)
        if (again == harmless).all():
            break
        harmless &= again
    return found


def _most_likely(effects: Floats, errors: Floats) -> tuple[float, float]:
    """Mean and sd; for each sd the best mean is the weighted one, so that one number is searched."""
    from scipy.optimize import minimize  # takes half a second to import

    scale = float(errors.min())

    def mean_at(sd: float) -> float:
        weight = 1 / (errors**2 + sd**2)
        return float(weight @ effects / weight.sum())

    def unlikely(log_ratio: Floats) -> float:
        sd = scale * float(np.exp(log_ratio[0]))
        variance = errors**2 + sd**2
        return float(0.5 * np.sum(np.log(variance) + (effects - mean_at(sd)) ** 2 / variance))

    starts = (-6.0, -1.0, 1.0, 3.0)
    best = min(
        (minimize(unlikely, np.array([start]), method="Nelder-Mead") for start in starts),
        key=lambda one: float(one.fun),
    )
    sd = scale * float(np.exp(best.x[0]))
    return mean_at(sd), 0.0 if sd < scale * 1e-2 else sd
