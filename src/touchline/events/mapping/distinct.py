"""Doing slow things once per distinct value: columns of exports repeat themselves."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias, TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

Found = TypeVar("Found")
Column: TypeAlias = Any
"""An Arrow array, of text where nothing else is said. Any, because pyarrow's types lose track in compute calls."""


def each_distinct(cells: Column, read: Callable[[str], Found | None]) -> tuple[list[Found | None], np.ndarray]:
    """Read every distinct cell once.

    Gives what was read per distinct value, with one None at the end, and for each cell its position in that list;
    null cells and cells that `read` answers with None point at a None.
    """
    encoded = pc.dictionary_encode(cells)
    found = [read(value) for value in encoded.dictionary.to_pylist()]
    positions = encoded.indices.fill_null(len(found)).to_numpy(zero_copy_only=False)
    return [*found, None], positions


def translated(cells: Column, read: Callable[[str], str | None]) -> Column:
    """Replace every cell by what `read` makes of it; null where that is None."""
    found, positions = each_distinct(cells, read)
    return pa.array(found, pa.string()).take(pa.array(positions))


def numbers_read(cells: Column, read: Callable[[str], float | int | None], dtype: str) -> tuple[np.ndarray, np.ndarray]:
    """Read every cell as a number: the values (0 where there is none) and a mask of those that are there."""
    found, positions = each_distinct(cells, read)
    values = np.array([0 if value is None else value for value in found], dtype=dtype)
    there = np.array([value is not None for value in found])
    return values[positions], there[positions]
