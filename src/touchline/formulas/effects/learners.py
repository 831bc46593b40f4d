"""How the chance of a bad visit, and what would have followed a fine one, are learned from what was known before.

Two learners: a penalised line or logit, and boosted trees, which also see thresholds and what only matters together. `BEST`
takes whichever foretells better the visits it has not seen, for each of the two questions by itself, so that the effect
itself has no say. Source: van der Laan, Polley and Hubbard 2007, Statistical Applications in Genetics and Molecular
Biology 6:25 (choosing among learners by cross-validation loses little against knowing the best one).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np

from touchline.formulas.effects.folds import mixed
from touchline.formulas.effects.penalised_line import cross_fitted_line
from touchline.formulas.effects.penalised_logit import cross_fitted_logit
from touchline.formulas.effects.visits import Floats, Marks, Whole

Learner: TypeAlias = Literal["plain", "boosted", "best"]

PLAIN: Learner = "plain"
BOOSTED: Learner = "boosted"
BEST: Learner = "best"

TREES = 60
LEAVES = 12
FEWEST_IN_LEAF = 40
LEARNING_RATE = 0.1
"""Small trees: a touchpoint has some ten thousand visits, and the chances looked for are smooth."""


FEWEST_EITHER = 20
"""Where fewer visits (or all but fewer) had the outcome, nothing can be learned of who had it: the mean has to do."""


@dataclass(frozen=True)
class Lesson:
    """What learners are given about a touchpoint's visits."""

    standard: Floats
    """Ones, then the facts with mean 0 and standard deviation 1: visits × (1 + facts)."""
    fold: Whole
    penalty: float
    seed: int


@dataclass(frozen=True)
class Learned:
    """What was foretold for each visit by a model of other customers."""

    expected: Floats
    by: Learner
    """'plain' or 'boosted'."""


def learn(lesson: Lesson, y: Floats, used: Marks, learner: Learner) -> Learned:
    """Foretell y for every visit, from the `used` visits of the other folds. y of 0 and 1 only gives chances."""
    is_share = bool(np.isin(y[used], (0.0, 1.0)).all())
    if min(np.count_nonzero(y[used] != y[used].min()), np.count_nonzero(y[used] != y[used].max())) < FEWEST_EITHER:
        return Learned(_mean(lesson, y, used), PLAIN)
    if learner == PLAIN:
        return Learned(_plain(lesson, y, used, is_share), PLAIN)
    if learner == BOOSTED:
        return Learned(_boosted(lesson, y, used, is_share), BOOSTED)
    plain, boosted = _plain(lesson, y, used, is_share), _boosted(lesson, y, used, is_share)
    if missed(y[used], boosted[used], is_share) < missed(y[used], plain[used], is_share):
        return Learned(boosted, BOOSTED)
    return Learned(plain, PLAIN)


def missed(y: Floats, expected: Floats, is_share: bool) -> float:
    """How badly y was foretold: the mean logarithmic loss of chances, the mean squared one of amounts."""
    if not is_share:
        return float(np.mean((y - expected) ** 2))
    chance = np.clip(expected, 1e-6, 1 - 1e-6)
    return float(-np.mean(y * np.log(chance) + (1 - y) * np.log1p(-chance)))


def _mean(lesson: Lesson, y: Floats, used: Marks) -> Floats:
    folds = int(lesson.fold.max()) + 1
    count = np.bincount(lesson.fold[used], minlength=folds)
    total = np.bincount(lesson.fold[used], y[used], folds)
    found: Floats = ((total.sum() - total) / np.maximum(count.sum() - count, 1))[lesson.fold]
    return found


def _plain(lesson: Lesson, y: Floats, used: Marks, is_share: bool) -> Floats:
    fit = cross_fitted_logit if is_share else cross_fitted_line
    return fit(lesson.standard, y, lesson.fold, used, lesson.penalty)


def _boosted(lesson: Lesson, y: Floats, used: Marks, is_share: bool) -> Floats:
    from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor

    facts = lesson.standard[:, 1:]
    expected = np.empty(len(y))
    for one in range(int(lesson.fold.max()) + 1):
        learns, asked = used & (lesson.fold != one), lesson.fold == one
        if facts.shape[1] == 0 or y[learns].min() == y[learns].max():
            expected[asked] = y[learns].mean()
            continue
        model = (HistGradientBoostingClassifier if is_share else HistGradientBoostingRegressor)(
            max_iter=TREES,
            max_leaf_nodes=LEAVES,
            min_samples_leaf=FEWEST_IN_LEAF,
            learning_rate=LEARNING_RATE,
            early_stopping=False,
            random_state=int(mixed(np.array([one]), lesson.seed)[0] % 2**31),
        ).fit(facts[learns], y[learns])
        expected[asked] = model.predict_proba(facts[asked])[:, 1] if is_share else model.predict(facts[asked])
    return expected
