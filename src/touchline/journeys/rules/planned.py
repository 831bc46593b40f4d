"""The intended order of a journey: its steps, which of them may be left out or repeated, and what may happen any time.

    basket                      once
    product+                    once or several times
    review?                     once or not at all
    size-help+?                 any number of times, or not at all
    landing | ad                one of them
    (search | browse)+          any of them, several times, in any order
    stage:consideration+        any touchpoint of a stage, several times

Touchpoints are written by id or by name; kept by id.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

MOST_STEPS = 30
STAGE = "stage:"
_STEP = re.compile(r"^(?P<names>\([^()]*\)|[^()]*?)\s*(?P<marks>[+?\s]*)$", re.DOTALL)


class PlanError(ValueError):
    """A planned order that cannot be used; the message says what was found and what was expected."""


@dataclass(frozen=True)
class PlannedStep:
    """One step of the intended order."""

    names: tuple[str, ...]
    """Ids of touchpoints, or 'stage:' and a stage's id; one of them is enough."""
    optional: bool = False
    repeatable: bool = False

    def __str__(self) -> str:
        """The step as it is written."""
        marks = ("+" if self.repeatable else "") + ("?" if self.optional else "")
        joined = " | ".join(self.names)
        return f"({joined}){marks}" if marks and len(self.names) > 1 else joined + marks


@dataclass(frozen=True)
class PlannedOrder:
    """The intended order. Without steps none is stated."""

    steps: tuple[PlannedStep, ...] = ()
    anywhere: tuple[str, ...] = ()
    """Ids of touchpoints that may happen at any time and are no deviation."""


@dataclass(frozen=True)
class Places:
    """What a planned order may name."""

    touchpoints: Mapping[str, str]
    """Id and name, without case, to id."""
    stages: Mapping[str, str]
    """The same for stages."""
    known: tuple[str, ...]
    """Ids of the touchpoints, for sentences."""

    @classmethod
    def of(cls, touchpoints: Sequence[tuple[str, str]], stages: Sequence[tuple[str, str]]) -> Places:
        """Take (id, name) of each."""
        return cls(_by_name(touchpoints), _by_name(stages), tuple(id_ for id_, _ in touchpoints))


def read_plan(order: Sequence[str], anywhere: Sequence[str], places: Places) -> PlannedOrder:
    """Read a planned order from its texts. Raises PlanError."""
    if len(order) > MOST_STEPS:
        raise PlanError(f"has {len(order)} steps in its planned order; expected at most {MOST_STEPS}.")
    plan = PlannedOrder(
        tuple(read_planned_step(text, places) for text in order),
        tuple(dict.fromkeys(_touchpoint(text, text, places) for text in anywhere)),
    )
    if plan.steps and all(step.optional for step in plan.steps):
        raise PlanError("has a planned order in which every step may be left out; expected at least one without “?”.")
    both = sorted({name for step in plan.steps for name in step.names} & set(plan.anywhere))
    if both:
        raise PlanError(f"plans “{both[0]}” as a step and lets it happen anywhere; expected one of the two.")
    return plan


def read_planned_step(text: str, places: Places) -> PlannedStep:
    """Read one step. Raises PlanError."""
    exact = places.touchpoints.get(text.strip().casefold())
    if exact is not None:  # a name such as "Any questions?" is a touchpoint, not a mark
        return PlannedStep((exact,))
    found = _STEP.match(text.strip())
    inside = found["names"].strip("() \n") if found else ""
    if found is None or not inside:
        raise PlanError(
            f"has the planned step “{text}”, which cannot be read; expected a touchpoint such as basket, product+ "
            "(repeated), review? (optional) or (search | browse)+ (any of them)."
        )
    alternatives = [each.strip() for each in inside.split("|")]
    marks = found["marks"]
    is_bare = len(alternatives) > 1 and not found["names"].startswith("(")
    if is_bare and (marks.strip() or any(each.endswith(("+", "?")) for each in alternatives)):
        raise PlanError(
            f"has the planned step “{text}”; put brackets round its touchpoints: ({inside}){marks.strip()}."
        )
    names = tuple(dict.fromkeys(_name(each, text, places) for each in alternatives))
    return PlannedStep(names, optional="?" in marks, repeatable="+" in marks)


def without(plan: PlannedOrder, name: str) -> PlannedOrder:
    """Take a touchpoint (its id) or a stage ('stage:' and its id) out; a step without names goes with it."""
    steps = (replace(step, names=tuple(each for each in step.names if each != name)) for step in plan.steps)
    kept = tuple(step for step in steps if step.names)
    if all(step.optional for step in kept):
        kept = ()
    return PlannedOrder(kept, tuple(each for each in plan.anywhere if each != name))


def _by_name(pairs: Sequence[tuple[str, str]]) -> dict[str, str]:
    found = {id_.casefold(): id_ for id_, _ in pairs}
    for id_, name in pairs:
        found.setdefault(name.casefold(), id_)
    return found


def _name(written: str, text: str, places: Places) -> str:
    if not written.startswith(STAGE):
        return _touchpoint(written, text, places)
    wanted = written.removeprefix(STAGE).strip()
    if wanted.casefold() not in places.stages:
        known = ", ".join(dict.fromkeys(places.stages.values()))
        raise PlanError(f"plans “{text}”, but there is no stage “{wanted}”; expected one of {known}.")
    return STAGE + places.stages[wanted.casefold()]


def _touchpoint(written: str, text: str, places: Places) -> str:
    id_ = places.touchpoints.get(written.strip().casefold())
    if id_ is None:
        within = "" if written.strip() == text.strip() else f" in “{text}”"
        raise PlanError(
            f"plans “{written}”{within}, which is no touchpoint; expected one of {', '.join(places.known)}."
        )
    return id_
