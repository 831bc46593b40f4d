from __future__ import annotations

from math import exp, log, sqrt

import numpy as np
import pytest

from touchline.formulas.odds_ratio import odds_ratio


def test_half_a_count_is_added_to_each_of_the_four() -> None:
    found = odds_ratio(30, 50, 20, 80)

    assert found.value == pytest.approx((30.5 * 60.5) / (20.5 * 20.5))
    error = sqrt(1 / 30.5 + 1 / 20.5 + 1 / 20.5 + 1 / 60.5)
    assert found.low == pytest.approx(exp(log(found.value) - 1.96 * error))
    assert found.high == pytest.approx(exp(log(found.value) + 1.96 * error))
    assert found.p < 0.001


def test_none_and_all_give_a_figure() -> None:
    assert odds_ratio(0, 10, 10, 10).value == pytest.approx((0.5 * 0.5) / (10.5 * 10.5))
    assert odds_ratio(5, 10, 5, 10).value == pytest.approx(1)
    assert odds_ratio(5, 10, 5, 10).p == pytest.approx(1)


def test_below_five_it_cannot_be_said() -> None:
    assert odds_ratio(4, 4, 10, 20).value is None
    assert odds_ratio(4, 10, 2, 4).value is None
    with pytest.raises(ValueError, match="not two shares"):
        odds_ratio(6, 5, 1, 5)


@pytest.mark.parametrize(("first_share", "second_share"), [(0.5, 0.2), (0.1, 0.1), (0.03, 0.1)])
def test_the_interval_holds_the_truth_nineteen_times_of_twenty(first_share: float, second_share: float) -> None:
    chance = np.random.default_rng(5)
    truth = (first_share / (1 - first_share)) / (second_share / (1 - second_share))
    drawn = zip(chance.binomial(60, first_share, 2000), chance.binomial(150, second_share, 2000), strict=True)
    held = [
        found.low <= truth <= found.high for found in (odds_ratio(int(one), 60, int(two), 150) for one, two in drawn)
    ]
    assert np.mean(held) > 0.94
