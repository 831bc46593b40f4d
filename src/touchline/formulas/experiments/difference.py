"""The difference between two arms of an experiment, per customer: the treated arm's mean minus the control's.

One value per customer, whatever the number of visits: the customer was drawn, not the visit. Source: Welch 1947,
Biometrika 34:28. With 1 for "did it" and 0 for "did not", the mean is a share.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from touchline.formulas.cannot_say import CannotSay
from touchline.formulas.evidence import MINIMUM_N

Values = NDArray[np.float64]


@dataclass(frozen=True)
class Arm:
    """What one arm's customers did, on the scale of the outcome."""

    n: int
    mean: float
    variance: float
    """Unbiased, of one customer's value."""


@dataclass(frozen=True)
class Difference:
    """Treated minus control, with what its intervals rest on."""

    control: Arm
    treated: Arm
    difference: float
    """May differ from the difference of the two means where it was adjusted for what was known before."""
    standard_error: float
    degrees: float
    """Degrees of freedom for Student's t."""
    variance_kept: float = 1.0
    """Share of the plain difference's variance that is left after adjusting, 0..1."""

    @property
    def n(self) -> int:
        """Customers in both arms."""
        return self.control.n + self.treated.n


@dataclass(frozen=True)
class FixedHorizon:
    """The 95 % interval for one look at a date fixed in advance."""

    low: float
    high: float
    p: float
    """Two-sided p of 'no difference'."""


def arm(values: Values) -> Arm:
    """Sum up one value per customer; the variance of fewer than two is 0."""
    variance = float(values.var(ddof=1)) if values.size > 1 else 0.0
    return Arm(int(values.size), float(values.mean()) if values.size else 0.0, variance)


def difference(control: Values, treated: Values) -> Difference | CannotSay:
    """Return treated − control of one value per customer."""
    return difference_of_arms(arm(control), arm(treated))


def difference_of_arms(control: Arm, treated: Arm) -> Difference | CannotSay:
    """Return treated − control of arms already summed up."""
    refusal = too_little(control, treated)
    if refusal is not None:
        return refusal
    parts = control.variance / control.n, treated.variance / treated.n
    return Difference(
        control,
        treated,
        treated.mean - control.mean,
        sqrt(sum(parts)),
        welch_degrees(parts, (control.n, treated.n)),
    )


def arm_of_share(count: int, of: int) -> Arm:
    """Sum up customers of whom `count` of `of` did it. Raises ValueError on impossible counts."""
    if not 0 <= count <= of:
        raise ValueError(f"{count} of {of} is not a share: the count must lie between 0 and {of}.")
    share = count / of if of else 0.0
    return Arm(of, share, share * (1 - share) * of / (of - 1) if of > 1 else 0.0)


def too_little(control: Arm, treated: Arm) -> CannotSay | None:
    """Why two arms cannot be compared; None where they can."""
    if min(control.n, treated.n) < MINIMUM_N:
        return CannotSay(
            "too-few-customers",
            f"{control.n} customers were exposed to the control and {treated.n} to the change. A difference needs at "
            f"least {MINIMUM_N} in each.",
        )
    if control.variance == 0 and treated.variance == 0:
        return CannotSay(
            "nothing-varies",
            f"All {control.n + treated.n} customers have one and the same outcome in their arm: there is nothing to "
            "compare yet.",
        )
    return None


def welch_degrees(parts: tuple[float, float], n: tuple[int, int]) -> float:
    """Return Welch's degrees of freedom of the sum of two squared standard errors."""
    return sum(parts) ** 2 / sum(part**2 / (count - 1) for part, count in zip(parts, n, strict=True))


def fixed_horizon(found: Difference, confidence: float = 0.95) -> FixedHorizon:
    """Return the interval that holds for a single look."""
    from scipy.special import stdtr, stdtrit  # takes a fifth of a second to import

    margin = float(stdtrit(found.degrees, (1 + confidence) / 2)) * found.standard_error
    return FixedHorizon(
        found.difference - margin,
        found.difference + margin,
        2 * float(stdtr(found.degrees, -abs(found.difference) / found.standard_error)),
    )
