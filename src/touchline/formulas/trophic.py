"""Trophic levels: how far along the flow each node of a directed network lies.

W[i, j] is how often j comes after i. With u the in- plus out-weight of each node and v the in- minus out-weight, the
levels h solve (diag(u) − W − Wᵀ) h = v: every move then goes up by 1 on average, as nearly as it can be. The equations
leave one constant free in each connected part; each part begins at 0. Incoherence is the mean squared distance of a move's
climb from 1: 0 where all moves climb alike, 1 where there is no direction.

Source: MacKay, Johnson and Sansom 2020, How directed is a directed network?, Royal Society Open Science 7:201138,
equations 2.3, 2.6 and 2.8.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def trophic_levels(moves: Floats) -> Floats:
    """Return the level of each node; 0 for the lowest of each connected part. `moves`: square, without negative weights."""
    weights = np.asarray(moves, dtype=np.float64)
    both = weights + weights.T
    laplacian = np.diag(both.sum(axis=0)) - both
    imbalance = weights.sum(axis=0) - weights.sum(axis=1)
    levels = np.linalg.lstsq(laplacian, imbalance, rcond=None)[0]
    for part in connected_parts(both):
        levels[part] -= levels[part].min()
    return np.asarray(levels)


def beyond_chance(moves: Floats) -> Floats:
    """Return by how much each move is more frequent than its ends alone would make it: max(0, W − out·in / total).

    Without it, moves from anywhere to anywhere pull all levels together. Where what is left does not hold the network
    together, the moves are returned as they are. The expectation is that of Newman 2006, PNAS 103:8577, for directed
    networks (Leicht and Newman 2008, Physical Review Letters 100:118703).
    """
    total = moves.sum()
    if total == 0:
        return moves
    left = np.maximum(moves - np.outer(moves.sum(axis=1), moves.sum(axis=0)) / total, 0.0)
    is_whole = len(connected_parts(left + left.T)) == len(connected_parts(moves + moves.T))
    return left if is_whole else moves


def incoherence(moves: Floats, levels: Floats) -> float | None:
    """Return how little the moves agree on a direction, 0 to 1; None without moves."""
    total = float(np.sum(moves))
    if total == 0:
        return None
    climb = levels[None, :] - levels[:, None]
    return float(np.sum(moves * (climb - 1) ** 2) / total)


def connected_parts(both: Floats) -> list[NDArray[np.int64]]:
    """Return the nodes of each connected part of a symmetric network."""
    label = np.arange(len(both))
    while True:
        lowest = np.where(both > 0, label[None, :], len(both)).min(axis=1, initial=len(both))
        spread = np.minimum(label, lowest)
        if (spread == label).all():
            return [np.flatnonzero(label == each) for each in np.unique(label)]
        label = spread
