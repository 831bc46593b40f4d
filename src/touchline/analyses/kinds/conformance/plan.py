"""The planned order as it can be compared: steps as positions of touchpoints, and what never occurs left out."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from touchline.analyses.rules.problem import QuestionError
from touchline.analyses.rules.steps import Known
from touchline.formulas.alignment import Plan
from touchline.journeys.facade import STAGE, JourneyDefinition, PlanError, PlannedOrder, PlannedStep, read_plan

MOST_NAMED = 2
"""A step of more alternatives is called by its first and their number."""


@dataclass(frozen=True)
class ComparedStep:
    """One step."""

    name: str
    touchpoints: tuple[int, ...]
    """Positions in the definition."""
    optional: bool
    repeatable: bool


@dataclass(frozen=True)
class ComparedPlan:
    """The plan of one question."""

    steps: tuple[ComparedStep, ...]
    anywhere: tuple[int, ...]
    names: tuple[str, ...]
    """Of every touchpoint of the definition, by position."""
    unseen: tuple[str, ...]
    by_stages: bool

    @property
    def goal(self) -> int:
        """The last step that is not optional, from 1; the last one where all are."""
        needed = [at for at, step in enumerate(self.steps, 1) if not step.optional]
        return needed[-1] if needed else len(self.steps)

    @property
    def is_optional(self) -> bool:
        """Whether no step is needed."""
        return all(step.optional for step in self.steps)

    @property
    def contains(self) -> NDArray[np.bool_]:
        """Touchpoints × steps: whether a touchpoint meets a step."""
        found = np.zeros((len(self.names), len(self.steps)), dtype=np.bool_)
        for at, step in enumerate(self.steps):
            found[list(step.touchpoints), at] = True
        return found

    def of_symbols(self) -> tuple[Plan, NDArray[np.int8]]:
        """The plan over symbols, and the symbol of each touchpoint: those that meet the same steps share one."""
        rows, symbols = np.unique(self.contains, axis=0, return_inverse=True)
        optional = np.array([step.optional for step in self.steps])
        repeatable = np.array([step.repeatable for step in self.steps])
        return Plan(rows, optional, repeatable), symbols.reshape(-1).astype(np.int8)


def compared_plan(definition: JourneyDefinition, known: Known, order: tuple[str, ...]) -> ComparedPlan:
    """Take the order asked for, else the definition's, else its stages. Raises QuestionError."""
    planned = _asked(definition, order) if order else definition.planned
    by_stages = not planned.steps
    if by_stages:
        stages = [each.id for each in definition.stages if definition.touchpoints_of(each.id)]
        planned = replace(planned, steps=tuple(PlannedStep((STAGE + id_,), True, True) for id_ in stages))
    position = {each.id: at for at, each in enumerate(definition.touchpoints)}
    anywhere = tuple(sorted(position[id_] for id_ in planned.anywhere))
    names = tuple(each.name for each in definition.touchpoints)
    steps, unseen = [], []
    for step in planned.steps:
        at = [each for each in _positions(step, definition, position) if each not in anywhere]
        seen = tuple(each for each in at if each in known.visits)
        if seen:
            name = _step_name(step, seen, definition, names)
            steps.append(ComparedStep(name, seen, step.optional, step.repeatable))
        else:
            unseen.append(_step_name(step, tuple(at), definition, names))
    if not steps:
        raise QuestionError(
            f"None of the planned steps occurs in the data ({', '.join(unseen)}). What occurs most: "
            f"{', '.join(known.names[:8]) or 'nothing yet'}. Plan with these on the page Journey, or give --order.",
            "order",
        )
    return ComparedPlan(tuple(steps), anywhere, names, tuple(unseen), by_stages)


def _asked(definition: JourneyDefinition, order: tuple[str, ...]) -> PlannedOrder:
    places = definition.places
    try:
        asked = read_plan(order, (), places)
        named = {name for step in asked.steps for name in step.names}
        kept = tuple(each for each in definition.planned.anywhere if each not in named)
        return replace(asked, anywhere=kept)
    except PlanError as problem:
        raise QuestionError(f"The order {problem}", "order") from None


def _positions(step: PlannedStep, definition: JourneyDefinition, position: dict[str, int]) -> list[int]:
    found: list[int] = []
    for name in step.names:
        if name.startswith(STAGE):
            found += [position[each.id] for each in definition.touchpoints_of(name.removeprefix(STAGE))]
        else:
            found.append(position[name])
    return list(dict.fromkeys(found))


def _step_name(
    step: PlannedStep, touchpoints: tuple[int, ...], definition: JourneyDefinition, names: tuple[str, ...]
) -> str:
    if len(step.names) == 1 and step.names[0].startswith(STAGE):
        return next(each.name for each in definition.stages if STAGE + each.id == step.names[0])
    if len(touchpoints) > MOST_NAMED:
        return f"{names[touchpoints[0]]} or {len(touchpoints) - 1} others"
    return " or ".join(names[each] for each in touchpoints) or "an empty stage"
