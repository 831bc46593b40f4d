import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchline.formulas.cannot_say import CannotSay
from touchline.formulas.experiments.power import (
    Planned,
    customers_for_means,
    customers_for_shares,
    planned,
    smallest_change_of_mean,
    smallest_change_of_share,
)


def test_ten_to_eleven_per_cent_takes_14751_an_arm():
    assert customers_for_shares(0.10, 0.11) == (14_751, 14_751)


def test_holding_back_a_tenth_takes_more_in_all():
    control, treated = customers_for_shares(0.10, 0.11, treated_per_control=9)

    assert (control, treated) == (8_302, 74_718)


def test_a_mean_needs_sixteen_variances_by_change_squared():
    assert customers_for_means(spread=10, change=1) == (1_570, 1_570)


@given(st.floats(0.01, 0.9), st.integers(200, 200_000))
def test_the_smallest_change_is_just_found(control, n):
    smallest = smallest_change_of_share(control, n, n)

    if smallest == math.inf:
        assert customers_for_shares(control, 1.0)[0] > n
    else:
        assert customers_for_shares(control, min(control + smallest, 1.0))[0] <= n + 1


def test_the_smallest_change_of_a_mean_takes_as_many_customers_as_there_are():
    smallest = smallest_change_of_mean(10, 1_000, 3_000)

    assert customers_for_means(10, smallest * 1.000001, treated_per_control=3) == (1_000, 3_000)


def test_everybody_does_it_already():
    assert smallest_change_of_share(1.0, 1_000, 1_000) == math.inf


def test_it_takes_whole_weeks():
    assert planned((14_751, 14_751), reached_per_week=7_000) == Planned(14_751, 14_751, weeks=5)
    assert planned((10, 10), reached_per_week=7_000).weeks == 1


def test_nobody_and_too_few_are_sentences():
    assert planned((10, 10), 0).reason == "nobody-comes-by"
    refused = planned((14_751, 14_751), 1_000)
    assert isinstance(refused, CannotSay)
    assert "29,502 customers and 30 weeks" in refused.sentence


def test_nothing_to_find_is_a_mistake_of_the_caller():
    with pytest.raises(ValueError, match="cannot be told apart"):
        customers_for_shares(0.1, 0.1)
    with pytest.raises(ValueError, match="cannot be planned for"):
        customers_for_means(0, 1)
