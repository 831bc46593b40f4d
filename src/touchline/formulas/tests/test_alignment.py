from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchline.formulas.alignment import PADDING, Plan, align, alignment_cost, fitness

LONGEST = 7


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    symbols, steps = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    flags = draw(st.lists(st.booleans(), min_size=(symbols + 2) * steps, max_size=(symbols + 2) * steps))
    table = np.array(flags).reshape(symbols + 2, steps)
    return Plan(table[:symbols], table[symbols], table[symbols + 1])


def least_cost(sequence: tuple[int, ...], plan: Plan) -> int:
    """Try every way: slow, and plainly what the definition says."""

    @cache
    def rest(at: int, passed: int) -> int:
        steps = len(plan.optional)
        ways = [0] if at == len(sequence) and passed == steps else []
        if at < len(sequence):
            ways.append(1 + rest(at + 1, passed))
            if passed and plan.repeatable[passed - 1] and plan.met_by[sequence[at], passed - 1]:
                ways.append(rest(at + 1, passed))
        if passed < steps:
            ways.append(int(not plan.optional[passed]) + rest(at, passed + 1))
            if at < len(sequence) and plan.met_by[sequence[at], passed]:
                ways.append(rest(at + 1, passed + 1))
        return min(ways)

    return rest(0, 0)


@given(plans(), st.lists(st.lists(st.integers(0, 3), min_size=1, max_size=LONGEST), min_size=1, max_size=4))
def test_no_alignment_costs_less(plan, sequences):
    sequences = [[symbol % len(plan.met_by) for symbol in sequence] for sequence in sequences]
    rows = np.array([sequence + [PADDING] * (LONGEST - len(sequence)) for sequence in sequences])
    lengths = np.array([len(sequence) for sequence in sequences])

    steps = align(rows, plan)

    assert alignment_cost(steps, lengths, plan).tolist() == [least_cost(tuple(each), plan) for each in sequences]
    for row, paired in zip(rows, steps, strict=True):
        met = paired > 0
        assert (np.diff(paired[met]) >= 0).all()
        assert plan.met_by[row[met], paired[met] - 1].all()
        once = paired[met][~plan.repeatable[paired[met] - 1]]
        assert len(once) == len(set(once))


@pytest.mark.parametrize(
    ("sequence", "paired"),
    [
        ("abcd", [1, 2, 3, 4]),
        ("acbd", [1, 3, 0, 4]),  # b comes too late; c is not too early
        ("abbcd", [1, 2, 0, 3, 4]),  # b again
        ("abacd", [1, 2, 0, 3, 4]),  # back to a
        ("xbd", [0, 2, 4]),
        ("", []),
    ],
)
def test_what_comes_first_is_paired(sequence, paired):
    plan = Plan(np.eye(5, 4, dtype=bool), np.zeros(4, dtype=bool), np.zeros(4, dtype=bool))
    rows = np.array([["abcdx".index(symbol) for symbol in sequence]], dtype=np.int64).reshape(1, -1)

    assert align(rows, plan)[0].tolist() == paired


def test_many_sequences_are_aligned_part_by_part(monkeypatch):
    plan = Plan(np.eye(5, 4, dtype=bool), np.zeros(4, dtype=bool), np.array([True, False, False, False]))
    rows = np.random.default_rng(1).integers(0, 5, (50, 9))
    at_once = align(rows, plan)
    monkeypatch.setattr("touchline.formulas.alignment.CELLS_AT_ONCE", 60)

    assert (align(rows, plan) == at_once).all()


def test_fitness_is_one_minus_cost_over_worst():
    assert fitness(0, 7) == 1
    assert fitness(2, 8) == 0.75
    assert fitness(5, 5) == 0
