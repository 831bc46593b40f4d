"""Twins: two customers as alike before a visit as can be told, one of whom it hit. A picture, never an estimate."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

import numpy as np

from touchline.pains.rules.pain import TimelineEntry, TwinTimeline
from touchline.pains.rules.rows import MICROSECONDS_PER_DAY, Flags, Floats, Ints, Moments, VisitRows

DAYS_BEFORE: Final = 60
DAYS_AFTER: Final = 90
MOST_ENTRIES: Final = 40
"""Of one timeline, nearest to the visit that is compared."""


def pairs(chance: Floats, bad: Flags, customer: Ints, most: int) -> list[tuple[int, int, float]]:
    """Pairs of a bad and a fine visit (positions) with the chance of the bad one, the likest first, spread over all chances.

    Nobody stands in two pairs; the two of a pair are different customers.
    """
    fine = np.flatnonzero(~bad)
    order = fine[np.lexsort((customer[fine], chance[fine]))]
    sufferers = np.flatnonzero(bad)
    sufferers = sufferers[np.lexsort((customer[sufferers], chance[sufferers]))]
    wanted = (
        sufferers[np.unique(np.linspace(0, len(sufferers) - 1, 4 * most).astype(int))] if len(sufferers) else sufferers
    )
    used: set[int] = set()
    found: list[tuple[float, int, int]] = []
    for at in wanted.tolist():
        if int(customer[at]) in used:
            continue
        other = _nearest(float(chance[at]), chance[order], order, customer, used | {int(customer[at])})
        if other is None:
            continue
        used |= {int(customer[at]), int(customer[other])}
        found.append((abs(float(chance[at] - chance[other])), at, other))
    found.sort(key=lambda each: (each[0], each[1]))
    return [(at, other, float(chance[at])) for _, at, other in found[:most]]


def _nearest(wanted: float, chances: Floats, order: Ints, customer: Ints, used: set[int]) -> int | None:
    """The unused visit whose chance is nearest."""
    right = int(np.searchsorted(chances, wanted))
    left = right - 1
    while left >= 0 or right < len(order):
        takes_left = right >= len(order) or (left >= 0 and wanted - chances[left] <= chances[right] - wanted)
        at = int(order[left if takes_left else right])
        if int(customer[at]) not in used:
            return at
        left, right = (left - 1, right) if takes_left else (left, right + 1)
    return None


def timeline(
    visits: VisitRows, orders: Moments, visit: int, bad: Ints, names: Sequence[tuple[str, str]], bought: bool
) -> TwinTimeline:
    """What the customer of a visit did around it. `bad` are positions of bad visits of the symptom."""
    customer, moment = int(visits.customer[visit]), int(visits.time[visit])
    begin = int(np.searchsorted(visits.customer, customer))
    own = np.arange(begin, int(np.searchsorted(visits.customer, customer, side="right")))
    days = (visits.time[own] - moment) / MICROSECONDS_PER_DAY
    near = own[(days >= -DAYS_BEFORE) & (days <= DAYS_AFTER)]
    near = np.sort(near[np.argsort(np.abs(visits.time[near] - moment), kind="stable")][:MOST_ENTRIES])
    of_customer = orders.time[orders.customer == customer]
    is_bad = set(bad.tolist())
    return TwinTimeline(
        customer=customer,
        time=_moment(moment),
        bought=bought,
        entries=tuple(
            TimelineEntry(
                days=float((visits.time[at] - moment) / MICROSECONDS_PER_DAY),
                time=_moment(int(visits.time[at])),
                touchpoint=names[int(visits.touchpoint[at])][0],
                touchpoint_name=names[int(visits.touchpoint[at])][1],
                is_compared=at == visit,
                is_bad=at in is_bad,
                is_order=bool(np.any((of_customer >= visits.time[at]) & (of_customer <= visits.ended[at]))),
            )
            for at in near.tolist()
        ),
    )


def _moment(microseconds: int) -> datetime:
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=microseconds)).replace(tzinfo=None)
