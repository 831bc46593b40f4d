"""What was known before a visit: an as-of join that cannot look ahead, and a guard that raises where anything did.

Every lookup counts facts with a time strictly before the moment asked about. Each column it makes carries the time of the
latest fact that went into it, and `known_before` refuses a column with one at the visit or later.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property

import numpy as np

from touchline.pains.rules.rows import Floats, Ints, Moments

NEVER = np.iinfo(np.int64).min
"""The time of the latest fact where there is none."""


class LaterFactError(ValueError):
    """A column holds a fact from the visit or after it; the message names the column."""


@dataclass(frozen=True)
class Column:
    """One covariate: a number for each visit, and when the latest fact behind it happened."""

    name: str
    values: Floats
    latest: Ints
    """NEVER where no fact is behind it."""


def known_before(moments: Ints, columns: list[Column]) -> list[Column]:
    """Return the columns, each checked against the moments of the visits. Raises LaterFactError."""
    for column in columns:
        later = np.flatnonzero(column.latest >= moments)
        if len(later):
            fact = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=int(column.latest[later[0]]))
            raise LaterFactError(
                f"“{column.name}” knows something of {fact:%Y-%m-%d %H:%M:%S} that had not happened at {len(later):,} "
                "of the visits it describes; only facts from before a visit may be used."
            )
    return columns


@dataclass(frozen=True)
class Earlier:
    """Dated facts that can be asked about as of any moment."""

    facts: Moments

    @cached_property
    def _people(self) -> Ints:
        return np.unique(self.facts.customer)

    @cached_property
    def _moments(self) -> Ints:
        return np.unique(self.facts.time)

    @cached_property
    def _order(self) -> Ints:
        order: Ints = np.lexsort((self.facts.time, self.facts.customer)).astype(np.int64)
        return order

    @cached_property
    def _keys(self) -> Ints:
        return self._key(self.facts.customer[self._order], self.facts.time[self._order])

    @cached_property
    def _sums(self) -> Floats:
        values = np.nan_to_num(self.facts.value[self._order])
        return np.concatenate([[0.0], np.cumsum(values)])

    def _key(self, customer: Ints, time: Ints) -> Ints:
        """One number that sorts by customer and time; facts are few enough for customer × moments to fit in 63 bits."""
        person = np.searchsorted(self._people, customer)
        found: Ints = person * (len(self._moments) + 1) + np.searchsorted(self._moments, time, side="left")
        return found

    def _before(self, customer: Ints, time: Ints) -> tuple[Ints, Ints]:
        """Positions, in order, of the customer's first fact and of the first one that is not before the time."""
        if not len(self.facts):
            nothing = np.zeros(len(customer), np.int64)
            return nothing, nothing
        person = np.searchsorted(self._people, customer)
        known = person < len(self._people)
        known[known] = self._people[person[known]] == customer[known]
        begin = np.searchsorted(self._keys, person * (len(self._moments) + 1), side="left")
        until = np.searchsorted(self._keys, self._key(customer, time), side="left")
        return np.where(known, begin, 0), np.where(known, until, 0)

    def count(self, customer: Ints, time: Ints) -> Ints:
        """How many facts each customer had before the time."""
        begin, until = self._before(customer, time)
        return until - begin

    def total(self, customer: Ints, time: Ints) -> Floats:
        """The sum of their values."""
        begin, until = self._before(customer, time)
        return self._sums[until] - self._sums[begin]

    def latest(self, customer: Ints, time: Ints) -> Ints:
        """When the last of them happened; NEVER where there is none."""
        begin, until = self._before(customer, time)
        if not len(self.facts):
            return np.full(len(customer), NEVER)
        last = self.facts.time[self._order][np.maximum(until - 1, 0)]
        return np.where(until > begin, last, NEVER)

    def position(self, customer: Ints, time: Ints) -> Ints:
        """Which fact was the last one before, as a position in `facts`; −1 where there is none."""
        begin, until = self._before(customer, time)
        if not len(self.facts):
            return np.full(len(customer), -1, np.int64)
        return np.where(until > begin, self._order[np.maximum(until - 1, 0)], -1)

    def between(self, customer: Ints, after: Ints, until: Ints) -> Ints:
        """How many facts happened later than `after` and not later than `until`."""
        return self.count(customer, until + 1) - self.count(customer, after + 1)

    def total_between(self, customer: Ints, after: Ints, until: Ints) -> Floats:
        """The sum of their values."""
        return self.total(customer, until + 1) - self.total(customer, after + 1)
