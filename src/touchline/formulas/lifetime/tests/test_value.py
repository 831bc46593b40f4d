from __future__ import annotations

import numpy as np
import pytest

from touchline.formulas.cannot_say import CannotSay
from touchline.formulas.lifetime.beta_geometric import BetaGeometric
from touchline.formulas.lifetime.contracts import ShiftedBetaGeometric, fit_contracts
from touchline.formulas.lifetime.fitting import Fitted
from touchline.formulas.lifetime.histories import Histories
from touchline.formulas.lifetime.kept import gained_purchases, kept_value
from touchline.formulas.lifetime.margin_value import WEEKS_A_YEAR, discounted_purchases, margin_value
from touchline.formulas.lifetime.spend import GammaGamma, GroupMeans, fit_spend

MBG = BetaGeometric(0.525, 6.183, 0.891, 1.614)
CUSTOMERS = Histories(np.array([0.0, 2, 10]), np.array([0.0, 30, 50]), np.array([20.0, 39, 52]))


def test_without_discount_it_is_what_is_expected_and_with_it_money_of_later_is_worth_less():
    plain = discounted_purchases(MBG, CUSTOMERS, 104, 0.0)

    assert plain == pytest.approx(MBG.expected(CUSTOMERS, 104))
    assert (discounted_purchases(MBG, CUSTOMERS, 104, 0.1) < plain).all()
    assert margin_value(plain, np.array([10.0, 20, 30]), 0.4) == pytest.approx(plain * [4, 8, 12])


def test_quarters_are_fine_enough():
    # By weeks instead: 104 expectations rather than 9.
    weeks = np.arange(0, 105)
    by_week = np.array([MBG.expected(CUSTOMERS, float(week)) for week in weeks])
    exact = (np.diff(by_week, axis=0) * 1.1 ** (-(weeks[:-1] + 0.5) / WEEKS_A_YEAR)[:, None]).sum(axis=0)

    assert discounted_purchases(MBG, CUSTOMERS, 104, 0.1) == pytest.approx(exact, rel=1e-3)


def test_who_buys_within_the_window_buys_so_much_more():
    # Simulated: customers who bought once, 20 weeks ago. Those who buy in the next 90 days against those who do not.
    random = np.random.default_rng(1)
    n, weeks = 150_000, 24 * WEEKS_A_YEAR / 12
    rate, leaving = random.gamma(MBG.r, 1 / MBG.alpha, n), random.beta(MBG.a, MBG.b, n)
    here, time = random.random(n) >= leaving, np.zeros(n)
    once, in_window, later = np.ones(n, bool), np.zeros(n, int), np.zeros(n, int)
    while here.any():
        time = time + random.exponential(1 / np.maximum(rate, 1e-12))
        here = here & (time < 20 + weeks)
        once &= ~(here & (time < 20))
        in_window += here & (time >= 20) & (time < 20 + 90 / 7)
        later += here & (time >= 20)
        here = here & (random.random(n) >= leaving)
    bought, did_not = later[once & (in_window > 0)], later[once & (in_window == 0)]

    gained = gained_purchases(MBG, Histories(np.array([0.0]), np.array([0.0]), np.array([20.0])), 90, 24, 0.0)[0]

    error = bought.std() / np.sqrt(len(bought))
    assert gained == pytest.approx(bought.mean() - did_not.mean(), abs=3 * error)
    assert gained > 1  # the purchase itself and what follows it


def test_a_window_as_long_as_the_horizon_counts_the_purchases_in_it():
    expected = MBG.expected(CUSTOMERS, 90 / 7)
    silence = np.exp(MBG.log_likelihood(CUSTOMERS.older(90 / 7)) - MBG.log_likelihood(CUSTOMERS))

    found = gained_purchases(MBG, CUSTOMERS, 90, 90 / 7 / (WEEKS_A_YEAR / 12), 0.0)

    assert found == pytest.approx(expected / (1 - silence))


