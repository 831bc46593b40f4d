"""How much more often a thing goes with one group than with another: the odds ratio with its interval.

Half a count is added to each of the four, so that a count of zero gives a figure too, and the logarithm's bias is small.
Sources: Woolf 1955, Annals of Human Genetics 19:251 (the interval); Haldane 1956, Annals of Human Genetics 20:309 and
Anscombe 1956, Biometrika 43:461 (the half).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log, sqrt

from touchline.formulas.evidence import Z_95, is_enough, two_sided_p

HALF = 0.5


@dataclass(frozen=True)
class OddsRatio:
    """Above 1: goes with the first group. Everything is None where either group is below five."""

    value: float | None
    low: float | None
    high: float | None
    p: float | None
    """Two-sided p of 'as often in both groups'."""


def odds_ratio(first_with: int, first: int, second_with: int, second: int, z: float = Z_95) -> OddsRatio:
    """Return the odds of having a thing in the first group over those in the second.

    `first` and `second` are the sizes of the groups. Raises ValueError on impossible counts.
    """
    if not (0 <= first_with <= first and 0 <= second_with <= second):
        raise ValueError(f"{first_with} of {first} and {second_with} of {second} are not two shares.")
    if not (is_enough(first) and is_enough(second)):
        return OddsRatio(None, None, None, None)
    cells = [each + HALF for each in (first_with, first - first_with, second_with, second - second_with)]
    middle = log(cells[0] * cells[3] / (cells[1] * cells[2]))
    error = sqrt(sum(1 / each for each in cells))
    return OddsRatio(exp(middle), exp(middle - z * error), exp(middle + z * error), two_sided_p(middle / error))
