import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchline.formulas.identity_error import Judged, error_of_rule, overall_error, sampled
from touchline.formulas.proportion import wilson


def test_every_rule_has_as_many_pairs_in_the_sample_as_it_can():
    assert sampled([1000, 1000], 200) == [100, 100]
    assert sampled([30, 1000, 5000], 200) == [30, 85, 85]
    assert sampled([3, 0, 4], 200) == [3, 0, 4]
    assert sampled([50, 50], 3) == [2, 1]
    assert sampled([], 200) == []


@given(st.lists(st.integers(0, 500), max_size=8), st.integers(0, 300))
def test_a_sample_is_as_large_as_asked_for_and_takes_no_pair_twice(pairs, of):
    taken = sampled(pairs, of)

    assert sum(taken) == min(of, sum(pairs))
    assert all(0 <= some <= there for some, there in zip(taken, pairs, strict=True))


def test_a_rules_error_leaves_out_what_nobody_could_judge():
    error = error_of_rule(Judged(pairs=900, same=97, different=3, unknown=12))

    assert (error.count, error.of, error.value) == (3, 100, 0.03)
    assert (error.low, error.high) == pytest.approx((0.01025, 0.08452), abs=1e-5)


def test_the_overall_error_weighs_rules_by_their_pairs():
    error = overall_error([Judged(900, 99, 1, 0), Judged(100, 90, 10, 0)])

    assert error.value == pytest.approx(0.9 * 0.01 + 0.1 * 0.1)
    assert error.effective == pytest.approx(1 / (0.9**2 / 100 + 0.1**2 / 100))
    assert (error.low, error.high) == pytest.approx(wilson(0.019 * error.effective, error.effective))
    assert (error.judged, error.covered) == (200, 1.0)


def test_one_stratum_is_plain_wilson():
    error = overall_error([Judged(900, 97, 3, 0)])

    assert (error.low, error.high) == pytest.approx(wilson(3, 100))


def test_too_few_judgements_say_nothing_and_rules_without_any_are_left_out():
    few = overall_error([Judged(100, 3, 1, 5), Judged(300, 0, 0, 2)])

    assert (few.judged, few.covered, few.value) == (4, 0.25, None)
    assert overall_error([]).covered is None
