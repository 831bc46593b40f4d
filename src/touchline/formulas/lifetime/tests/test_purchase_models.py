from __future__ import annotations

from math import exp

import numpy as np
import pytest
from scipy.stats import beta, gamma

from touchline.formulas.lifetime.beta_geometric import BetaGeometric
from touchline.formulas.lifetime.histories import Histories, histories
from touchline.formulas.lifetime.pareto import Pareto

BG = BetaGeometric(0.243, 4.414, 0.793, 2.426, leaves_at_first=False)  # CDNOW, Fader, Hardie & Lee 2005
MBG = BetaGeometric(0.525, 6.183, 0.891, 1.614)
PARETO = Pareto(0.553, 10.578, 0.606, 11.668)


def one(repeats: float, last: float, age: float) -> Histories:
    return Histories(np.array([repeats]), np.array([last]), np.array([age]))


def test_purchases_become_histories():
    # Customer 7 buys on days 0, 14 (twice) and 70; customer 8 on day 63 only; customer 9 after the end. The end is day 70.
    who, found = histories(np.array([7, 7, 7, 8, 7, 9]), np.array([14, 0, 14, 63, 70, 71]), until=70)

    assert who.tolist() == [7, 8]
    assert (found.repeats.tolist(), found.last.tolist(), found.age.tolist()) == ([2, 0], [10, 0], [10, 1])


def test_the_expectation_of_the_published_example():
    assert BG.expected(one(2, 30.43, 38.86), 39)[0] == pytest.approx(1.226, abs=5e-4)


def test_one_time_buyers_stay_for_ever_in_the_one_model_and_leave_in_the_other():
    assert BG.alive(one(0, 0, 500))[0] == 1
    assert MBG.alive(one(0, 0, 500))[0] < 0.2
    assert MBG.alive(one(0, 0, 0))[0] == pytest.approx(1.614 / (0.891 + 1.614))  # who did not leave at once


@pytest.mark.parametrize("model", [BG, MBG])
@pytest.mark.parametrize("history", [(0, 0, 20), (2, 30.43, 38.86), (5, 10, 39)])
def test_the_likelihood_is_that_of_a_customer_averaged_over_all_rates_and_chances_to_leave(model, history):
    # One customer: x purchases at rate l; stays at each of the k occasions to leave before now with 1 − p, so
    # l^x e^(−lT) (1 − p)^k, or left at the last one, l^x e^(−l·last) p (1 − p)^(k − 1).
    x, last, age = history
    occasions = x + model.leaves_at_first
    middles = (np.arange(100_000) + 0.5) / 100_000
    rate, p = gamma.ppf(middles, model.r, scale=1 / model.alpha), beta.ppf(middles, model.a, model.b)

    stayed = (rate**x * np.exp(-rate * age)).mean() * ((1 - p) ** occasions).mean()
    left = (rate**x * np.exp(-rate * last)).mean() * (p * (1 - p) ** (occasions - 1)).mean() if occasions else 0.0

    assert exp(model.log_likelihood(one(*history))[0]) == pytest.approx(stayed + left, rel=2e-3)


def bought_by_simulation(model: BetaGeometric, age: float, ahead: float, n: int) -> tuple[np.ndarray, np.ndarray]:
    """Simulated customers: whether each bought once only until `age`, and how often in the time ahead."""
    random = np.random.default_rng(3)
    rate, leaving = random.gamma(model.r, 1 / model.alpha, n), random.beta(model.a, model.b, n)
    here = random.random(n) >= leaving if model.leaves_at_first else np.ones(n, bool)
    time, until_now, later = np.zeros(n), np.zeros(n, int), np.zeros(n, int)
    while here.any():
        time = time + random.exponential(1 / np.maximum(rate, 1e-12))
        here = here & (time < age + ahead)
        until_now += here & (time < age)
        later += here & (time >= age)
        here = here & (random.random(n) >= leaving)
    return until_now == 0, later


@pytest.mark.parametrize("model", [BG, MBG])
def test_expected_purchases_are_those_of_simulated_customers(model):
    once, later = bought_by_simulation(model, 20, 52, 60_000)

    error = later[once].std() / np.sqrt(once.sum())
    assert model.expected(one(0, 0, 20), 52)[0] == pytest.approx(later[once].mean(), abs=4 * error)


def test_pareto_is_right_on_both_sides_of_equal_scales():
    # The formula changes form where beta passes alpha; its values do not.
    history = one(2, 30.43, 38.86)
    below, above = Pareto(0.55, 10.0, 0.6, 9.9999), Pareto(0.55, 10.0, 0.6, 10.0001)

    for ask in (lambda m: m.log_likelihood(history), lambda m: m.alive(history), lambda m: m.expected(history, 39)):
        assert ask(below)[0] == pytest.approx(ask(above)[0], rel=1e-4)
    assert Pareto(0.55, 10, 1.0, 12).expected(history, 39)[0] == pytest.approx(
        Pareto(0.55, 10, 1.00001, 12).expected(history, 39)[0], rel=1e-3
    )


def test_pareto_counts_leaving_at_any_time():
    # With s and beta huge everybody leaves at the rate s / beta = .05 a week; with r and alpha huge all buy at .1 a week.
    # Alive after 10 silent weeks since the last purchase: 1 / (1 + .05/.15 (e^(.15·10) − 1)).
    model = Pareto(2e4, 2e5, 1e4, 2e5)

    assert model.alive(one(3, 20, 30))[0] == pytest.approx(1 / (1 + (exp(1.5) - 1) / 3), rel=1e-2)


def test_extreme_customers_still_have_numbers():
    extreme = Histories(np.array([500.0, 0, 300]), np.array([100.0, 0, 1]), np.array([100.0, 5000, 3000]))

    for model in (BG, MBG, PARETO):
        for found in (model.log_likelihood(extreme), model.alive(extreme), model.expected(extreme, 104)):
            assert np.isfinite(found).all()
        assert model.alive(extreme)[0] > 0.9
        assert model.alive(extreme)[2] < 1e-6
