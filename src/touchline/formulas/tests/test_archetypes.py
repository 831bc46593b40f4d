"""Mixtures of Markov chains, how far two groupings agree, and means of answers by people who gave several."""

from __future__ import annotations

from math import log

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from touchline.formulas.agreement import adjusted_rand
from touchline.formulas.archetypes import choose, crossed, fixed, stability
from touchline.formulas.clustered_mean import PeopleSums, clustered_mean
from touchline.formulas.markov_mixture import bic, merged, mixture, pooled, ways_of
from touchline.formulas.mean import Sample, mean

FORWARD, BACK = 0, 1


def circle(rng: np.random.Generator, people: int, states: int = 6, steps: int = 12):
    """People who walk round a circle, 60 % forward and 40 % back, one step in five at random: their ways, their kinds."""
    kinds = rng.choice(2, people, p=[0.6, 0.4])
    counts = np.zeros((people, states * states))
    for person, kind in enumerate(kinds):
        at = rng.integers(states)
        for _ in range(steps):
            ahead = (at + (1 if kind == FORWARD else -1)) % states
            to = ahead if rng.random() < 0.8 else rng.integers(states)
            counts[person, at * states + to] += 1
            at = to
    occurs = counts.sum(axis=0) > 0
    leaves = np.repeat(np.arange(states), states)[occurs]
    return ways_of(csr_matrix(counts[:, occurs]), leaves, np.ones(people, np.int64)), kinds


@pytest.fixture(scope="module")
def walkers():
    return circle(np.random.default_rng(4), 400)


def test_two_kinds_of_walkers_are_told_apart(walkers):
    ways, kinds = walkers
    chosen = choose(ways, 4)

    assert chosen.mixture.kinds == 2
    assert chosen.mixture.shares == pytest.approx([1 - kinds.mean(), kinds.mean()], abs=0.01)
    assert adjusted_rand(crossed(chosen.mixture.kind_of(ways), kinds, ways.people, 2)) >= 0.95
    assert [each.kinds for each in chosen.tried] == [1, 2, 3, 4]
    assert chosen.tried[1].is_stable


def test_the_same_people_give_the_same_kinds_to_the_last_digit(walkers):
    ways, _ = walkers
    first, again = mixture(ways, 3), mixture(ways, 3)
    assert first.log_likelihood == again.log_likelihood
    assert first.log_chances.tolist() == again.log_chances.tolist()


def test_kinds_nobody_planted_do_not_come_back(walkers):
    ways, _ = walkers
    found = fixed(ways, 6)
    assert found.mixture.kinds == 6
    assert found.tried[0].agreement < 0.8
    assert not found.tried[0].is_stable


def test_one_kind_is_everybodys_chain():
    counts = csr_matrix(np.array([[1.0, 0.0, 1.0], [0.0, 1.0, 2.0]]))
    ways = ways_of(counts, np.array([5, 5, 9]), np.array([30, 10]))  # rare ones, below 20 in all, are told together
    found = mixture(ways, 1)

    assert ways.n == 40
    assert ways.leaves.tolist() == [0, 1, 0]  # state 5's common one, state 9's, state 5's rare ones
    assert pooled(ways).tolist() == [0.75, 1.0, 0.25]
    assert found.log_likelihood == pytest.approx(30 * log(0.75) + 10 * log(0.25))
    assert found.bic == pytest.approx(bic(found.log_likelihood, 1, 1, 40))


def test_more_kinds_never_fit_worse_and_cost_more(walkers):
    ways, _ = walkers
    fits = [mixture(ways, kinds) for kinds in (1, 2, 3)]
    assert fits[0].log_likelihood < fits[1].log_likelihood < fits[2].log_likelihood
    assert fits[1].bic < fits[2].bic


def test_of_three_kinds_the_two_that_are_alike_become_one(walkers):
    ways, _ = walkers
    two = mixture(ways, 2)
    larger, smaller = two.shares
    alike = np.array([larger * 0.7, smaller, larger * 0.3]), two.log_chances[:, [0, 1, 0]]

    shares, log_chances = merged(ways, *alike, pooled(ways))

    assert shares == pytest.approx([larger, smaller], abs=0.001)
    assert log_chances == pytest.approx(two.log_chances, abs=0.05)


def test_stability_is_high_where_kinds_are_there(walkers):
    ways, _ = walkers
    assert stability(ways, mixture(ways, 2), draws=3) > 0.9


@pytest.mark.parametrize(
    ("counts", "index"),
    [
        ([[5, 0], [0, 5]], 1.0),
        ([[0, 5], [5, 0]], 1.0),
        ([[1, 1], [1, 1]], -0.5),  # pairs together in both: 0; in rows 2, in columns 2, of 6: (0 − 2/3) / (2 − 2/3)
        ([[3, 1], [1, 3]], 1 / 8),  # 6; 12 and 12 of 28: (6 − 36/7) / (12 − 36/7)
        ([[7]], 1.0),
    ],
)
def test_agreement_by_hand(counts, index):
    assert adjusted_rand(counts) == pytest.approx(index)


def people_sums(people: list[list[float]]) -> PeopleSums:
    pairs = [(len(given), sum(given)) for given in people if given]
    return PeopleSums(
        len(pairs),
        sum(n for n, _ in pairs),
        sum(total for _, total in pairs),
        sum(n * n for n, _ in pairs),
        sum(n * total for n, total in pairs),
        sum(total * total for _, total in pairs),
    )


def test_the_mean_of_one_answer_each_is_the_plain_one():
    answers = [10.0, -20.0, 40.0, 0.0, 70.0, 20.0]
    plain = mean(Sample(6, sum(answers), sum(each * each for each in answers)), -100, 100)
    found = clustered_mean(people_sums([[each] for each in answers]), -100, 100)
    assert (found.value, found.low, found.high) == pytest.approx((plain.value, plain.low, plain.high))


def test_saying_it_twice_makes_nobody_surer():
    answers = [10.0, -20.0, 40.0, 0.0, 70.0, 20.0]
    once = clustered_mean(people_sums([[each] for each in answers]), -100, 100)
    twice = clustered_mean(people_sums([[each, each] for each in answers]), -100, 100)
    assert (twice.low, twice.high) == pytest.approx((once.low, once.high))
    assert twice.answers == 12
    assert clustered_mean(people_sums([[1.0] * 9] * 4), -100, 100).value is None
