import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import false_discovery_control

from touchline.formulas.multiplicity import findings, q_values


def test_five_comparisons_by_hand():
    # Sorted .01 .02 .03 .20 .90 times 5/rank: .05 .05 .05 .25 .90.
    assert q_values([0.20, 0.01, 0.90, 0.03, 0.02]) == pytest.approx((0.25, 0.05, 0.90, 0.05, 0.05))
    assert findings([0.20, 0.01, 0.90, 0.03, 0.02]) == (False, True, False, True, True)


def test_nothing_compared_finds_nothing():
    assert q_values([]) == ()


@given(st.lists(st.floats(0, 1), min_size=1, max_size=40))
def test_it_agrees_with_scipy(p):
    assert q_values(p) == pytest.approx(false_discovery_control(p, method="bh"))
