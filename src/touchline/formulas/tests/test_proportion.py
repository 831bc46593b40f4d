import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchline.formulas.proportion import difference, share, wilson


@pytest.mark.parametrize(
    ("count", "of", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_gives_table_1_of_newcombe_1998(count, of, low, high):
    assert wilson(count, of) == (pytest.approx(low, abs=5e-5), pytest.approx(high, abs=5e-5))


def test_difference_gives_method_10_of_newcombe_1998():
    change = difference(share(56, 70), share(48, 80))

    assert change.difference == pytest.approx(0.2)
    assert (change.low, change.high) == (pytest.approx(0.0524, abs=5e-5), pytest.approx(0.3339, abs=5e-5))
    assert not change.is_noise


def test_four_of_four_is_not_a_share_yet():
    assert share(4, 4).value is None
    assert share(4, 4).count == 4
    assert share(5, 5).value == 1.0


def test_a_difference_with_too_few_is_unknown_and_counts_as_noise():
    change = difference(share(50, 100), share(1, 4))

    assert change.difference is None
    assert change.is_noise


def test_equal_shares_differ_by_noise_even_when_nobody_did_it():
    change = difference(share(0, 40), share(0, 40))

    assert change.difference == 0
    assert change.is_noise
    assert change.p == 1.0


def test_more_than_all_is_refused():
    with pytest.raises(ValueError, match="6 of 5 is not a share"):
        share(6, 5)


@given(st.integers(5, 5000).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_the_interval_holds_the_share_and_stays_within_0_and_1(counts):
    found = share(*counts)

    assert 0 <= found.low <= found.value <= found.high <= 1
