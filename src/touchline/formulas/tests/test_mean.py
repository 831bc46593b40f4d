from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from touchline.formulas.mean import Sample, sample_of_whole


@given(st.lists(st.integers(0, 2**51 - 1), max_size=40))
def test_whole_numbers_are_summed_exactly(numbers: list[int]) -> None:
    found = sample_of_whole(np.array(numbers, np.int64), 1)

    assert found == Sample(len(numbers), sum(numbers), float(sum(each**2 for each in numbers)))


def test_they_are_told_in_another_unit() -> None:
    assert sample_of_whole(np.array([120, 60]), 60) == Sample(2, 3.0, 5.0)
