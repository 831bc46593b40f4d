from __future__ import annotations

import numpy as np
import pytest

from touchline.formulas.effects.learners import BOOSTED, PLAIN, TERMS, Learner, Lesson, learn
from touchline.formulas.effects.terms import Terms
from touchline.formulas.effects.visit_effect import standardised


def facts_of(visits: int, seed: int = 1) -> np.ndarray:
    """Ones, tenure, novice and mobile, standardised."""
    chance = np.random.default_rng(seed)
    return standardised(
        np.column_stack([chance.normal(size=visits), chance.random(visits) < 0.3, chance.random(visits) < 0.6])
    )


def test_steps_at_tenths_of_what_has_more_than_two_values_and_every_pair() -> None:
    terms = Terms(facts_of(1000))

    columns, heights = terms.steps
    assert columns.tolist() == [1] * 9
    assert [np.mean(terms.standard[:, 1] <= height) for height in heights] == pytest.approx(
        [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9], abs=0.002
    )
    assert [pair.tolist() for pair in terms.pairs] == [[1, 1, 2], [2, 3, 3]]


def test_a_pair_that_never_occurs_together_says_nothing_new() -> None:
    kind = np.arange(600) % 3
    terms = Terms(standardised(np.column_stack([kind == 0, kind == 1])))

    assert not terms.beyond.any()


def test_what_is_unexplained_asks_for_the_term_it_goes_along_with() -> None:
    terms = Terms(facts_of(3000))
    noise = np.random.default_rng(2).normal(size=3000)
    nothing = np.zeros(0, np.int64)

    assert len(terms.asked_for(noise, nothing)) == 0
    assert len(terms.asked_for(noise * 0, nothing)) == 0
    pair = 9 + 2
    asked = terms.asked_for(noise + 0.3 * terms.beyond[pair], nothing)
    assert asked.tolist() == [pair]
    assert terms.asked_for(noise + 0.3 * terms.beyond[pair], asked).tolist() == [pair]


@pytest.mark.parametrize(("learner", "learns_them"), [(PLAIN, False), (TERMS, True), (BOOSTED, True)])
def test_thresholds_and_pairs_are_learned(learner: Learner, learns_them: bool) -> None:
    """A chance of .7 where tenure is above one and the novice is on a phone, of .2 elsewhere."""
    x = facts_of(12_000)
    together = (x[:, 2] > 0) & (x[:, 3] > 0)
    truth = 0.2 + 0.4 * together + 0.1 * (x[:, 1] > 1)
    y = (np.random.default_rng(3).random(12_000) < truth).astype(float)
    lesson = Lesson(x, np.arange(12_000) % 5, penalty=1.0, seed=1)

    foretold = learn(lesson, y, np.ones(12_000, bool), learner)

    assert (np.sqrt(np.mean((foretold - truth) ** 2)) < 0.05) == learns_them


def test_nobody_is_judged_by_a_model_that_saw_them() -> None:
    """What one fold answered changes what is foretold for the others, never for itself."""
    x = facts_of(2000)
    fold = np.arange(2000) % 5
    y = (np.random.default_rng(4).random(2000) < 0.4).astype(float)
    other = np.where(fold == 2, 1 - y, y)
    lesson = Lesson(x, fold, penalty=1.0, seed=1)
    everybody = np.ones(2000, bool)

    for learner in (PLAIN, TERMS, BOOSTED):
        first, second = (learn(lesson, each, everybody, learner) for each in (y, other))
        assert first[fold == 2] == pytest.approx(second[fold == 2], abs=1e-7)
        assert np.abs(first[fold != 2] - second[fold != 2]).max() > 0.01
