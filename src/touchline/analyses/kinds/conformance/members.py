"""The customers of one part of the answer, for segments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from touchline.analyses.kinds.conformance.alignments import aligned
from touchline.analyses.kinds.conformance.deviations import (
    BACK,
    EARLY,
    LATE,
    REPEATED,
    SKIPPED,
    STOPPED,
    UNPLANNED,
    course,
    deviations,
)
from touchline.analyses.kinds.conformance.question import CountConformance
from touchline.analyses.kinds.conformance.rows import Ints
from touchline.analyses.rules.problem import QuestionError, what_exists
from touchline.engine.question import Bucket
from touchline.engine.store import Store

AS_PLANNED: Final = "as-planned"
OF_PART: Final = {
    AS_PLANNED: (),
    "deviating": (STOPPED, SKIPPED, UNPLANNED, REPEATED, BACK, EARLY, LATE),
    "stopped": (STOPPED,),
    "skipped": (SKIPPED,),
    "unplanned": (UNPLANNED,),
    "repeated": (REPEATED, BACK),
    "wrong-order": (EARLY, LATE),
}
"""Which deviations make somebody a member."""

PARTS: Final = (
    (AS_PLANNED, "customers whose journeys went exactly as planned"),
    ("deviating", "customers who left the plan somewhere"),
    ("stopped", "customers who stopped before the last planned step"),
    ("skipped", "customers who skipped a planned step"),
    ("unplanned", "customers who did something that is not planned"),
    ("repeated", "customers who did a step again"),
    ("wrong-order", "customers who did a step in another order"),
)


@dataclass(frozen=True)
class FindMembers:
    """Align again, and name who deviates."""

    counted: CountConformance
    part_asked: str

    def part(self, store: Store, bucket: Bucket) -> Ints:
        """Look at one bucket."""
        found, plan = self.counted.journeys(store, bucket), self.counted.plan
        steps = aligned(found, plan)
        if self.part_asked == AS_PLANNED:
            units = np.setdiff1d(found.unit, found.unit[steps.cost > 0])
        else:
            way = course(found, steps, len(plan.steps) + 1)
            happened = deviations(found, steps, way, plan.contains, np.array([step.optional for step in plan.steps]))
            units = found.unit[happened.journey[np.isin(happened.key[:, 0], OF_PART[self.part_asked])]]
        return np.unique(found.visits.customer[np.isin(found.visits.unit, units)])

    def combine(self, parts: Sequence[Ints]) -> Ints:
        """Put all buckets together."""
        return np.unique(np.concatenate(parts))


def find_members(counted: CountConformance, part: str) -> FindMembers:
    """Ask for the customers of a part. Raises QuestionError for one there is not."""
    if part not in OF_PART:
        raise QuestionError(what_exists("part", part, list(OF_PART)), "part")
    return FindMembers(counted, part)
