"""Twenty looks at experiments that change nothing, and at experiments that change something."""

import numpy as np
import pytest
from scipy import stats

from touchline.formulas.cannot_say import CannotSay
from touchline.formulas.experiments.confidence_sequence import any_time_valid, errors_wide
from touchline.formulas.experiments.difference import arm_of_share, difference_of_arms, fixed_horizon

LOOKS, PLANNED = 20, 10_000


def ended(seed, control_share, treated_share):
    """Whether one experiment of 10,000 customers ends with a difference: looked at naively, and any time."""
    random = np.random.default_rng(seed)
    step = PLANNED // LOOKS // 2
    control = np.cumsum(random.binomial(step, control_share, LOOKS))
    treated = np.cumsum(random.binomial(step, treated_share, LOOKS))
    naive = always = False
    for look in range(LOOKS):
        of = step * (look + 1)
        found = difference_of_arms(arm_of_share(int(control[look]), of), arm_of_share(int(treated[look]), of))
        naive |= fixed_horizon(found).p < 0.05
        interval = any_time_valid(found, PLANNED)
        always |= interval.excludes_zero
    return naive, always


@pytest.mark.parametrize("repetitions", [500, pytest.param(4_000, marks=pytest.mark.verify)])
def test_twenty_looks_at_nothing_deceive_the_naive_interval_only(repetitions):
    naive, always = np.mean([ended(seed, 0.10, 0.10) for seed in range(repetitions)], axis=0)

    assert naive > 0.15
    assert always <= 0.05


@pytest.mark.parametrize("repetitions", [400, pytest.param(4_000, marks=pytest.mark.verify)])
def test_a_rise_of_two_and_a_half_points_is_found(repetitions):
    _, found = np.mean([ended(seed, 0.10, 0.125) for seed in range(repetitions)], axis=0)

    assert found >= stats.binom.ppf(0.005, repetitions, 0.80) / repetitions


def test_where_it_is_narrowest_it_is_one_and_a_half_times_as_wide():
    ratios = {n: errors_wide(n, 10_000) / 1.96 for n in (1_000, 5_000, 10_000, 20_000)}

    assert ratios[10_000] == pytest.approx(1.5485, abs=5e-4)
    assert errors_wide(10_000, 10_000) < min(errors_wide(10_000, 9_000), errors_wide(10_000, 11_000))
    assert min(ratios.values()) == ratios[10_000]


def test_it_is_the_papers_margin():
    n, narrowest, alpha = 4_000, 10_000, 0.05
    rho_squared = 8.2137 / narrowest  # x = 2·ln(1/0.05) + ln(x + 1)

    margin = np.sqrt(2 * (n * rho_squared + 1) / (n**2 * rho_squared) * np.log(np.sqrt(n * rho_squared + 1) / alpha))

    assert errors_wide(n, narrowest, alpha) / np.sqrt(n) == pytest.approx(margin, rel=1e-4)


def test_it_waits_until_a_hundred_customers_are_in_each_arm():
    few = any_time_valid(difference_of_arms(arm_of_share(30, 99), arm_of_share(50, 100)), 10_000)

    assert isinstance(few, CannotSay)
    assert "99 and 100" in few.sentence
