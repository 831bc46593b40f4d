"""Identifiers and links as arrays, and the set arithmetic that the rules of joining are written in."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Integers = npt.NDArray[np.int64]
Codes = npt.NDArray[np.int8]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class LinkGraph:
    """Identifiers in ascending order with the type of each, and the active links between them as positions."""

    identifiers: Integers
    types: Codes
    a: Integers
    b: Integers

    @classmethod
    def of(cls, identifiers: Integers, types: Codes, a: Integers, b: Integers) -> LinkGraph:
        """Build from identifier numbers; links to numbers that are not listed are left out."""
        order = np.argsort(identifiers, kind="stable")
        identifiers = identifiers[order]
        at_a, at_b = np.searchsorted(identifiers, a), np.searchsorted(identifiers, b)
        last = max(len(identifiers) - 1, 0)
        known = (a != b) & (identifiers[at_a.clip(max=last)] == a) & (identifiers[at_b.clip(max=last)] == b)
        low, high = distinct_pairs(np.minimum(at_a, at_b)[known], np.maximum(at_a, at_b)[known])
        return cls(identifiers, types[order], low, high)

    def between(self, from_: Flags, to: Flags) -> tuple[Integers, Integers]:
        """Links between an identifier of the first set and one of the second, turned that way round."""
        forward = from_[self.a] & to[self.b]
        backward = to[self.a] & from_[self.b] & ~forward
        return np.concatenate([self.a[forward], self.b[backward]]), np.concatenate([self.b[forward], self.a[backward]])

    def without(self, dropped: Flags) -> LinkGraph:
        """The same identifiers with fewer links."""
        return LinkGraph(self.identifiers, self.types, self.a[~dropped], self.b[~dropped])


def components(count: int, a: Integers, b: Integers) -> Integers:
    """Number of the connected component of each of `count` nodes."""
    if len(a) == 0:
        return np.arange(count, dtype=np.int64)
    from scipy.sparse import coo_array  # takes a fifth of a second to import; most commands join nobody
    from scipy.sparse.csgraph import connected_components

    matrix = coo_array((np.ones(len(a), dtype=np.int8), (a, b)), shape=(count, count))
    return np.asarray(connected_components(matrix, directed=False)[1], dtype=np.int64)


def distinct_pairs(left: Integers, right: Integers) -> tuple[Integers, Integers]:
    """Each pair of numbers once, in ascending order."""
    if len(left) == 0:
        return left, right
    width = np.int64(right.max() + 1)
    keys = np.sort(left * width + right)  # np.unique takes three times as long
    keys = keys[np.append(True, keys[1:] != keys[:-1])]
    return keys // width, keys % width


def only_partner(left: Integers, right: Integers, size: int, ignore: int | None = None) -> Integers:
    """For each left number the only right one it is paired with; −1 for none or several."""
    if ignore is not None:
        left, right = left[right != ignore], right[right != ignore]
    left, right = distinct_pairs(left, right)
    only = np.full(size, -1, dtype=np.int64)
    only[left] = right
    only[np.bincount(left, minlength=size) > 1] = -1
    return only


def first_of_each(label: Integers) -> Integers:
    """Position at which each label, 0 and up, first occurs."""
    first = np.zeros(label.max() + 1, dtype=np.int64)
    first[label[::-1]] = np.arange(len(label) - 1, -1, -1)
    return first
