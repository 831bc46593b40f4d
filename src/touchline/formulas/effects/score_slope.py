"""What one point of score is worth: the partially linear slope, below the median and above it.

What was known before a visit is taken out of both the score and the outcome, by models of other customers; the slope is that of
what is left on what is left. Two slopes are fitted together, since a bad surprise may weigh more than a good one. Sources:
Robinson 1988, Econometrica 56:931; Chernozhukov et al. 2018, Econometrics Journal 21:C1, section 4.1 (cross-fitted);
Mittal, Ross and Baldasare 1998, Journal of Marketing 62:33 (two slopes).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from touchline.formulas.cannot_say import CannotSay
from touchline.formulas.effects.folds import folds_of, steady_order
from touchline.formulas.effects.learners import TERMS, Learner, Lesson, learn
from touchline.formulas.effects.visit_effect import SEED, standardised
from touchline.formulas.effects.visits import Floats, Whole, as_outcome
from touchline.formulas.evidence import Z_95

FEWEST_CUSTOMERS = 100
"""On either side of the median, for a slope of that side."""


@dataclass(frozen=True)
class Slope:
    """How much the outcome moves with one point of score, in the outcome's unit."""

    value: float
    error: float
    customers: int

    @property
    def low(self) -> float:
        """Lower end of the 95 % interval."""
        return self.value - Z_95 * self.error

    @property
    def high(self) -> float:
        """Upper end of the 95 % interval."""
        return self.value + Z_95 * self.error

    @property
    def leaves_out_zero(self) -> bool:
        """Whether its interval leaves out a score that does not matter."""
        return self.low > 0 or self.high < 0


@dataclass(frozen=True)
class ScoreSlope:
    """The slope over the whole range seen, and on either side of the median."""

    whole: Slope
    below: Slope | CannotSay
    above: Slope | CannotSay
    median: float
    lowest: float
    highest: float
    """The range of scores seen: a slope says nothing beyond."""
    spread: float
    """Standard deviation of the score."""


def score_slope(
    score: NDArray[np.generic],
    outcome: NDArray[np.generic],
    customer: Whole,
    covariates: Floats,
    learner: Learner = TERMS,
    seed: int = SEED,
) -> ScoreSlope | CannotSay:
    """Return the slopes of an outcome on a score, one entry per visit. Raises ValueError on what is not a number."""
    given, wanted = as_outcome(score, len(customer)), as_outcome(outcome, len(customer))
    people = len(np.unique(customer))
    if people < 2 * FEWEST_CUSTOMERS:
        return CannotSay(
            "few-scores", f"{people:,} customers gave a score; at least {2 * FEWEST_CUSTOMERS} are needed."
        )
    if given.min() == given.max():
        return CannotSay("score-constant", "Every score is the same: nothing can be said of another one.")
    if wanted.min() == wanted.max():
        return CannotSay("outcome-constant", "The outcome is the same after every visit: nothing can be compared.")
    fold = folds_of(customer, seed)
    order = steady_order(fold, customer, covariates)
    given, wanted, customer = given[order], wanted[order], customer[order]
    everybody = np.ones(len(customer), bool)
    lesson = Lesson(standardised(covariates[order]), fold[order], len(customer) / people, seed)

    def unforeseen(values: Floats) -> Floats:
        return values - learn(lesson, values, everybody, learner)

    median = float(np.median(given))
    sides = (np.minimum(given - median, 0.0), np.maximum(given - median, 0.0))
    counted = [len(np.unique(customer[side != 0])) for side in sides]
    moved = unforeseen(wanted)
    below: Slope | CannotSay
    above: Slope | CannotSay
    if min(counted) < FEWEST_CUSTOMERS:
        below, above = (_too_few(count) for count in counted)
    else:
        below, above = _slopes(moved, np.column_stack([unforeseen(side) for side in sides]), customer, counted)
    return ScoreSlope(
        whole=_slopes(moved, unforeseen(given)[:, None], customer, [people])[0],
        below=below,
        above=above,
        median=median,
        lowest=float(given.min()),
        highest=float(given.max()),
        spread=float(given.std()),
    )


def _too_few(count: int) -> CannotSay:
    return CannotSay(
        "few-on-a-side", f"{count:,} customers gave a score on this side of the median; {FEWEST_CUSTOMERS} are needed."
    )


def _slopes(moved: Floats, given: Floats, customer: Whole, counted: list[int]) -> list[Slope]:
    """Least squares through zero, with errors summed by customer (Liang and Zeger 1986, Biometrika 73:13)."""
    inverse = np.linalg.pinv(given.T @ given)
    values = inverse @ (given.T @ moved)
    whose = np.unique(customer, return_inverse=True)[1]
    scores = given * (moved - given @ values)[:, None]
    by_customer = np.column_stack([np.bincount(whose, column) for column in scores.T])
    count = len(by_customer)
    variance = inverse @ (by_customer.T @ by_customer) @ inverse * count / (count - 1)
    return [
        Slope(float(value), float(np.sqrt(spread)), of)
        for value, spread, of in zip(values, np.diag(variance), counted, strict=True)
    ]
