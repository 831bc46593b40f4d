from __future__ import annotations

from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchline.formulas.median import median


def test_the_middle_and_the_ranks_around_it() -> None:
    found = median([9, 1, 2, 8, 3, 7, 4, 6, 5, 10])

    assert (found.value, found.low, found.high, found.n) == (5.5, 2, 9, 10)


def test_below_five_it_cannot_be_said() -> None:
    assert median([1, 2, 3, 4]).value is None
    assert median([1, 2, 3, 4, 5]).value == 3


@pytest.mark.parametrize("n", [6, 7, 10, 17, 50, 100, 333, 1000])
def test_the_interval_holds_the_median_nineteen_times_of_twenty(n: int) -> None:
    found = median(range(n))
    low, high = int(found.low), int(found.high)

    chance = sum(comb(n, below) for below in range(low + 1, high + 1)) / 2**n

    assert 0.95 <= chance < 0.995


@given(st.lists(st.floats(-1e6, 1e6), min_size=5, max_size=60))
def test_the_order_of_the_values_changes_nothing(values: list[float]) -> None:
    found = median(values)

    assert found == median(sorted(values))
    assert found.low <= found.value <= found.high
