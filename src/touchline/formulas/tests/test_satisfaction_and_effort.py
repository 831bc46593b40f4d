import pytest

from touchline.formulas.ces import ces, ces_change
from touchline.formulas.csat import csat, csat_change, is_satisfied
from touchline.formulas.mean import Sample, mean, mean_change


def test_csat_is_the_share_of_fours_and_fives_with_the_mean_beside_it():
    found = csat({1: 1, 2: 1, 3: 2, 4: 4, 5: 2})

    assert found.satisfied.count == 6
    assert found.satisfied.value == 0.6
    assert found.mean.value == pytest.approx((1 + 2 + 6 + 16 + 10) / 10)
    assert found.n == 10


@pytest.mark.parametrize(
    ("answer", "low", "high", "satisfied"),
    [(4, 1, 5, True), (3, 1, 5, False), (6, 1, 7, True), (5, 1, 7, False), (1, 0, 1, True), (0, 0, 1, False)],
)
def test_satisfied_means_the_same_height_on_every_scale(answer, low, high, satisfied):
    assert is_satisfied(answer, low, high) is satisfied


def test_csat_change_is_newcombe_of_the_shares():
    change = csat_change(csat({5: 56, 1: 14}), csat({4: 48, 3: 32}))

    assert (change.low, change.high) == (pytest.approx(0.0524, abs=5e-5), pytest.approx(0.3339, abs=5e-5))


def test_ces_is_the_mean_and_the_share_of_five_to_seven():
    found = ces({2: 1, 4: 1, 5: 1, 6: 1, 7: 1})

    # Sum 24, squares 130: variance (130 − 5·4.8²)/4 = 3.7; t(4) = 2.776.
    assert found.mean.value == pytest.approx(4.8)
    assert found.mean.low == pytest.approx(4.8 - 2.776 * (3.7 / 5) ** 0.5, abs=1e-3)
    assert found.mean.high == 7.0
    assert (found.easy.count, found.easy.of) == (3, 5)


def test_four_answers_are_no_mean():
    assert ces({7: 4}).mean.value is None
    assert ces_change({7: 4}, {7: 50}).difference is None


def test_mean_change_is_welchs_test():
    # Five 1..5 against five 2, 4, 6, 8, 10: means 3 and 6, variances 2.5 and 10; t = 3/√2.5 with 5.88 degrees.
    change = mean_change(Sample(5, 30, 220), Sample(5, 15, 55))

    assert change.difference == pytest.approx(3.0)
    assert change.p == pytest.approx(0.1075, abs=5e-4)
    assert change.is_noise


def test_identical_answers_have_a_mean_without_width():
    assert mean(Sample(5, 25, 125), 1, 5).low == 5
    assert mean_change(Sample(5, 25, 125), Sample(5, 20, 80)).is_noise is False
    assert mean_change(Sample(5, 25, 125), Sample(5, 25, 125)).is_noise is True
