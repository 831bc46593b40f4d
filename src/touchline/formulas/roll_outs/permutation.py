"""Inference from who got the change: had the starts been dealt out otherwise, how often would as much have appeared?

It needs no model of how a group's periods hang together, which is what makes ordinary errors of such comparisons far too
small. The interval holds every constant effect that, taken away, leaves nothing unusual.

Sources: Fisher 1935, The Design of Experiments; Bertrand, Duflo and Mullainathan 2004, QJE 119:249, section IV;
interval by inversion: Ho and Imai 2006, JASA 101:888.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations
from math import comb

import numpy as np
from numpy.typing import NDArray

from touchline.formulas.roll_outs.panel import NEVER, Panel, Values

MOST_DEALS = 999
"""Ways to deal out the starts that are tried; where there are no more, all of them are."""
FEWEST_DEALS = 39
"""With fewer, not even the most unusual one would lie outside a 95 % interval."""

Starts = NDArray[np.int64]
Statistic = Callable[[Values, Starts], Values]
"""One number for each row of starts, linear in the values."""


@dataclass(frozen=True)
class Dealt:
    """Where the estimate lies among those of all deals."""

    p: float
    low: float
    high: float
    deals: int


def dealt(found: Panel, statistic: Statistic, confidence: float = 0.95) -> Dealt | None:
    """Return p and interval of `statistic`, an effect in units of the values; None where there are too few deals."""
    deals = _deals(found.starts)
    if len(deals) < FEWEST_DEALS:
        return None
    changed = ((np.arange(found.periods) >= found.starts[:, None]) & found.treated[:, None]).astype(np.float64)
    effect = float(statistic(found.values, found.starts[None, :])[0])
    others, of_changed = statistic(found.values, deals), statistic(changed, deals)
    rounding = 1e-9 * float(np.abs(others).max())

    def p_of(taken_away: float) -> float:
        return float((np.abs(others - taken_away * of_changed) >= abs(effect - taken_away) - rounding).mean())

    reach = float(np.abs(others).max() + abs(effect)) or 1.0
    low = _end(p_of, effect, -reach, 1 - confidence)
    high = _end(p_of, effect, reach, 1 - confidence)
    return Dealt(p_of(0.0), low, high, len(deals))


def _deals(starts: Starts) -> Starts:
    """Return ways to deal the starts out among the groups, one per row, the one that happened among them."""
    treated = np.flatnonzero(starts != NEVER)
    if np.unique(starts[treated]).size == 1 and comb(starts.size, treated.size) <= MOST_DEALS + 1:
        chosen = np.array(list(combinations(range(starts.size), treated.size)))
        every = np.full((len(chosen), starts.size), NEVER)
        np.put_along_axis(every, chosen, starts[treated[0]], axis=1)
        return every
    random = np.random.default_rng(0)
    tried = np.vstack([starts, random.permuted(np.tile(starts, (2 * MOST_DEALS, 1)), axis=1)])
    _, first_seen = np.unique(tried, axis=0, return_index=True)
    return tried[np.sort(first_seen)[: MOST_DEALS + 1]]


def _end(p_of: Callable[[float], float], inside: float, step: float, alpha: float) -> float:
    """Return where p falls to alpha, going from the estimate in the direction of `step`; infinity where it never does."""
    outside = inside + step
    for _ in range(20):
        if p_of(outside) <= alpha:
            break
        outside += 2 * (outside - inside)
    else:
        return float("inf") if step > 0 else float("-inf")
    near = inside
    for _ in range(50):
        middle = (near + outside) / 2
        near, outside = (near, middle) if p_of(middle) <= alpha else (middle, outside)
    return outside
