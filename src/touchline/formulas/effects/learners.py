"""How the chance of a bad visit, and what would have followed a fine one, are learned from what was known before.

A penalised line or logit, as it is or with the thresholds and pairs of facts that the visits ask for (the default); and boosted
trees, which learn in another way altogether, for a second opinion.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from typing import Literal, TypeAlias

import numpy as np
from threadpoolctl import ThreadpoolController, threadpool_limits

from touchline.formulas.effects.folds import mixed
from touchline.formulas.effects.penalised_line import line, lines
from touchline.formulas.effects.penalised_logit import chances, logit, logits
from touchline.formulas.effects.terms import Terms, standard_columns
from touchline.formulas.effects.visits import Floats, Marks, Whole

Learner: TypeAlias = Literal["terms", "plain", "boosted"]

TERMS: Learner = "terms"
PLAIN: Learner = "plain"
BOOSTED: Learner = "boosted"

ROUNDS = 2
"""Terms are looked for this many times: what one explains may bring out or hide another."""

TREES = 40
LEAVES = 12
FEWEST_IN_LEAF = 40
LEARNING_RATE = 0.15
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

    @cached_property
    def terms(self) -> Terms:
        """What the facts offer beyond a straight line; the same for everything that is learned of these visits."""
        return Terms(self.standard)


def learn(lesson: Lesson, y: Floats, used: Marks, learner: Learner) -> Floats:
    """Foretell y for every visit, from the `used` visits of the other folds. y of 0 and 1 only gives chances."""
    is_share = bool(np.isin(y[used], (0.0, 1.0)).all())
    if min(np.count_nonzero(y[used] != y[used].min()), np.count_nonzero(y[used] != y[used].max())) < FEWEST_EITHER:
        return _mean(lesson, y, used)
    if learner == BOOSTED:
        return _boosted(lesson, y, used, is_share)
    with _linear_algebra().limit(limits=1):
        return _by_line(lesson, y, used, is_share, ROUNDS if learner == TERMS else 0)


@cache
def _linear_algebra() -> ThreadpoolController:
    """Matrices are small here: several threads on one wait for each other, on a busy machine ten times as long as one takes,
    and add up in another order from run to run.
    """
    found: ThreadpoolController = ThreadpoolController().select(user_api="blas")
    return found


def _mean(lesson: Lesson, y: Floats, used: Marks) -> Floats:
    folds = int(lesson.fold.max()) + 1
    count = np.bincount(lesson.fold[used], minlength=folds)
    total = np.bincount(lesson.fold[used], y[used], folds)
    found: Floats = ((total.sum() - total) / np.maximum(count.sum() - count, 1))[lesson.fold]
    return found


def _by_line(lesson: Lesson, y: Floats, used: Marks, is_share: bool, rounds: int) -> Floats:
    """A penalised line, or a logit of chances, with as many rounds of taking in terms as are wanted."""
    of_folds = (logits if is_share else lines)(lesson.standard, y, lesson.fold, used, lesson.penalty)
    expected = np.empty(len(y))
    for fold, beta in enumerate(of_folds.T):
        learns, x = used & (lesson.fold != fold), lesson.standard
        taken = np.zeros(0, np.int64)
        for _ in range(rounds):
            unexplained = learns * (y - _foretold(x, beta, is_share))
            asked = lesson.terms.asked_for(unexplained[lesson.terms.searched], taken)
            if len(asked) == len(taken):
                break
            x = np.hstack([lesson.standard, standard_columns(lesson.terms.columns(asked), learns)])
            start = np.concatenate([beta, np.zeros(len(asked) - len(taken))])
            beta = _one_model(x[learns], y[learns], lesson.penalty, start, is_share)
            taken = asked
        mine = lesson.fold == fold
        expected[mine] = _foretold(x[mine], beta, is_share)
    return expected


def _foretold(x: Floats, beta: Floats, is_share: bool) -> Floats:
    return chances(x, beta) if is_share else x @ beta


def _one_model(x: Floats, y: Floats, penalty: float, start: Floats, is_share: bool) -> Floats:
    return logit(x, y, penalty, start) if is_share else line(x, y, penalty)


def _boosted(lesson: Lesson, y: Floats, used: Marks, is_share: bool) -> Floats:
    from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor

    facts = lesson.standard[:, 1:]
    expected = _mean(lesson, y, used)
    # Set here, since for trees a limit holds only in the thread that sets it, not in the workers of whoever set it.
    with threadpool_limits(1, user_api="openmp"):
        for fold in range(int(lesson.fold.max()) + 1):
            learns, asked = used & (lesson.fold != fold), lesson.fold == fold
            if facts.shape[1] == 0 or y[learns].min() == y[learns].max():
                continue
            model = (HistGradientBoostingClassifier if is_share else HistGradientBoostingRegressor)(
                max_iter=TREES,
                max_leaf_nodes=LEAVES,
                min_samples_leaf=FEWEST_IN_LEAF,
                learning_rate=LEARNING_RATE,
                early_stopping=False,
                random_state=int(mixed(np.array([fold]), lesson.seed)[0] % 2**31),
            ).fit(facts[learns], y[learns])
            expected[asked] = model.predict_proba(facts[asked])[:, 1] if is_share else model.predict(facts[asked])
    return expected
