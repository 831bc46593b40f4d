from __future__ import annotations

import numpy as np
import pytest
from scipy.special import expit

from touchline.formulas.cannot_say import CannotSay
from touchline.formulas.effects.learners import PLAIN
from touchline.formulas.effects.score_slope import ScoreSlope, Slope, score_slope

FACTS = 20


def published_design(chance: np.random.Generator, people: int = 1000) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Score, outcome and facts of Chernozhukov et al. 2018 as DoubleML draws them: one point of score is worth 0.5."""
    apart = np.abs(np.arange(FACTS)[:, None] - np.arange(FACTS))
    facts = chance.multivariate_normal(np.zeros(FACTS), 0.7**apart, people, method="cholesky")
    score = facts[:, 0] + 0.25 * expit(facts[:, 2]) + chance.normal(size=people)
    return score, 0.5 * score + expit(facts[:, 0]) + 0.25 * facts[:, 2] + chance.normal(size=people), facts


def slope_of(score: np.ndarray, outcome: np.ndarray, facts: np.ndarray) -> ScoreSlope:
    found = score_slope(score, outcome, np.arange(len(score)), facts, PLAIN)
    assert isinstance(found, ScoreSlope)
    return found


@pytest.mark.parametrize("draws", [40, pytest.param(400, marks=pytest.mark.verify)])
def test_the_published_design_is_found_again(draws: int) -> None:
    """The same design gives .502 on average, intervals that hold in nine of ten, and .667 without adjusting."""
    chance = np.random.default_rng(2018)
    worlds = [published_design(chance) for _ in range(draws)]
    found = [slope_of(*world).whole for world in worlds]

    assert np.mean([one.value for one in found]) == pytest.approx(0.5, abs=0.02)
    assert np.mean([one.low <= 0.5 <= one.high for one in found]) >= 0.9
    plain = [np.polyfit(score, outcome, 1)[0] for score, outcome, _ in worlds]
    assert np.mean(plain) == pytest.approx(0.667, abs=0.01)


def test_bad_surprises_may_weigh_more_than_good_ones() -> None:
    chance = np.random.default_rng(1)
    facts = chance.normal(size=(4000, 3))
    score = facts[:, 0] + chance.normal(size=4000)
    outcome = 0.8 * np.minimum(score, 0) + facts[:, 0] + chance.normal(size=4000)

    found = slope_of(score, outcome, facts)

    assert isinstance(found.below, Slope)
    assert isinstance(found.above, Slope)
    assert found.below.low < 0.8 < found.below.high
    assert found.above.low < 0 < found.above.high
    assert found.below.value > found.whole.value > found.above.value
    assert (found.lowest, found.highest) == (score.min(), score.max())


def test_a_score_given_twice_is_no_second_customer() -> None:
    score, outcome, facts = published_design(np.random.default_rng(3))
    once = slope_of(score, outcome, facts)

    twice = score_slope(
        np.tile(score, 2), np.tile(outcome, 2), np.tile(np.arange(1000), 2), np.tile(facts, (2, 1)), PLAIN
    )

    assert isinstance(twice, ScoreSlope)
    assert twice.whole.value == pytest.approx(once.whole.value)
    assert twice.whole.error == pytest.approx(once.whole.error)


def test_what_cannot_be_said() -> None:
    score, outcome, facts = published_design(np.random.default_rng(4), people=400)
    customer = np.arange(400)
    reasons = [
        score_slope(score[:199], outcome[:199], customer[:199], facts[:199], PLAIN),
        score_slope(np.ones(400), outcome, customer, facts, PLAIN),
        score_slope(score, np.ones(400), customer, facts, PLAIN),
    ]

    assert [one.reason for one in reasons if isinstance(one, CannotSay)] == [
        "few-scores",
        "score-constant",
        "outcome-constant",
    ]
    mostly_five = np.where(customer < 80, score, 5.0)
    found = score_slope(mostly_five, outcome, customer, facts, PLAIN)
    assert isinstance(found, ScoreSlope)
    assert isinstance(found.above, CannotSay)
