"""Cut an order into stages so that moves stay within a stage, or go on to the next one, more than chance would have it.

Of nodes in a given order, stages are runs of neighbours. A block of moves, from one run of nodes to another, gains
e·ln(e / x), where e are its moves and x those to be expected from how often its nodes are left and entered. The cut with
the largest sum over the blocks within each stage and from each stage to the next is found by dynamic programming: what a
stage adds depends on the stage before it only. It is the likelihood of a degree-corrected block model (Karrer and Newman
2011, Physical Review E 83:016107) that knows these blocks, and chance elsewhere.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Cut:
    """One way to cut."""

    borders: tuple[int, ...]
    """Where stages end: stage s holds the nodes from borders[s − 1] (0 for the first) to before borders[s]."""
    gain: float
    """How much likelier the moves are than by chance: the logarithm, in nats."""


def best_cuts(
    moves: Floats, stages: int, held: Mapping[int, Collection[int]] | None = None, most: int = 2
) -> tuple[Cut, ...]:
    """Return the best cuts into so many stages, the best first; nothing where there is none.

    `moves[i, j]`: how often j comes after i, with nodes in their order. `held`: nodes (positions in the order) that must
    lie in a stage (from 0).
    """
    within, onward = _gains(moves)
    size = len(moves) + 1
    best = np.full((most, size, size), -np.inf)  # by rank, and by start and end of the stage
    best[0, 0] = np.where(_holds(size, (held or {}).get(0, ())), within, -np.inf)[0]
    came_from: list[NDArray[np.int64]] = []
    for stage in range(1, stages):
        own = np.where(_holds(size, (held or {}).get(stage, ())), within, -np.inf)
        ways = best[:, :, :, None] + onward[None] + own[None, None]  # rank, start before, start, end
        order, best = _largest(ways.reshape(most * size, size, size), most)
        came_from.append(order)
    ends = best[:, :, -1].reshape(-1)
    ranked = [int(way) for way in np.argsort(-ends, kind="stable")[:most] if np.isfinite(ends[way])]
    return tuple(Cut(_borders(came_from, way, size), float(ends[way])) for way in ranked)


def _largest(ways: Floats, most: int) -> tuple[NDArray[np.int64], Floats]:
    """The largest along the first axis: which, and how large."""
    which, sizes = [], []
    for _ in range(most):
        first = np.argmax(ways, axis=0, keepdims=True)
        which.append(first)
        sizes.append(np.take_along_axis(ways, first, axis=0))
        np.put_along_axis(ways, first, -np.inf, axis=0)
    return np.concatenate(which), np.concatenate(sizes)


def _holds(size: int, nodes: Collection[int]) -> NDArray[np.bool_]:
    """Whether a stage by start and end has nodes, all of these among them."""
    start, end = np.indices((size, size))
    return (start < end) & (start <= min(nodes, default=size)) & (end > max(nodes, default=-1))


def _borders(came_from: list[NDArray[np.int64]], way: int, size: int) -> tuple[int, ...]:
    """Walk back from the last stage."""
    rank, start = divmod(way, size)
    borders = [size - 1]
    for order in reversed(came_from):
        end = borders[0]
        borders.insert(0, start)
        rank, start = divmod(int(order[rank, start, end]), size)
    return tuple(borders)


def _gains(moves: Floats) -> tuple[Floats, Floats]:
    """Gains of the block of a stage by start and end, and of the block to the next stage by start, border and end."""
    size = len(moves) + 1
    up_to = np.zeros((size, size))
    up_to[1:, 1:] = np.asarray(moves, dtype=np.float64).cumsum(axis=0).cumsum(axis=1)
    left, entered, total = up_to[:, -1], up_to[-1], max(float(up_to[-1, -1]), 1.0)
    own = np.diagonal(up_to)
    inside = own[None, :] - up_to - up_to.T + own[:, None]
    chance = (left[None, :] - left[:, None]) * (entered[None, :] - entered[:, None]) / total
    across = up_to[None, :, :] - up_to[:, None, :] - own[None, :, None] + up_to[:, :, None]
    expected = (left[None, :] - left[:, None])[:, :, None] * (entered[None, :] - entered[:, None])[None, :, :] / total
    return _gain(inside, chance), _gain(across, expected)


def _gain(found: Floats, expected: Floats) -> Floats:
    is_there = (found > 0) & (expected > 0)
    ratio = np.divide(found, expected, out=np.ones_like(found), where=is_there)
    return np.where(is_there, found * np.log(ratio), 0.0)
