"""Optimal alignment of what happened with what was planned, and the fitness it gives.

A plan is a row of steps; each is met by some symbols, may be optional, and may be repeatable. An alignment pairs the
symbols of a sequence with steps, in order. It costs 1 for each symbol that is paired with no step and 1 for each step
that is not optional and paired with no symbol; the optimal one costs least. Fitness is 1 − cost / worst, where the
worst pairs nothing: every symbol and the shortest run of the plan.

Sources: Adriansyah 2014, Aligning observed and modeled behavior (thesis, TU Eindhoven), ch. 4 and 7.2; van der Aalst,
Adriansyah and van Dongen 2012, WIREs Data Mining and Knowledge Discovery 2:182.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

PADDING = -1
"""Fills a row behind the end of its sequence."""
OUTSIDE = 0
"""Paired with no step."""
CELLS_AT_ONCE = 4_000_000
"""Costs kept in memory at a time: some 16 MB."""

Ints = NDArray[np.int32]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Plan:
    """Steps from 1 to m, as columns."""

    met_by: Flags
    """Symbols × m: whether a symbol meets a step."""
    optional: Flags
    repeatable: Flags

    @property
    def shortest(self) -> int:
        """Steps in the shortest run: those that are not optional."""
        return int(np.count_nonzero(~self.optional))


def align(sequences: NDArray[np.integer], plan: Plan) -> NDArray[np.int16]:
    """Return for each symbol the step it is paired with, from 1; OUTSIDE for none and for PADDING.

    `sequences`: one row each, of symbols from 0, filled up with PADDING. Among alignments of the same cost the one that
    keeps to the plan earliest is returned: what comes first is paired, what comes again or too late is not.
    """
    steps = np.zeros(sequences.shape, dtype=np.int16)
    rows = max(CELLS_AT_ONCE // ((sequences.shape[1] + 1) * (len(plan.optional) + 1)), 1)
    for start in range(0, len(sequences), rows):
        part = sequences[start : start + rows].astype(np.int32)
        steps[start : start + rows] = _paired(part, _costs(part, plan), plan)
    return steps


def alignment_cost(steps: NDArray[np.integer], lengths: NDArray[np.integer], plan: Plan) -> NDArray[np.int64]:
    """Return the cost of each alignment that `align` found; `lengths` are those of the sequences without padding."""
    met = np.zeros((len(steps), len(plan.optional) + 1), dtype=np.bool_)
    np.put_along_axis(met, steps.astype(np.int64), values=True, axis=1)
    missed = np.count_nonzero(~met[:, 1:] & ~plan.optional, axis=1)
    outside: NDArray[np.int64] = lengths - np.count_nonzero(steps, axis=1) + missed
    return outside


def fitness(cost: float, worst: float) -> float:
    """Return 1 − cost / worst: 1 follows the plan, 0 has nothing to do with it. `worst` is above 0."""
    return 1 - cost / worst


def _costs(sequences: Ints, plan: Plan) -> Ints:
    """Least cost of the first i symbols against the first k steps: (length + 1) × sequences × (m + 1)."""
    count, length = sequences.shape
    missed = np.concatenate([[0], np.cumsum(~plan.optional)]).astype(np.int32)
    costs = np.empty((length + 1, count, len(missed)), dtype=np.int32)
    costs[0] = missed
    unmet = np.iinfo(np.int32).max // 2
    for at in range(length):
        symbol, before, here = sequences[:, at], costs[at], costs[at + 1]
        is_met = plan.met_by[symbol] & (symbol != PADDING)[:, None]
        here[:] = before + (symbol != PADDING)[:, None]
        np.minimum(here[:, 1:], np.where(is_met, before[:, :-1], unmet), out=here[:, 1:])
        np.minimum(here[:, 1:], np.where(is_met & plan.repeatable, before[:, 1:], unmet), out=here[:, 1:])
        here -= missed  # steps left out from here on cost what is missed in between
        np.minimum.accumulate(here, axis=1, out=here)
        here += missed
    return costs


def _paired(sequences: Ints, costs: Ints, plan: Plan) -> NDArray[np.int16]:
    """Walk back from the end of every sequence along a way of least cost."""
    count, length = sequences.shape
    steps = np.zeros(sequences.shape, dtype=np.int16)
    row = np.arange(count if length else 0)
    at, step = np.full(len(row), length), np.full(len(row), len(plan.optional))
    while row.size:
        symbol = sequences[row, at - 1]
        here, before = costs[at, row, step], costs[at - 1, row, step]
        is_symbol, column = symbol != PADDING, np.maximum(step - 1, 0)
        is_met = plan.met_by[symbol, column] & is_symbol & (step > 0)
        again = is_met & plan.repeatable[column] & (here == before)
        outside = ~again & (here == before + is_symbol)
        first = ~again & ~outside & is_met & (here == costs[at - 1, row, column])
        paired = again | first
        steps[row[paired], at[paired] - 1] = step[paired]
        at = at - (again | outside | first)
        step = step - (first | ~(again | outside | first))
        left = at > 0
        row, at, step = row[left], at[left], step[left]
    return steps
