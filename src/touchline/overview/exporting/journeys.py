"""Journeys as they were planned and as they happened, side by side: each visit and what it was against the plan."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby, islice
from typing import Any, Final

import numpy as np

from touchline.engine.workspace import Workspace
from touchline.events.facade import CHANNELS
from touchline.formulas.alignment import OUTSIDE, PADDING, Plan, align
from touchline.journeys.facade import STAGE, JourneyDefinition, PlannedStep, Touchpoint, load_definition
from touchline.overview.exporting.pseudonyms import Pseudonyms
from touchline.overview.exporting.selection import OnProgress
from touchline.segments.facade import Scope, compile_scope

AS_PLANNED: Final = "completed"
NOT_PLANNED: Final = "adhoc"
LEFT_OUT: Final = "missing"
"""The three words of CJML 2.0 that can be told from events; 'failing' cannot."""
_JOURNEYS_AT_ONCE = 500
_VISITS = """
select v.customer, v.journey, i.type || ':' || i.value, v.touchpoint, v.channel, v.time, v.ended
from visits v join identifiers i on i.identifier = v.customer
where {clause} order by v.customer, v.journey, v.time, v.ended, v.touchpoint
"""
_COUNT = "select count(*) from (select distinct v.customer, v.journey from visits v where {clause})"


@dataclass(frozen=True)
class PlannedJourney:
    """The plan of a workspace."""

    company: str
    definition: JourneyDefinition
    steps: tuple[PlannedStep, ...]
    """As the definition states them; without, its stages in order, each of which may be left out or repeated."""

    @property
    def is_stated(self) -> bool:
        """Whether the definition has a planned order."""
        return bool(self.definition.planned.steps)

    def touchpoints_of(self, step: PlannedStep) -> list[Touchpoint]:
        """The touchpoints that meet a step, in the order of the plan."""
        found: list[Touchpoint] = []
        for name in step.names:
            if name.startswith(STAGE):
                found += self.definition.touchpoints_of(name.removeprefix(STAGE))
            else:
                found += [each for each in self.definition.touchpoints if each.id == name]
        return found

    def as_plan(self) -> Plan:
        """The plan over positions of touchpoints in the definition."""
        position = {each.id: at for at, each in enumerate(self.definition.touchpoints)}
        met_by = np.zeros((len(position), len(self.steps)), dtype=np.bool_)
        for at, step in enumerate(self.steps):
            met_by[[position[each.id] for each in self.touchpoints_of(step)], at] = True
        return Plan(
            met_by,
            np.array([step.optional for step in self.steps]),
            np.array([step.repeatable for step in self.steps]),
        )


@dataclass(frozen=True)
class ActualStep:
    """One visit, or a planned step that did not happen."""

    touchpoint: Touchpoint
    compliance: str
    channel: str | None = None
    began: datetime | None = None
    ended: datetime | None = None


@dataclass(frozen=True)
class ActualJourney:
    """One journey of one customer."""

    customer: str
    number: int
    """Which journey of this customer, from 1."""
    steps: tuple[ActualStep, ...]

    @property
    def deviations(self) -> int:
        """Steps that were not planned, or planned and left out."""
        return sum(step.compliance != AS_PLANNED for step in self.steps)


def planned_journey(workspace: Workspace) -> PlannedJourney:
    """Return the plan of the definition in force. Raises JourneyFileError."""
    definition = load_definition(workspace)
    steps = definition.planned.steps or tuple(
        PlannedStep((STAGE + stage.id,), optional=True, repeatable=True)
        for stage in definition.stages
        if definition.touchpoints_of(stage.id)
    )
    return PlannedJourney(workspace.settings.name, definition, steps)


def actual_journeys(
    workspace: Workspace,
    planned: PlannedJourney,
    scope: Scope,
    pseudonyms: Pseudonyms | None,
    on_progress: OnProgress = lambda done, total: None,
) -> Iterator[ActualJourney]:
    """Give the journeys with a visit in the scope, as far as they lie in it. Raises FilterError.

    Journeys of more than a thousand visits are a machine's; they are left out.
    """
    clause = compile_scope(workspace, replace(scope, intent=""))
    rows = (
        tuple(row.values())
        for batch in workspace.store.batches(_VISITS.format(clause=clause.sql), dict(clause.parameters))
        for row in batch.to_pylist()
    )
    journeys = (list(visits) for _, visits in groupby(rows, key=lambda row: row[:2]))
    short = (visits for visits in journeys if len(visits) <= 1000)
    plan = planned.as_plan()
    total, done = int(workspace.store.value(_COUNT.format(clause=clause.sql), dict(clause.parameters))), 0
    while part := list(islice(short, _JOURNEYS_AT_ONCE)):
        for visits, paired in zip(part, _paired(part, plan, planned), strict=True):
            name = visits[0][2]
            customer = pseudonyms.of("customer", name) if pseudonyms else name
            yield ActualJourney(customer, visits[0][1] + 1, tuple(_steps(visits, paired, planned)))
        done += len(part)
        on_progress(done, total)


def _paired(journeys: list[list[Any]], plan: Plan, planned: PlannedJourney) -> Iterable[np.ndarray]:
    """For each visit the step it is paired with, from 1; OUTSIDE for none."""
    free = {
        at for at, each in enumerate(planned.definition.touchpoints) if each.id in planned.definition.planned.anywhere
    }
    sequences = np.full((len(journeys), max(map(len, journeys))), PADDING, dtype=np.int64)
    kept = [[at for at, visit in enumerate(visits) if visit[3] not in free] for visits in journeys]
    for row, (visits, at) in enumerate(zip(journeys, kept, strict=True)):
        sequences[row, : len(at)] = [visits[each][3] for each in at]
    aligned = align(sequences, plan)
    for row, (visits, at) in enumerate(zip(journeys, kept, strict=True)):
        found = np.full(len(visits), -1, dtype=np.int64)
        found[at] = aligned[row, : len(at)]
        yield found


def _steps(visits: list[Any], paired: np.ndarray, planned: PlannedJourney) -> Iterator[ActualStep]:
    """Visits in their order, and each planned step left out in front of the first one planned behind it."""
    met = {int(step) for step in paired}
    due = 1
    for visit, step in zip(visits, paired.tolist(), strict=True):
        if step > 0:
            yield from _left_out(planned, range(due, step), met)
            due = max(due, step + 1)
        yield ActualStep(
            planned.definition.touchpoints[visit[3]],
            NOT_PLANNED if step == OUTSIDE else AS_PLANNED,
            CHANNELS[visit[4]],
            visit[5],
            visit[6],
        )
    yield from _left_out(planned, range(due, len(planned.steps) + 1), met)


def _left_out(planned: PlannedJourney, steps: Iterable[int], met: set[int]) -> Iterator[ActualStep]:
    for number in steps:
        step = planned.steps[number - 1]
        if not step.optional and number not in met and (which := planned.touchpoints_of(step)):
            yield ActualStep(which[0], LEFT_OUT)
