"""To which visit something belongs that happened at a moment: the latest one begun by then."""

from __future__ import annotations

import numpy as np

from touchline.pains.rules.as_of import Earlier
from touchline.pains.rules.rows import NOWHERE, Ints, Moments, VisitRows, chosen


def begun(visits: VisitRows) -> Earlier:
    """The beginnings of visits, ready to be asked about; for several questions about the same visits."""
    return Earlier(Moments(visits.customer, visits.time, np.ones(len(visits))))


def visit_of(
    visits: VisitRows,
    customer: Ints,
    time: Ints,
    within: int,
    touchpoint: Ints | None = None,
    beginnings: Earlier | None = None,
) -> Ints:
    """Positions of the visits that moments belong to, −1 where there is none.

    The latest visit of the customer begun by then (at that touchpoint, where touchpoints are given), if it ended no more
    than `within` microseconds before.
    """
    if touchpoint is None:
        at = (beginnings or begun(visits)).position(customer, time + 1)
    else:
        at = np.full(len(customer), NOWHERE, np.int64)
        for place in np.unique(touchpoint):
            here, asked = np.flatnonzero(visits.touchpoint == place), touchpoint == place
            at[asked] = _begun(visits, here, customer[asked], time[asked])
    late = np.zeros(len(at), np.bool_)
    there = at != NOWHERE
    late[there] = time[there] - visits.ended[at[there]] > within
    return np.where(late, NOWHERE, at)


def _begun(visits: VisitRows, which: Ints, customer: Ints, time: Ints) -> Ints:
    at = begun(chosen(visits, which)).position(customer, time + 1)
    return np.where(at == NOWHERE, NOWHERE, which[np.maximum(at, 0)]) if len(which) else at
