"""The visits of some customers as NumPy columns, with where each customer and each journey begins.

What happened before and after a visit is looked up in the customer's whole journey, also beyond the edges of the
scope: a visit on the last day of a period may go on in the next one.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

Ints = NDArray[np.integer[Any]]
Floats = NDArray[np.floating[Any]]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class VisitRows:
    """Rows of `visits`, those of one customer together and in time order. Arrays of one length, n."""

    customer: Ints
    journey: Ints
    time: Ints
    """Microseconds since 1970, UTC."""
    ended: Ints
    touchpoint: Ints
    """0-based position in the definition."""
    channel: Ints
    wait: Floats
    """Seconds until the visit after; −1 where the journey has none."""
    counted: Flags
    """Whether the visit lies in the scope."""
    compared: Flags
    """Whether the visit lies in the comparison period."""

    def __len__(self) -> int:
        return len(self.customer)

    @cached_property
    def customer_number(self) -> Ints:
        """0, 1, 2 ... in the order of the rows."""
        return _running_number(_changes(self.customer))

    @cached_property
    def journey_number(self) -> Ints:
        """0, 1, 2 ... over all journeys of all customers."""
        return _running_number(_changes(self.customer) | _changes(self.journey))

    @cached_property
    def last_of_journey(self) -> Ints:
        """Position of the last visit of each journey, by journey number."""
        number = self.journey_number
        return np.flatnonzero(np.append(number[1:] != number[:-1], True))


def visit_rows(table: pa.Table) -> VisitRows:
    """Make rows of what a store gave; they are put in order first where the store did not keep them so."""
    found = {name: table.column(name).to_numpy() for name in table.column_names}
    for flag in ("counted", "compared"):
        found[flag] = found[flag].view(np.bool_)
    if not _is_in_order(found["customer"], found["time"]):
        order = np.lexsort((found["time"], found["customer"]))
        found = {name: column[order] for name, column in found.items()}
    return VisitRows(**found)


def _is_in_order(customer: Ints, time: Ints) -> bool:
    """Whether each customer's rows are together and in time order."""
    if len(customer) == 0:
        return True
    starts = _changes(customer)
    own = customer[starts]
    seen = np.zeros(int(customer.max()) + 1, dtype=np.bool_)
    seen[own] = True
    together = int(np.count_nonzero(seen)) == len(own)
    return together and bool(np.all((time[1:] >= time[:-1]) | starts[1:]))


def _changes(values: Ints) -> Flags:
    """Whether each value differs from the one before; the first one does."""
    changed = np.ones(len(values), dtype=np.bool_)
    np.not_equal(values[1:], values[:-1], out=changed[1:])
    return changed


def _running_number(begins: Flags) -> Ints:
    return np.cumsum(begins, dtype=np.int32) - np.int32(1)
