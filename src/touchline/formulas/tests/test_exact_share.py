"""Clopper and Pearson's interval against published and hand-made values."""

from __future__ import annotations

import pytest

from touchline.formulas.exact_share import allows, exact_interval


@pytest.mark.parametrize(
    ("count", "of", "low", "high"),
    [
        (81, 263, 0.2527, 0.3676),  # Newcombe 1998, Statistics in Medicine 17:857, table I, method 5
        (15, 148, 0.0578, 0.1617),
        (0, 20, 0.0, 0.1684),
        (1, 29, 0.0009, 0.1776),
    ],
)
def test_published_intervals(count: int, of: int, low: float, high: float):
    assert exact_interval(count, of, 0.95) == pytest.approx((low, high), abs=5e-5)


def test_all_of_all_bounds_from_below_only():
    low, high = exact_interval(6, 6)

    assert low == pytest.approx(0.005 ** (1 / 6))
    assert high == 1


def test_nothing_seen_allows_everything():
    assert exact_interval(0, 0) == (0, 1)


def test_a_promise_is_broken_only_beyond_chance():
    assert allows(370, 400, least=0.93)
    assert not allows(350, 400, least=0.93)
    assert not allows(5, 6, least=1.0)
    assert allows(27, 400, most=0.05)
    assert not allows(40, 400, most=0.05)


def test_impossible_counts_are_refused():
    with pytest.raises(ValueError, match="7 of 6"):
        exact_interval(7, 6)
