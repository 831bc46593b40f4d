"""Beside tea-tasting, a library for A/B tests: the same data, the same figures."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
import tea_tasting

from touchline.formulas.experiments.cuped import cuped
from touchline.formulas.experiments.difference import difference, fixed_horizon
from touchline.formulas.experiments.power import customers_for_means
from touchline.formulas.experiments.ratio_of_means import ratio_difference
from touchline.formulas.experiments.sample_ratio import sample_ratio


@pytest.fixture(scope="module")
def shop():
    """3,000 customers: what they spent before and since, and their orders."""
    random = np.random.default_rng(11)
    variant = (random.random(3_000) < 0.4).astype(int)
    before = random.gamma(2.0, 10.0, 3_000)
    orders = random.poisson(1.2, 3_000).astype(float)
    revenue = 0.5 * before + orders * random.gamma(3.0, 8.0, 3_000) * (1 + 0.1 * variant)
    return {"variant": variant, "before": before, "orders": orders, "revenue": revenue}


def theirs(shop, metric):
    return tea_tasting.Experiment(it=metric).analyze(pa.table(shop))["it"]


def arms(shop, name):
    return shop[name][shop["variant"] == 0], shop[name][shop["variant"] == 1]


def assert_same(ours, oracle, rel=1e-9):
    fixed = fixed_horizon(ours)
    assert ours.difference == pytest.approx(oracle.effect_size, rel=rel)
    assert (fixed.low, fixed.high) == pytest.approx((oracle.effect_size_ci_lower, oracle.effect_size_ci_upper), rel=rel)
    assert fixed.p == pytest.approx(oracle.pvalue, rel=rel)


def test_the_mean(shop):
    assert_same(difference(*arms(shop, "revenue")), theirs(shop, tea_tasting.Mean("revenue")))


def test_the_mean_narrowed_by_what_was_before(shop):
    ours = cuped(*arms(shop, "revenue"), *arms(shop, "before"))

    assert_same(
        ours, theirs(shop, tea_tasting.Mean("revenue", "before")), rel=0.01
    )  # their slope is pooled within arms


def test_the_ratio(shop):
    control, treated = arms(shop, "revenue")
    control_of, treated_of = arms(shop, "orders")

    ours = ratio_difference(control, control_of, treated, treated_of)

    assert_same(ours, theirs(shop, tea_tasting.RatioOfMeans("revenue", "orders")), rel=1e-6)


def test_the_draw(shop):
    counts = [int((shop["variant"] == arm).sum()) for arm in (0, 1)]

    found = theirs(shop, tea_tasting.SampleRatio({0: 0.6, 1: 0.4}, method="norm", correction=False))

    assert sample_ratio(counts, [0.6, 0.4]).p == pytest.approx(found.pvalue, rel=1e-6)


def test_the_power(shop):
    spread, change = float(shop["revenue"].std(ddof=1)), 3.0
    metric = tea_tasting.Mean("revenue", effect_size=change, use_t=False, equal_var=True, power=0.8)
    (found,) = metric.solve_power(pa.table(shop), "n_obs")

    assert sum(customers_for_means(spread, change)) == pytest.approx(found.n_obs, rel=0.005)
