from __future__ import annotations

from itertools import combinations, pairwise
from math import log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from touchline.formulas.stage_cut import best_cuts


def gain_of(moves, borders) -> float:
    """What the definition says, block by block."""
    edges = [0, *borders]
    stages = list(pairwise(edges))
    total = max(moves.sum(), 1)
    gain = 0.0
    for at, (start, end) in enumerate(stages):
        for to_start, to_end in stages[at : at + 2]:
            found = moves[start:end, to_start:to_end].sum()
            chance = moves[start:end].sum() * moves[:, to_start:to_end].sum() / total
            gain += found * log(found / chance) if found else 0
    return gain


@given(arrays(np.int64, (6, 6), elements=st.integers(0, 9)), st.integers(1, 5))
def test_no_cut_gains_more(moves, stages):
    every = sorted((gain_of(moves, (*inner, 6)) for inner in combinations(range(1, 6), stages - 1)), reverse=True)

    found = best_cuts(moves, stages)

    assert [cut.gain for cut in found] == pytest.approx(every[:2])
    assert [gain_of(moves, cut.borders) for cut in found] == pytest.approx([cut.gain for cut in found])


def test_two_rooms_are_told_apart():
    moves = np.array([[0, 9, 1, 0], [9, 0, 1, 0], [0, 0, 0, 9], [0, 0, 9, 0]])

    best, next_best = best_cuts(moves, 2)

    assert best.borders == (2, 4)
    assert next_best.gain < best.gain


def test_a_node_can_be_held_in_a_stage():
    moves = np.array([[0, 9, 1, 0], [9, 0, 1, 0], [0, 0, 0, 9], [0, 0, 9, 0]])

    assert [cut.borders for cut in best_cuts(moves, 2, {1: [1]})] == [(1, 4)]
    assert best_cuts(moves, 2, {0: [3]}) == ()


def test_more_stages_than_nodes_cannot_be_cut():
    assert best_cuts(np.array([[0, 5], [0, 0]]), 3) == ()
    assert best_cuts(np.array([[0, 5], [0, 0]]), 2)[0].borders == (1, 2)
