import numpy as np
import pytest
from scipy import stats

from touchline.formulas.cannot_say import CannotSay
from touchline.formulas.experiments.cuped import adjusted, cuped
from touchline.formulas.experiments.difference import arm_of_share, difference, difference_of_arms, fixed_horizon
from touchline.formulas.experiments.ratio_of_means import ratio_difference
from touchline.formulas.experiments.winsorised import winsorised


def drawn(seed, n, slope):
    """One number from before, one outcome that follows it; arms by coin; no effect."""
    random = np.random.default_rng(seed)
    before = random.gamma(2.0, 10.0, n)
    outcome = slope * before + random.normal(0, 14.14, n)
    treated = random.random(n) < 0.5
    return outcome[~treated], outcome[treated], before[~treated], before[treated]


def test_the_fixed_interval_is_welchs():
    control, treated = np.array([2.0, 4, 4, 5, 7, 9]), np.array([6.0, 8, 3, 12, 9])

    found = difference(control, treated)
    interval = fixed_horizon(found)

    oracle = stats.ttest_ind(treated, control, equal_var=False)
    assert found.difference == pytest.approx(7.6 - 31 / 6)
    assert interval.p == pytest.approx(oracle.pvalue)
    assert (interval.low, interval.high) == pytest.approx(tuple(oracle.confidence_interval()))


def test_a_counted_share_is_the_mean_of_zeros_and_ones():
    control, treated = np.repeat([1.0, 0.0], [10, 90]), np.repeat([1.0, 0.0], [30, 70])

    counted = difference_of_arms(arm_of_share(10, 100), arm_of_share(30, 100))
    summed = difference(control, treated)

    assert counted.difference == pytest.approx(0.2)
    assert counted.standard_error == pytest.approx(summed.standard_error)


def test_cuped_leaves_one_minus_rho_squared_of_the_variance():
    control, treated, control_before, treated_before = drawn(7, 40_000, slope=1.0)

    found = cuped(control, treated, control_before, treated_before)

    rho = np.corrcoef(np.r_[control_before, treated_before], np.r_[control, treated])[0, 1]
    assert rho**2 == pytest.approx(0.5, abs=0.02)
    assert found.variance_kept == pytest.approx(1 - rho**2, abs=0.01)
    assert found.control.mean == pytest.approx(control.mean())


def test_one_covariate_gives_the_same_by_regression_as_by_cuped():
    arms = drawn(8, 20_000, slope=1.0)
    control, treated, control_before, treated_before = arms

    by_regression = adjusted(control, treated, control_before[:, None], treated_before[:, None])
    by_cuped = cuped(*arms)

    assert by_regression.difference == pytest.approx(by_cuped.difference, abs=0.02)
    assert by_regression.standard_error == pytest.approx(by_cuped.standard_error, rel=0.01)


@pytest.mark.parametrize("seeds", [range(60), pytest.param(range(600), marks=pytest.mark.verify)])
def test_adjusting_with_interactions_keeps_its_promise_where_the_effect_differs(seeds):
    held = 0
    for seed in seeds:
        random = np.random.default_rng(seed)
        before = random.normal(0, 1, (600, 2))
        treated = random.random(600) < 0.3
        outcome = before @ [2.0, 1.0] + treated * (1.0 + before @ [1.5, 0.0]) + random.normal(0, 1, 600)
        interval = fixed_horizon(
            adjusted(outcome[~treated], outcome[treated], before[~treated], before[treated]), confidence=0.95
        )
        held += interval.low <= 1.0 <= interval.high
    assert held / len(seeds) >= stats.binom.ppf(0.005, len(seeds), 0.95) / len(seeds)


def test_what_says_nothing_about_the_outcome_leaves_the_difference_as_it_is():
    control, treated, *_ = drawn(9, 200, slope=0.0)

    plain = difference(control, treated)

    assert cuped(control, treated, np.ones_like(control), np.ones_like(treated)) == plain
    assert adjusted(control, treated, np.ones((control.size, 2)), np.ones((treated.size, 2))) == plain
    assert adjusted(control, treated, np.zeros((control.size, 0)), np.zeros((treated.size, 0))) == plain


def test_a_ratio_of_revenue_per_order_by_the_delta_method():
    revenue, orders = np.array([10.0, 40, 0, 30, 20, 60]), np.array([1.0, 2, 0, 1, 1, 3])
    doubled = difference_at = ratio_difference(revenue, orders, 2 * revenue, orders)

    linear = (revenue - 20 * orders) / orders.mean()
    assert doubled.control.mean == 20.0
    assert doubled.difference == 20.0
    assert difference_at.control.variance == pytest.approx(linear.var(ddof=1))
    assert difference_at.treated.variance == pytest.approx(4 * linear.var(ddof=1))


def test_one_enormous_order_counts_as_the_cap_of_both_arms():
    control, treated = np.arange(1.0, 1001.0), np.r_[np.arange(1.0, 1000.0), 1e6]

    capped_control, capped_treated, cap = winsorised(control, treated)

    assert cap == 999.0
    assert capped_control.max() == capped_treated.max() == 999.0
    assert control.max() == 1000.0


@pytest.mark.parametrize(
    ("control", "treated", "reason"),
    [
        ([], [], "too-few-customers"),
        ([1.0], [2.0] * 50, "too-few-customers"),
        ([0.0] * 50, [0.0] * 50, "nothing-varies"),
        ([1.0] * 50, [1.0] * 50, "nothing-varies"),
    ],
)
def test_too_little_to_compare_is_said_in_a_sentence(control, treated, reason):
    control, treated = np.array(control), np.array(treated)

    for found in (
        difference(control, treated),
        cuped(control, treated, control, treated),
        adjusted(control, treated, control[:, None], treated[:, None]),
    ):
        assert isinstance(found, CannotSay)
        assert found.reason == reason


def test_a_ratio_without_anything_to_divide_by_is_refused():
    nothing = np.zeros(50)

    assert ratio_difference(nothing, nothing, nothing, nothing).reason == "too-few-counted"
