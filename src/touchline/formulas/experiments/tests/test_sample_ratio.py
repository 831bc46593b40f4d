import pytest

from touchline.formulas.cannot_say import CannotSay
from touchline.formulas.experiments.sample_ratio import sample_ratio


def test_fifty_to_forty_nine_thousand_warns_and_hides_nothing():
    found = sample_ratio([50_000, 49_000], [0.5, 0.5])

    assert found.chi_squared == pytest.approx(10.10, abs=0.005)
    assert found.p == pytest.approx(0.0015, abs=5e-5)
    assert found.warns
    assert not found.hides_results


def test_a_broken_draw_hides_the_results():
    found = sample_ratio([50_000, 48_500], [0.5, 0.5])

    assert found.hides_results
    assert not found.warns


def test_shares_need_not_be_even_nor_add_up_to_one():
    assert sample_ratio([900, 100], [9, 1]).chi_squared == 0
    assert sample_ratio([500, 500], [9, 1]).hides_results


def test_three_arms_have_two_degrees_of_freedom():
    assert sample_ratio([110, 100, 90], [1, 1, 1]).p == pytest.approx(0.3679, abs=5e-5)


def test_ten_customers_cannot_tell():
    assert isinstance(sample_ratio([9, 0], [0.5, 0.5]), CannotSay)
    assert sample_ratio([10, 0], [0.5, 0.5]).p == pytest.approx(0.0016, abs=5e-5)


@pytest.mark.parametrize(("observed", "shares"), [([1], [0.5, 0.5]), ([-1, 3], [0.5, 0.5]), ([1, 3], [1, 0]), ([], [])])
def test_arms_without_plan_are_a_mistake_of_the_caller(observed, shares):
    with pytest.raises(ValueError, match="do not fit"):
        sample_ratio(observed, shares)
