"""Journeys aligned with the plan: every different sequence once, whoever it belongs to."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from touchline.analyses.kinds.conformance.plan import ComparedPlan
from touchline.analyses.kinds.conformance.rows import Ints, Journeys
from touchline.formulas.alignment import PADDING, align, alignment_cost


@dataclass(frozen=True)
class Aligned:
    """What the alignment says of each visit and journey."""

    step: NDArray[np.int16]
    """Of each visit: the step it is paired with, from 1; 0 for none."""
    cost: Ints
    """Of each journey."""
    worst: Ints
    """Of each journey: what pairing nothing would cost."""
    variants: frozenset[bytes]
    """Different sequences of symbols."""


def aligned(found: Journeys, plan: ComparedPlan) -> Aligned:
    """Align journeys, those of similar length at a time."""
    over_symbols, symbol_of = plan.of_symbols()
    symbol = symbol_of[found.visits.touchpoint]
    starts = found.starts
    lengths = np.diff(starts, append=len(symbol))
    step = np.zeros(len(symbol), dtype=np.int16)
    cost = np.zeros(len(starts), dtype=np.int64)
    variants: set[bytes] = set()
    width = _widths(lengths)
    for columns in np.unique(width):
        these = np.flatnonzero(width == columns)
        place = starts[these][:, None] + np.arange(columns)
        is_visit = np.arange(columns) < lengths[these][:, None]
        rows = np.full(place.shape, PADDING, dtype=np.int8)
        rows[is_visit] = symbol[place[is_visit]]
        keys = rows.view(np.dtype((np.void, int(columns)))).reshape(-1)
        different, first, which = np.unique(keys, return_index=True, return_inverse=True)
        steps = align(rows[first], over_symbols)
        costs = alignment_cost(steps, lengths[these][first], over_symbols)
        step[place[is_visit]] = steps[which][is_visit]
        cost[these] = costs[which]
        variants.update(key.tobytes().rstrip(b"\xff") for key in different)
    return Aligned(step, cost, lengths + over_symbols.shortest, frozenset(variants))


def _widths(lengths: Ints) -> Ints:
    """Round lengths up, by at most a quarter: few widths, little padding."""
    exponent = np.maximum(np.floor(np.log2(np.maximum(lengths, 1))).astype(np.int64) - 2, 0)
    unit = np.left_shift(1, exponent)
    widths: Ints = -(-lengths // unit) * unit
    return widths
