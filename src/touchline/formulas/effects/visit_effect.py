"""What a bad visit costs those who had it: the effect on the treated of each visit taken as a small trial.

Those who had a bad experience at a touchpoint are compared with those who had a fine one there, after adjusting for what was
known before the visit, twice: fine visits are weighted to look like bad ones, and what would have followed is foretold. It is
right where either of the two is (doubly robust). Both are learned from other customers (cross-fitting), and errors are summed
by customer, whose visits are not independent. Sources: Robins, Rotnitzky and Zhao 1994, JASA 89:846 (augmented inverse
weighting); Chernozhukov et al. 2018, Econometrics Journal 21:C1, equation 5.4 (its score for the treated, cross-fitted).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from touchline.formulas.cannot_say import CannotSay
from touchline.formulas.effects.folds import folds_of, steady_order
from touchline.formulas.effects.learners import TERMS, Learner, Lesson, learn
from touchline.formulas.effects.overlap import Overlap, overlap
from touchline.formulas.effects.refusals import refused_outcome, refused_overlap, refused_visits
from touchline.formulas.effects.visits import Floats, Visits, Whole, as_outcome
from touchline.formulas.evidence import Z_95, two_sided_p

SEED = 20_160_101
"""Fixed: the same visits must give the same effect."""

SMALLEST_CHANCE, LARGEST_CHANCE = 0.005, 0.97
"""Chances of a bad visit are cut off here: beyond, one fine visit would stand for more than thirty bad ones."""


@dataclass(frozen=True)
class Prepared:
    """Visits of a touchpoint, and how likely each was to be bad given what was known before. Used for any outcome."""

    visits: Visits
    """In a steady order of their own."""
    order: Whole
    """Where each of them stood in what was given."""
    lesson: Lesson
    chance: Floats
    """Of being bad, by a model of other customers, cut off."""
    learner: Learner
    overlap: Overlap


@dataclass(frozen=True)
class VisitEffect:
    """What followed bad visits, less what would have followed had they been fine; per bad visit, in the outcome's unit."""

    effect: float
    """Below zero: the bad experience cost something (where the outcome is something wanted)."""
    error: float
    """Its standard error, by customers."""
    after_bad: float
    """Mean outcome of bad visits, as seen."""
    after_fine: float
    """Mean outcome of fine visits, as seen."""
    visits: int
    bad_visits: int
    customers: int
    sufferers: int
    """Customers with at least one bad visit."""
    overlap: Overlap
    learner: Learner

    @property
    def had_it_been_fine(self) -> float:
        """Mean outcome that bad visits would have had."""
        return self.after_bad - self.effect

    @property
    def unadjusted(self) -> float:
        """The plain difference between bad and fine visits: what a comparison of two segments would say."""
        return self.after_bad - self.after_fine

    @property
    def z(self) -> float:
        """How many standard errors from no effect."""
        return self.effect / self.error

    @property
    def p(self) -> float:
        """Two-sided p of 'a bad visit changes nothing'."""
        return two_sided_p(self.z)

    @property
    def low(self) -> float:
        """Lower end of the 95 % interval."""
        return self.effect - Z_95 * self.error

    @property
    def high(self) -> float:
        """Upper end of the 95 % interval."""
        return self.effect + Z_95 * self.error


def prepare(visits: Visits, learner: Learner = TERMS, seed: int = SEED) -> Prepared | CannotSay:
    """Learn how likely each visit was to be bad, once for all outcomes; say why where bad and fine cannot be compared."""
    refused = refused_visits(visits)
    if refused:
        return refused
    fold = folds_of(visits.customer, seed)
    order = steady_order(fold, visits.customer, visits.covariates)
    visits = Visits(visits.bad[order], visits.customer[order], visits.covariates[order], visits.names)
    lesson = Lesson(standardised(visits.covariates), fold[order], len(visits) / len(np.unique(visits.customer)), seed)
    learned = learn(lesson, visits.bad.astype(np.float64), np.ones(len(visits), bool), learner)
    chance = np.clip(learned, SMALLEST_CHANCE, LARGEST_CHANCE)
    found = overlap(visits, lesson.standard, chance, chance / (1 - chance))
    return Prepared(visits, order, lesson, chance, learner, found)


def visit_effect(prepared: Prepared, outcome: NDArray[np.generic]) -> VisitEffect | CannotSay:
    """Return the effect of a bad visit on an outcome (0 and 1, or an amount), one per visit in the order given first."""
    y = as_outcome(outcome, len(prepared.visits))[prepared.order]
    bad = prepared.visits.bad
    refused = refused_overlap(prepared.overlap) or refused_outcome(y)
    if refused:
        return refused
    learned = learn(prepared.lesson, y, ~bad, prepared.learner)
    weight = np.where(bad, 1.0, -prepared.chance / (1 - prepared.chance))
    gap = weight * (y - learned)
    effect = float(gap.sum() / bad.sum())
    people, whose = np.unique(prepared.visits.customer, return_inverse=True)
    influence = np.bincount(whose, gap - bad * effect, len(people))
    return VisitEffect(
        effect=effect,
        error=float(np.sqrt(influence @ influence * len(people) / (len(people) - 1)) / bad.sum()),
        after_bad=float(y[bad].mean()),
        after_fine=float(y[~bad].mean()),
        visits=len(y),
        bad_visits=int(bad.sum()),
        customers=len(people),
        sufferers=len(np.unique(whose[bad])),
        overlap=prepared.overlap,
        learner=prepared.learner,
    )


def standardised(covariates: Floats) -> Floats:
    """Return ones and each fact with mean 0 and standard deviation 1; a fact that never varies stays 0."""
    centred = covariates - covariates.mean(axis=0)
    spread = covariates.std(axis=0)
    usual = np.maximum(np.abs(covariates).max(axis=0, initial=0.0), 1.0)
    varies = spread > 1e-12 * usual
    scaled = np.divide(centred, spread, out=np.zeros_like(centred), where=varies)
    return np.hstack([np.ones((len(covariates), 1)), scaled])
