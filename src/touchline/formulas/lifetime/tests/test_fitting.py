from __future__ import annotations

import numpy as np
import pytest

from touchline.formulas.cannot_say import CannotSay
from touchline.formulas.lifetime.back_test import back_test
from touchline.formulas.lifetime.beta_geometric import BetaGeometric
from touchline.formulas.lifetime.fitting import MODELS, fit
from touchline.formulas.lifetime.histories import Histories, histories

PLANTED = {"r": 0.8, "alpha": 8.0, "a": 0.6, "b": 2.0}


def shop(seed: int = 1, customers: int = 3000, days: int = 728, **planted: float) -> tuple[np.ndarray, np.ndarray]:
    """Purchases (customer, day) of a shop whose customers buy and leave as the MBG/NBD says; they come over a year."""
    p = {**PLANTED, **planted}
    random = np.random.default_rng(seed)
    rate, leaving = random.gamma(p["r"], 1 / p["alpha"], customers) / 7, random.beta(p["a"], p["b"], customers)
    day = random.uniform(0, 364, customers)
    who, when, here = [np.arange(customers)], [day], random.random(customers) >= leaving
    while here.any():
        day = day + random.exponential(1 / np.maximum(rate, 1e-12))
        here = here & (day < days)
        who.append(np.flatnonzero(here))
        when.append(day[here])
        here = here & (random.random(customers) >= leaving)
    return np.concatenate(who), np.floor(np.concatenate(when)).astype(np.int64)


def test_planted_parameters_lie_within_their_errors():
    customer, day = shop()

    found = fit("mbg", histories(customer, day, 727)[1])

    errors = np.sqrt(np.diag(found.covariance))
    assert (np.abs(np.log(found.parameters) - np.log(list(PLANTED.values()))) < 3 * errors).all()
    assert (errors < 0.5).all()


@pytest.mark.parametrize("kind", MODELS)
def test_every_model_forecasts_the_held_out_third(kind):
    customer, day = shop(customers=1200)

    found = back_test(kind, customer, day, 727)

    assert found.held_out_weeks == pytest.approx(728 / 3 / 7, abs=0.2)
    assert found.actual == sum(each.actual for each in found.tenths)
    assert found.forecast == pytest.approx(sum(each.forecast for each in found.tenths))
    assert 0.8 < found.ratio < 1.25
    assert found.tenths[0].forecast > found.tenths[-1].forecast
    assert found.sentence.startswith("Tried on the last 35 weeks: ")


def test_the_back_tests_interval_holds_the_truth_and_no_customer_of_later_counts():
    # Customer 3001 comes after the cut, so nothing was forecast of them.
    customer, day = shop()
    late = (np.append(customer, [3001] * 50), np.append(day, np.arange(600, 650)))

    found, with_late = back_test("mbg", customer, day, 727), back_test("mbg", *late, 727)

    assert found.low < 1 < found.high
    assert (with_late.actual, with_late.forecast) == (found.actual, found.forecast)


def test_a_figures_draws_have_the_error_of_a_bootstrap():
    customer, day = shop(customers=500)
    everybody = histories(customer, day, 727)[1]
    one = Histories(np.array([2.0]), np.array([40.0]), np.array([60.0]))
    random = np.random.default_rng(2)

    drawn = fit("mbg", everybody).drawn(lambda model: float(model.expected(one, 52)[0]), "any")
    again = [
        float(fit("mbg", everybody.of(random.integers(0, 500, 500))).model.expected(one, 52)[0]) for _ in range(12)
    ]

    assert np.std(drawn) == pytest.approx(np.std(again), rel=0.6)
    assert drawn.min() > 0


@pytest.mark.verify
def test_eighty_percent_intervals_of_a_forecast_cover_what_the_planted_shop_expects():
    truth = BetaGeometric(*PLANTED.values())
    covered = []
    for seed in range(150):
        customer, day = shop(seed, customers=600)
        everybody = histories(customer, day, 727)[1]

        def total(model, everybody=everybody):
            return float(model.expected(everybody, 52).sum())

        low, high = np.quantile(fit("mbg", everybody).drawn(total, "any"), (0.1, 0.9))
        covered.append(low < total(truth) < high)

    assert 0.71 < np.mean(covered) < 0.89


def test_customers_who_are_all_alike_still_give_a_forecast():
    # Everybody buys every 28 days and nobody leaves: parameters run to their bounds, the forecast does not.
    customer, day = np.repeat(np.arange(60), 13), np.tile(np.arange(13) * 28, 60)
    found = fit("mbg", histories(customer, day, 364)[1])

    assert found.model.expected(Histories(np.array([12.0]), np.array([48.0]), np.array([52.0])), 52)[
        0
    ] == pytest.approx(12, rel=0.15)
    assert np.isfinite(found.covariance).all()


def test_too_few_repeat_buyers_give_a_sentence():
    nobody = np.array([], dtype=np.int64)
    once = np.arange(200), np.zeros(200, dtype=np.int64)

    assert fit("mbg", histories(*once, 100)[1]) == CannotSay(
        "too-few-repeat-buyers",
        "0 of 200 customers bought again; what customers will buy can be forecast from 30 such customers on.",
    )
    assert back_test("mbg", *once, 100).reason == "no-back-test"
    assert back_test("mbg", nobody, nobody, 100).sentence == (
        "There are no orders, so a forecast cannot be tried on any."
    )
