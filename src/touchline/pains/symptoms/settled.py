"""Symptoms that show only some days after the visit: whether it had to be followed by something.

All such visits, bad and fine, are judged on the same day after them, and outcomes count from there: nobody has a head start.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from touchline.pains.rules.rows import MICROSECONDS_PER_DAY, Flags, Floats, Found, Ints
from touchline.pains.symptoms.protocol import Looked, first_of_each


@dataclass(frozen=True)
class SettledSymptom:
    """Something that happened at a visit was, or was not, followed by something else within some days."""

    name: str
    title: str
    happened: str
    tells: str
    days: int
    """Until it counts as settled."""
    sql: str
    """Columns customer, time (of what happened), value (1: followed within `days`); `{bucket}` and `$days` in it."""
    is_seen_by_all: bool = False
    is_experience: bool = False
    withholds: frozenset[str] = field(default=frozenset())
    is_score: bool = False

    def find(self, looked: Looked) -> Found:
        """Find the visits in which it happened long enough ago; the value is 1 where it was followed."""
        asked = looked.moments(self.sql, {"days": self.days})
        settled = asked["time"] + self.days * MICROSECONDS_PER_DAY
        over = settled <= looked.data_until
        visit = looked.visit_of(asked["customer"][over], asked["time"][over])
        return first_of_each(visit, asked["value"][over].astype(float), looked, settled[over])

    def is_bad(self, value: Floats, touchpoint: Ints) -> Flags:
        """Those that were followed."""
        return np.asarray(value > 0)
