"""Waiting far longer than others for the same step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from touchline.formulas.unusual import unusually_long
from touchline.pains.rules.rows import Flags, Floats, Found, Ints
from touchline.pains.symptoms.protocol import Looked

SHORTEST_SECONDS: Final = 3600.0
"""Less than an hour since the step before is no waiting."""


@dataclass(frozen=True)
class Waiting:
    """An abnormally long time since the visit before, within the same journey."""

    name: str = "waiting"
    title: str = "Long wait"
    happened: str = "customers waited unusually long for it"
    tells: str = (
        "Bad: the time since the visit before, within the journey, is far longer than is usual for this touchpoint. Fine: "
        "any shorter time. Visits that begin a journey are left out, and those that follow within an hour."
    )
    is_seen_by_all: bool = False
    is_experience: bool = False
    withholds: frozenset[str] = frozenset({"days since the last visit"})
    is_score: bool = False

    def find(self, looked: Looked) -> Found:
        """Find the visits that were waited for; the value is how long, in seconds."""
        visits = looked.visits
        goes_on = np.zeros(len(visits), np.bool_)
        goes_on[1:] = (visits.customer[1:] == visits.customer[:-1]) & (visits.journey[1:] == visits.journey[:-1])
        seconds = np.zeros(len(visits))
        seconds[1:] = (visits.time[1:] - visits.ended[:-1]) / 1e6
        at = np.flatnonzero(goes_on & (seconds >= SHORTEST_SECONDS))
        return Found(at, seconds[at], visits.time[at])

    def is_bad(self, value: Floats, touchpoint: Ints) -> Flags:
        """Those that stand out among the waits for the same touchpoint."""
        bad = np.zeros(len(value), np.bool_)
        for place in np.unique(touchpoint):
            here = touchpoint == place
            bad[here] = unusually_long(value[here])
        return bad


SYMPTOM = Waiting()
