from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from touchline.formulas.trophic import beyond_chance, incoherence, trophic_levels

CHAIN = np.array([[0, 4, 0], [0, 0, 4], [0, 0, 0]], dtype=float)


def test_a_chain_climbs_by_one():
    levels = trophic_levels(CHAIN)

    assert levels == pytest.approx([0, 1, 2])
    assert incoherence(CHAIN, levels) == pytest.approx(0)


def test_a_circle_has_no_direction():
    circle = np.array([[0, 1, 0], [0, 0, 1], [1, 0, 0]], dtype=float)

    assert trophic_levels(circle) == pytest.approx([0, 0, 0])
    assert incoherence(circle, trophic_levels(circle)) == pytest.approx(1)


def test_a_short_cut_pulls_the_ends_together():
    """a→b→c, and a→c as often: 2h_b = h_a + h_c by symmetry, and b = 2/3, c = 4/3 solve the three equations."""
    moves = np.array([[0, 1, 1], [0, 0, 1], [0, 0, 0]], dtype=float)

    assert trophic_levels(moves) == pytest.approx([0, 2 / 3, 4 / 3])
    assert incoherence(moves, trophic_levels(moves)) == pytest.approx(1 / 9)


def test_parts_that_are_not_connected_begin_at_zero_each():
    moves = np.zeros((5, 5))
    moves[0, 1] = moves[3, 2] = 3

    assert trophic_levels(moves) == pytest.approx([0, 1, 1, 0, 0])
    assert incoherence(np.zeros((2, 2)), np.zeros(2)) is None


def test_moves_from_anywhere_to_anywhere_leave_nothing_beyond_chance():
    assert beyond_chance(np.ones((3, 3))) == pytest.approx(
        np.ones((3, 3))
    )  # nothing would hold together: left as it is
    assert beyond_chance(CHAIN) == pytest.approx(np.array([[0, 2, 0], [0, 0, 2], [0, 0, 0]]))
    assert beyond_chance(np.zeros((2, 2))) == pytest.approx(np.zeros((2, 2)))


@given(arrays(np.int64, (5, 5), elements=st.integers(0, 9)), st.permutations(range(5)))
def test_levels_solve_the_equations_whatever_the_order_of_the_nodes(moves, order):
    levels = trophic_levels(moves)

    both = moves + moves.T
    left = np.diag(both.sum(axis=0)) @ levels - both @ levels
    assert left == pytest.approx(moves.sum(axis=0) - moves.sum(axis=1), abs=1e-8)
    assert trophic_levels(moves[np.ix_(order, order)]) == pytest.approx(levels[list(order)], abs=1e-8)
