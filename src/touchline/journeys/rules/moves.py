"""Moves of customers between candidates for touchpoints, and the same drawn again customer by customer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Moves:
    """How often customers go from one candidate to another; one row per customer and pair, in their order."""

    size: int
    """How many candidates there are."""
    customer: Ints
    """From 0."""
    pair: Ints
    """From · size + to."""
    times: Ints

    @property
    def customers(self) -> int:
        """Customers with at least one move."""
        return int(self.customer.max(initial=-1)) + 1

    @property
    def table(self) -> NDArray[np.float64]:
        """from × to."""
        return self._summed(np.ones(self.customers))

    def resampled(self, times: int, seed: int) -> Iterator[NDArray[np.float64]]:
        """The table of as many customers drawn with replacement, so many times (bootstrap, Efron 1979)."""
        draw = np.random.default_rng(seed)
        for _ in range(times):
            drawn = np.bincount(draw.integers(0, self.customers, self.customers), minlength=self.customers)
            yield self._summed(drawn.astype(np.float64))

    def _summed(self, of_customer: NDArray[np.float64]) -> NDArray[np.float64]:
        """The table with each customer counted so often."""
        table = np.zeros(self.size * self.size)
        table += np.bincount(self.pair, self.times * of_customer[self.customer], self.size * self.size)
        return table.reshape(self.size, self.size)


@dataclass(frozen=True)
class MoveRows:
    """Moves of some customers, by their numbers in the store."""

    customer: Ints
    pair: Ints
    times: Ints


def move_rows(customer: Ints, at: Ints, candidate: Ints, size: int, gap: int) -> MoveRows:
    """Count moves of customers in order of time; `at` and `gap` in microseconds.

    No move: the same candidate again, a pause longer than `gap`, and two events of one moment, whose order nobody knows.
    """
    order = np.lexsort((candidate, at, customer))
    customer, at, candidate = customer[order], at[order], candidate[order]
    pause = np.diff(at)
    is_move = (customer[1:] == customer[:-1]) & (pause > 0) & (pause <= gap) & (candidate[1:] != candidate[:-1])
    pair = candidate[:-1][is_move] * size + candidate[1:][is_move]
    keys, times = np.unique(customer[1:][is_move] * size * size + pair, return_counts=True)
    return MoveRows(keys // (size * size), keys % (size * size), times)


def all_moves(parts: Sequence[MoveRows], size: int) -> Moves:
    """Put the moves of different customers together."""
    customer, pair, times = (
        np.concatenate([getattr(part, name) for part in parts]) for name in ("customer", "pair", "times")
    )
    order = np.lexsort((pair, customer))
    _, number = np.unique(customer[order], return_inverse=True)
    return Moves(size, number, pair[order], times[order])
