"""Journeys as arrays: visits of a unit in order, cut where nothing happens for longer than a journey may pause."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Visits:
    """Visits as the store gives them, in any order; arrays of one length, times in microseconds since 1970."""

    unit: Ints
    customer: Ints
    at: Ints
    ended: Ints
    touchpoint: Ints

    def where(self, which: Flags | Ints) -> Visits:
        """Some of them."""
        return Visits(*(getattr(self, name)[which] for name in ("unit", "customer", "at", "ended", "touchpoint")))


@dataclass(frozen=True)
class Journeys:
    """Journeys that are compared, in order of unit and time, with their visits."""

    visits: Visits
    journey: Ints
    """Of each visit, from 0."""
    unit: Ints
    """Of each journey."""
    began: Ints
    ended: Ints
    not_over: int
    set_aside: int

    @property
    def starts(self) -> Ints:
        """First visit of each journey."""
        return np.searchsorted(self.journey, np.arange(len(self.unit)))


@dataclass(frozen=True)
class Span:
    """Which journeys count; microseconds since 1970."""

    first: int
    """Journeys that began before are left out."""
    last: int
    """Those that began at this moment or later too."""
    data_until: int
    gap: int
    """The longest pause within a journey."""


def journeys(visits: Visits, span: Span, anywhere: tuple[int, ...]) -> Journeys:
    """Cut visits into journeys: those that began in the span and are over, without the touchpoints allowed anywhere.

    Visits of one moment stand in the order of the definition.
    """
    rows = visits.where(np.lexsort((visits.customer, visits.touchpoint, visits.at, visits.unit)))
    is_first = np.ones(len(rows.unit), dtype=np.bool_)
    is_first[1:] = (rows.unit[1:] != rows.unit[:-1]) | (rows.at[1:] - rows.ended[:-1] > span.gap)
    number = np.cumsum(is_first) - 1
    began = rows.at[is_first]
    ended = np.maximum.reduceat(rows.ended, np.flatnonzero(is_first)) if len(number) else began
    in_span = (began >= span.first) & (began < span.last)
    is_over = ended < span.data_until - span.gap
    planned = ~np.isin(rows.touchpoint, anywhere)
    has_planned = np.bincount(number[planned], minlength=len(began)) > 0
    kept = in_span & is_over & has_planned
    chosen = kept[number] & planned
    new_number = np.cumsum(kept) - 1
    return Journeys(
        visits=rows.where(chosen),
        journey=new_number[number[chosen]],
        unit=rows.unit[is_first][kept],
        began=began[kept],
        ended=ended[kept],
        not_over=int(np.count_nonzero(in_span & ~is_over)),
        set_aside=int(np.count_nonzero(in_span & is_over & ~has_planned)),
    )
