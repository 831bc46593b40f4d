"""Natural keys for rows: what makes the same fact, exported again, the same event.

A table with an id column has them; for any other the mapped cells themselves are the key, with a running number among
identical rows, so that two identical lines stay two and importing them again changes nothing twice.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from touchline.events.mapping.distinct import Column

SEPARATOR: Final = "\x1f"
_RUNS_LIKE: Final = 2
"""Sorted runs are merged when the older is not this many times longer: few runs, each row moved log n times."""


class RunningNumbers:
    """Counts, over the whole of a file, how often each key was seen before: 0, 1, 2 ...

    Holds eight bytes per row (hashes in sorted runs), 40 MB for 5 million rows. Two different keys share a hash once
    in a million such files; the second then gets number 1 instead of 0, and nothing is lost.
    """

    def __init__(self) -> None:
        self._runs: list[np.ndarray] = []

    def number(self, keys: Column) -> np.ndarray:
        """Give each key its running number, int64, continuing from the batches before."""
        hashes = np.fromiter(map(hash, keys.to_pylist()), dtype=np.int64, count=len(keys))
        order = np.argsort(hashes, kind="stable")
        ordered = hashes[order]
        within = np.arange(len(ordered)) - np.searchsorted(ordered, ordered, side="left")
        for run in self._runs:
            within += np.searchsorted(run, ordered, side="right") - np.searchsorted(run, ordered, side="left")
        numbers = np.empty(len(ordered), dtype=np.int64)
        numbers[order] = within
        self._add(ordered)
        return numbers

    def _add(self, run: np.ndarray) -> None:
        while self._runs and len(self._runs[-1]) < _RUNS_LIKE * len(run):
            run = np.sort(np.concatenate([self._runs.pop(), run]), kind="stable")
        self._runs.append(run)


def joined(family: str, columns: list[Column]) -> Column:
    """Join the cells of each row to one key, starting with the family; a missing cell is an empty one."""
    prefix = pa.scalar(family, pa.string())
    return pc.binary_join_element_wise(prefix, *columns, SEPARATOR, null_handling="replace", null_replacement="")


def numbered(keys: Column, numbers: np.ndarray) -> Column:
    """Append the running number to the keys that were seen before."""
    again = numbers > 0
    if not again.any():
        return keys
    written = pc.binary_join_element_wise(keys, pa.array(numbers).cast(pa.string()), SEPARATOR + "#")
    return pc.if_else(pa.array(again), written, keys)
