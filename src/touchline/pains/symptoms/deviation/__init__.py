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
    """A visit to a step that lies before the furthest one reached since the plan began.

    Alignment (touchline conformance) looks at whole journeys; here only what came before the visit may decide.
    """

    name: str = "deviation"
    title: str = "Going back"
    happened: str = "customers had to go back to it"
    tells: str = (
        "Bad: the customer had already got beyond every step of the planned order that this touchpoint is part of. Fine: not "
        "yet. The order begins anew with each visit to its first step, so those visits are left out: looking at another product, "
        "or coming to buy again, is no going back. So are touchpoints that are not planned, or may happen any time."
    )
    is_seen_by_all: bool = False
    is_experience: bool = False
    withholds: frozenset[str] = frozenset()
    is_score: bool = False

    def find(self, looked: Looked) -> Found:
        """Find the visits to planned steps behind the first; the value is how many steps back they went."""
        visits = looked.visits
        first, last = (
            steps[visits.touchpoint] if len(visits) else visits.touchpoint for steps in _steps(looked.definition)
        )
        opening = _opening(looked.definition)
        opens = (last != UNPLANNED) & (last <= opening)
        reached = _furthest_before(first, _run_numbers(visits.customer, visits.journey, opens))
        at = np.flatnonzero(last > opening)
        return Found(at, (reached[at] - last[at]).astype(float), visits.time[at])

    def is_bad(self, value: Floats, touchpoint: Ints) -> Flags:
        """Those that went back at all."""
        return np.asarray(value > 0)


def _steps(definition: JourneyDefinition) -> tuple[Ints, Ints]:
    """By position of the touchpoint: the first and the last planned step it is part of, UNPLANNED for none."""
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


def _opening(definition: JourneyDefinition) -> int:
    """The first step that is not optional: with it, or one before it, the plan begins. UNPLANNED without any."""
    steps = definition.planned.steps
    return next((at for at, step in enumerate(steps) if not step.optional), len(steps) - 1)


def _run_numbers(customer: Ints, journey: Ints, opens: Flags) -> NDArray[Any]:
    """Of each visit: the run it belongs to. A run begins with a journey, and with each visit that opens the plan."""
    begins = np.ones(len(customer), np.bool_)
    begins[1:] = (customer[1:] != customer[:-1]) | (journey[1:] != journey[:-1])
    return np.cumsum(begins | opens)


def _furthest_before(step: Ints, run: NDArray[Any]) -> Ints:
    """The furthest step reached before each visit of its run, UNPLANNED where none was."""
    width = int(step.max(initial=0)) + 2
    running = np.maximum.accumulate(run * width + step + 1) - run * width - 1
    before: Ints = np.full(len(step), UNPLANNED, np.int64)
    before[1:] = np.where(run[1:] == run[:-1], running[:-1], UNPLANNED)
    return before


SYMPTOM = Deviation()
