from __future__ import annotations

import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchline.formulas.cannot_say import CannotSay
from touchline.formulas.survival.kaplan_meier import mean_time, mean_time_difference, survival
from touchline.formulas.survival.log_rank import log_rank

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from lifelines import KaplanMeierFitter
    from lifelines.statistics import multivariate_logrank_test

# Weeks of remission, Freireich et al. 1963: 21 children on 6-MP (+ still in remission), 21 on placebo.
MP = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35]
MP_ENDED = [1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0]
PLACEBO = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]


def test_five_customers_by_hand():
    # Day 2: one of five ends, 4/5. Day 3: one is not followed any longer. Day 4: two of three end, 4/5 · 1/3.
    curve = survival([2, 3, 4, 4, 9], [True, False, True, True, False])

    assert curve.share == pytest.approx([4 / 5, 4 / 5, 4 / 15, 4 / 15])
    assert (curve.at_risk.tolist(), curve.n, curve.ended) == ([5, 4, 3, 1], 5, 3)
    assert curve.share_after(1)[0] == 1
    assert curve.share_after(3.5)[0] == pytest.approx(4 / 5)
    assert curve.share_after(10) is None
    assert curve.median == 4
    # Area up to day 6: 2 · 1 + 2 · 4/5 + 2 · 4/15.
    assert mean_time(curve, 6).value == pytest.approx(2 + 8 / 5 + 8 / 15)


def test_the_published_trial():
    treated, placebo = survival(MP, MP_ENDED), survival(PLACEBO, [True] * 21)
    test = log_rank(MP + PLACEBO, MP_ENDED + [1] * 21, ["6-MP"] * 21 + ["placebo"] * 21)

    assert (treated.median, placebo.median) == (23, 8)
    assert test.chi_square == pytest.approx(16.79, abs=5e-3)
    assert (test.degrees, test.p) == (1, pytest.approx(4.17e-5, rel=1e-2))
    assert treated.median_interval == (13, None)
    longer = mean_time_difference(treated, placebo)
    assert (longer.limit, longer.value) == (23, pytest.approx(9.24, abs=0.01))
    assert not longer.is_noise


def test_the_error_of_a_mean_time_without_anybody_lost_is_that_of_a_mean():
    # Placebo up to its last week: all ended, so the area is the mean and Klein & Moeschberger's variance Σ(x − x̄)²/n².
    found = mean_time(survival(PLACEBO, [True] * 21), 23)

    assert found.value == pytest.approx(np.mean(PLACEBO))
    assert found.standard_error == pytest.approx(np.std(PLACEBO) / np.sqrt(21))


def test_groups_that_are_alike_do_not_differ():
    same = survival(PLACEBO, [True] * 21)

    assert mean_time_difference(same, same).is_noise
    assert log_rank(PLACEBO * 2, [1] * 42, [0] * 21 + [1] * 21).chi_square == pytest.approx(0, abs=1e-12)


def test_what_the_data_do_not_reach_is_not_said():
    curve = survival(MP, MP_ENDED)

    assert mean_time(curve, 40) == CannotSay(
        "not-followed", "Nobody was followed for 40; the longest was followed for 35."
    )
    assert mean_time_difference(curve, survival(PLACEBO, [True] * 21), 36).reason == "not-followed"
    assert mean_time_difference(survival(PLACEBO, [True] * 21), curve, 36).reason == "not-followed"
    assert survival([3], [True]) == CannotSay("too-few", "1 was followed; a curve needs at least 5.")
    assert survival([], []).sentence == "0 were followed; a curve needs at least 5."
    assert log_rank([1, 2], [1, 1], [0, 0]).reason == "one-group"
    assert log_rank([1, 2], [0, 0], [0, 1]).reason == "nothing-ended"


def test_where_nobody_ends_the_curve_stays_at_one_and_where_all_do_it_ends_at_nothing():
    nobody, all_ = survival([5] * 6, [False] * 6), survival([5] * 6, [True] * 6)

    assert (nobody.share.tolist(), nobody.low.tolist(), nobody.median) == ([1], [1], None)
    assert (all_.share.tolist(), all_.high.tolist(), all_.median) == ([0], [0], 5)
    assert all_.share_after(100)[0] == 0


ROWS = st.lists(st.tuples(st.integers(1, 40), st.booleans(), st.sampled_from("abc")), min_size=8, max_size=50)


@given(ROWS.filter(lambda rows: any(ended for _, ended, _ in rows)))
def test_it_agrees_with_lifelines(rows):
    lasted, ended = [float(day) for day, _, _ in rows], [how for _, how, _ in rows]
    fitter = KaplanMeierFitter().fit(lasted, ended)

    curve = survival(lasted, ended)

    inner = (curve.share > 0) & (curve.share < 1)
    assert curve.share == pytest.approx(fitter.survival_function_.loc[curve.times].iloc[:, 0].to_numpy())
    band = fitter.confidence_interval_.loc[curve.times].to_numpy()
    assert curve.low[inner] == pytest.approx(band[inner, 0], abs=1e-4)  # 1.96 against 1.959964
    assert curve.high[inner] == pytest.approx(band[inner, 1], abs=1e-4)


@given(ROWS.filter(lambda rows: any(e for _, e, _ in rows) and len({g for _, _, g in rows}) == 3))
def test_the_test_of_several_groups_agrees_with_lifelines(rows):
    lasted, ended, group = (list(column) for column in zip(*rows, strict=True))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        expected = multivariate_logrank_test(lasted, group, ended)

    found = log_rank(lasted, ended, group)

    if np.isfinite(expected.test_statistic) and expected.test_statistic > 1e-9:
        assert found.chi_square == pytest.approx(expected.test_statistic, rel=1e-6)