def test_the_value_of_a_kept_customer_follows_margin_and_spend():
    fitted = Fitted("mbg", (0.525, 6.183, 0.891, 1.614), 0.01 * np.eye(4), 0.0, 3)
    spend = np.array([50.0, 50, 50])

    found = kept_value(fitted, CUSTOMERS, spend, 0.4, 90, 24, 0.1)
    double = kept_value(fitted, CUSTOMERS, spend, 0.8, 90, 24, 0.1)

    assert np.median(found) == pytest.approx(
        float((gained_purchases(MBG, CUSTOMERS, 90, 24, 0.1) * 20).mean()), rel=5e-3
    )
    assert double == pytest.approx(2 * found)
    assert found.std() > 0


def test_few_purchases_are_drawn_towards_everybodys_mean():
    # p = 6, q = 4, v = 15: everybody's mean is 6·15/3 = 30. One purchase of 60: 6·(15 + 60)/(6 + 3) = 50; ten: 57.14.
    model = GammaGamma(6, 4, 15)

    assert model.expected(np.array([0, 1, 10]), np.array([np.nan, 60, 60])) == pytest.approx([30, 50, 3690 / 63])


def test_planted_spending_is_found():
    random = np.random.default_rng(4)
    purchases = random.integers(1, 8, 2000).astype(float)
    scale = random.gamma(4, 1 / 15, 2000)
    mean = random.gamma(6 * purchases, 1 / (scale * purchases))

    found = fit_spend(purchases, mean)

    assert isinstance(found.model, GammaGamma)
    assert found.model.expected(np.array([0.0]), np.array([0.0]))[0] == pytest.approx(30, rel=0.05)
    assert found.sentence.startswith("Amounts by the Gamma-Gamma model (correlation with frequency ")


def test_where_frequent_buyers_spend_more_means_of_their_likes_stand_in():
    # One purchase: 10; two: 20; three to five: 40; six and more: 90.
    purchases = np.array([1.0, 2, 4, 7] * 10)
    mean = np.array([10.0, 20, 40, 90] * 10)

    found = fit_spend(purchases, mean)

    assert found.model == GroupMeans((10, 20, 40, 90))
    assert found.model.expected(np.array([1.0, 3, 6]), np.zeros(3)).tolist() == [10, 40, 90]
    assert "goes with how often they buy (correlation 0.99)" in found.sentence


def test_spending_that_never_varies_needs_no_model():
    found = fit_spend(np.array([1.0, 2] * 20), np.full(40, 25.0))

    assert found.model.expected(np.array([1.0]), np.array([25.0]))[0] == pytest.approx(25)
    assert fit_spend(np.ones(29), np.full(29, 25.0)) == CannotSay(
        "too-few-amounts",
        "Amounts are known of the orders of 29 customers; what an order will come to can be said from 30 customers on.",
    )


@pytest.mark.parametrize(
    ("survivors", "alpha", "beta"),
    [
        ([1000, 869, 743, 653, 593, 551, 517, 491], 0.668, 3.806),  # High End, Fader & Hardie 2007, table 1
        ([1000, 631, 468, 382, 326, 289, 262, 241], 0.704, 1.182),  # Regular
    ],
)
def test_the_published_cohorts(survivors, alpha, beta):
    found = fit_contracts(survivors)

    assert (found.alpha, found.beta) == pytest.approx((alpha, beta), abs=5e-4)


def test_retention_rises_with_age_though_nobody_changes():
    # alpha 1, beta 1: renewals 1/2, 2/3, 3/4; still there 1/2, 1/3, 1/4.
    model = ShiftedBetaGeometric(1, 1)

    assert model.retention(3) == pytest.approx([1 / 2, 2 / 3, 3 / 4])
    assert model.survival(3) == pytest.approx([1, 1 / 2, 1 / 3, 1 / 4])
    assert model.residual(0, 2, 0.0) == pytest.approx(1 / 2 + 1 / 3)
    assert model.residual(1, 2, 0.25) == pytest.approx((2 / 3) / 1.25 + (2 / 3) * (3 / 4) / 1.25**2)


def test_cohorts_that_say_nothing_give_a_sentence():
    assert fit_contracts([100, 90]).reason == "too-few-renewals"
    assert fit_contracts([29, 20, 10]).reason == "too-few-contracts"
    assert fit_contracts([100, 90, 95]).reason == "too-few-contracts"
    assert fit_contracts([100, 100, 100]) == CannotSay(
        "nobody-left", "Nobody of this cohort has left yet, so nothing can be said about who will."
    )
