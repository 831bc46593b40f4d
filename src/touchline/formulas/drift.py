"""Have the paths changed between two periods, and is that more than chance?

Distance: half the sum of the absolute differences of the shares of all transitions (total variation), 0..1. Its p comes
from a bootstrap of whole customer buckets, so that one customer's many steps count as one: buckets are drawn again, the
same ones in both periods, and the distance of the redrawn differences from the observed ones shows what chance alone
gives. Source: Efron and Tibshirani 1993, An Introduction to the Bootstrap, chapter 16 (centring on the null).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from touchline.formulas.evidence import is_enough

DRAWS = 999
SEED = 20_240_229
"""Fixed: the same data must give the same verdict."""

MINIMUM_BUCKETS = 10
"""With fewer buckets in use the bootstrap says nothing."""

DRIFTED_BELOW_P = 0.05


@dataclass(frozen=True)
class Drift:
    """Total-variation distance 0..1 and its bootstrap p; None where there are too few transitions or buckets."""

    distance: float | None
    p: float | None
    transitions_now: int
    transitions_before: int

    @property
    def has_drifted(self) -> bool:
        """Whether the paths changed by more than chance."""
        return self.p is not None and self.p < DRIFTED_BELOW_P


@dataclass(frozen=True)
class Shift:
    """One transition's share of all transitions, now and before; `edge` is its column in the counts."""

    edge: int
    now: float
    before: float

    @property
    def difference(self) -> float:
        """Now − before."""
        return self.now - self.before


def drift(now: ArrayLike, before: ArrayLike, draws: int = DRAWS, seed: int = SEED) -> Drift:
    """Compare transition counts of two periods: arrays buckets × edges, the same customer in the same bucket (row)."""
    counts_now: NDArray[np.float64] = np.asarray(now, dtype=np.float64)
    counts_before: NDArray[np.float64] = np.asarray(before, dtype=np.float64)
    total_now, total_before = int(counts_now.sum()), int(counts_before.sum())
    if not (is_enough(total_now) and is_enough(total_before)):
        return Drift(None, None, total_now, total_before)
    gap = _shares(counts_now.sum(axis=0)) - _shares(counts_before.sum(axis=0))
    distance = float(np.abs(gap).sum() / 2)
    return Drift(distance, _bootstrap_p(counts_now, counts_before, gap, draws, seed), total_now, total_before)


def shifts(now: ArrayLike, before: ArrayLike) -> tuple[Shift, ...]:
    """Return every transition's share of both periods (counts per edge), the largest difference first."""
    shares_now = _shares(np.asarray(now, dtype=np.float64))
    shares_before = _shares(np.asarray(before, dtype=np.float64))
    order = np.argsort(-np.abs(shares_now - shares_before), kind="stable")
    return tuple(Shift(int(edge), float(shares_now[edge]), float(shares_before[edge])) for edge in order)


def _shares(counts: NDArray[np.float64]) -> NDArray[np.float64]:
    total = counts.sum(axis=-1, keepdims=True)
    shares: NDArray[np.float64] = np.divide(counts, total, out=np.zeros_like(counts), where=total > 0)
    return shares


def _bootstrap_p(
    now: NDArray[np.float64], before: NDArray[np.float64], gap: NDArray[np.float64], draws: int, seed: int
) -> float | None:
    used = (now.sum(axis=1) + before.sum(axis=1)) > 0
    buckets = int(used.sum())
    if buckets < MINIMUM_BUCKETS:
        return None
    chances = np.full(buckets, 1 / buckets)
    weights = np.random.default_rng(seed).multinomial(buckets, chances, size=draws).astype(np.float64)
    redrawn = _shares(weights @ now[used]) - _shares(weights @ before[used])
    by_chance = np.abs(redrawn - gap).sum(axis=1)
    return float((1 + np.count_nonzero(by_chance >= np.abs(gap).sum())) / (draws + 1))
