"""Answers to surveys and reviews with a low score."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from touchline.pains.rules.rows import MICROSECONDS_PER_DAY, Flags, Floats, Found, Ints
from touchline.pains.symptoms.protocol import Looked, first_of_each

ANSWERED_WITHIN_DAYS: Final = 14
"""How long after a visit an answer still is about it."""
LOW: Final = {"nps": 20.0}
OTHERWISE_LOW: Final = -20.0
"""The highest low score on ±100. NPS: 0 to 6, its detractors; others: 1 or 2 of 5, 1 to 3 of 7, 0 to 4 of 10."""

ANSWERS = """
select i.customer::bigint as customer, epoch_us(i.time) as time, i.touchpoint::bigint as touchpoint,
  i.experience - coalesce($low[list_position($metrics, i.metric)], $otherwise) as value
from responses i
where i.experience is not null and i.customer is not null and i.touchpoint is not null and {bucket}
order by customer, time, event
"""


@dataclass(frozen=True)
class LowScore:
    """A low score beside others at the same touchpoint."""

    name: str = "low_score"
    title: str = "Low score"
    happened: str = "customers gave a low score"
    tells: str = (
        "Bad: the answer about the visit was low (NPS 0 to 6; 1 or 2 of 5; 1 to 3 of 7; 0 to 4 of 10). Fine: a higher "
        "answer. Visits without an answer are left out; what follows counts from the answer on."
    )
    is_seen_by_all: bool = False
    is_experience: bool = False
    withholds: frozenset[str] = frozenset()
    is_score: bool = True

    def find(self, looked: Looked) -> Found:
        """Find the visits with an answer; the value is how far it lies above the highest low one."""
        asked = looked.moments(ANSWERS, {"metrics": list(LOW), "low": list(LOW.values()), "otherwise": OTHERWISE_LOW})
        visit = looked.visit_of(
            asked["customer"], asked["time"], asked["touchpoint"], ANSWERED_WITHIN_DAYS * MICROSECONDS_PER_DAY
        )
        return first_of_each(visit, asked["value"].astype(float), looked, asked["time"])

    def is_bad(self, value: Floats, touchpoint: Ints) -> Flags:
        """Those at or below the highest low one."""
        return np.asarray(value <= 0)


SYMPTOM = LowScore()
