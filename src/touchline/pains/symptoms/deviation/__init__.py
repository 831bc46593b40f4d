"""Going back to an earlier step of the planned order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from touchline.journeys.facade import STAGE, JourneyDefinition
from touchline.pains.rules.rows import Flags, Floats, Found, Ints
from touchline.pains.symptoms.protocol import Looked

UNPLANNED = -1


@dataclass(frozen=True)
class Deviation:
    """A visit to a step that lies before the furthest one reached in the journey.

    Alignment (touchline conformance) looks at whole journeys; here only what came before the visit may decide.
    """

    name: str = "deviation"
    title: str = "Going back"
    happened: str = "customers had to go back to it"
    tells: str = (
        "Bad: the journey had already got beyond every step of the planned order that this touchpoint is part of. Fine: it had "
        "not. Touchpoints that are not planned, or may happen any time, are left out."
    )
    is_seen_by_all: bool = False
    is_experience: bool = False
    withholds: frozenset[str] = frozenset()
    is_score: bool = False

    def find(self, looked: Looked) -> Found:
        """Find the visits to planned steps; the value is how many steps back they went."""
        visits = looked.visits
        furthest_own = last_steps(looked.definition)[visits.touchpoint] if len(visits) else visits.touchpoint
        first_own = first_steps(looked.definition)[visits.touchpoint] if len(visits) else visits.touchpoint
        journey = _journey_numbers(visits.customer, visits.journey)
        reached = _furthest_before(first_own, journey)
        at = np.flatnonzero(furthest_own != UNPLANNED)
        return Found(at, (reached[at] - furthest_own[at]).astype(float), visits.time[at])

    def is_bad(self, value: Floats, touchpoint: Ints) -> Flags:
        """Those that went back at all."""
        return np.asarray(value > 0)


def last_steps(definition: JourneyDefinition) -> Ints:
    """By position of the touchpoint: the last planned step it is part of, UNPLANNED for none."""
    return _steps(definition)[1]


def first_steps(definition: JourneyDefinition) -> Ints:
    """By position of the touchpoint: the first planned step it is part of, UNPLANNED for none."""
    return _steps(definition)[0]


def _steps(definition: JourneyDefinition) -> tuple[Ints, Ints]:
    first = np.full(len(definition.touchpoints), UNPLANNED, np.int64)
    last = first.copy()
    for at, touchpoint in enumerate(definition.touchpoints):
        if touchpoint.id in definition.planned.anywhere:
            continue
        named = {touchpoint.id, STAGE + touchpoint.stage}
        within = [number for number, step in enumerate(definition.planned.steps) if named & set(step.names)]
        if within:
            first[at], last[at] = within[0], within[-1]
    return first, last


def _journey_numbers(customer: Ints, journey: Ints) -> NDArray[Any]:
    begins = np.ones(len(customer), np.bool_)
    begins[1:] = (customer[1:] != customer[:-1]) | (journey[1:] != journey[:-1])
    return np.cumsum(begins)


def _furthest_before(step: Ints, journey: NDArray[Any]) -> Ints:
    """The furthest step reached before each visit of its journey, UNPLANNED where none was."""
    width = int(step.max(initial=0)) + 2
    running = np.maximum.accumulate(journey * width + step + 1) - journey * width - 1
    before: Ints = np.full(len(step), UNPLANNED, np.int64)
    before[1:] = np.where(journey[1:] == journey[:-1], running[:-1], UNPLANNED)
    return before


SYMPTOM = Deviation()
