"""What a computation looks at, as arrays: visits, and dated facts about their customers. Pure NumPy.

Times are microseconds since 1970, UTC. Arrays of one object have one length and stand in order of customer and time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any, Final, TypeVar

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

MICROSECONDS_PER_DAY: Final = 86_400_000_000
NOWHERE: Final = -1

Rows = TypeVar("Rows")


@dataclass(frozen=True)
class VisitRows:
    """Visits of whole customers; those of one customer together, in time order."""

    customer: Ints
    time: Ints
    ended: Ints
    touchpoint: Ints
    """Position in the definition."""
    journey: Ints
    """Ordinal within the customer."""
    channel: Ints
    device: Ints
    counted: Flags
    """Whether the visit lies in the scope; the others only tell what came before and after."""

    def __len__(self) -> int:
        return len(self.customer)


@dataclass(frozen=True)
class Moments:
    """Dated facts of one kind: orders with their worth, contacts with service ..."""

    customer: Ints
    time: Ints
    value: Floats
    """Of an order its amount, NaN where it has none; otherwise 1."""

    def __len__(self) -> int:
        return len(self.customer)


@dataclass(frozen=True)
class TraitRows:
    """What became known about customers, and when."""

    customer: Ints
    time: Ints
    key: NDArray[np.object_]
    value: NDArray[np.object_]


@dataclass(frozen=True)
class AnswerRows:
    """Scores given, on ±100, at the touchpoint where they were placed."""

    customer: Ints
    time: Ints
    touchpoint: Ints
    experience: Floats


@dataclass(frozen=True)
class Found:
    """What one kind of symptom found: for some visits a figure that will be judged."""

    visit: Ints
    """Position among the visits looked at."""
    value: Floats
    known: Ints
    """When it was known whether the visit was bad: outcomes count from here on."""


def concatenated(parts: Sequence[Rows]) -> Rows:
    """Put parts of one type together, column by column."""
    first: Any = parts[0]
    columns = {each.name: np.concatenate([getattr(part, each.name) for part in parts]) for each in fields(first)}
    joined: Rows = type(first)(**columns)
    return joined


def chosen(rows: Rows, which: Flags | Ints) -> Rows:
    """Some of the rows, in the order given."""
    given: Any = rows
    picked: Rows = type(given)(**{each.name: getattr(given, each.name)[which] for each in fields(given)})
    return picked


def in_order(rows: Rows) -> Rows:
    """Rows of several buckets in the order of customers; those of one customer keep theirs."""
    given: Any = rows
    return chosen(rows, np.argsort(given.customer, kind="stable"))
