"""Changes to a journey definition, each as a new definition. The old one stays as it was."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from touchline.journeys.rules.definition import JourneyDefinition, Stage, Touchpoint
from touchline.journeys.rules.planned import STAGE, without


class EditError(ValueError):
    """A change that would leave the journey unusable; the message is a sentence for the user."""


def new_id(name: str, taken: Iterable[str]) -> str:
    """Make a readable id out of a name, different from those taken: 'Size & fit help' gives 'size-fit-help'."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    wanted = re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "step"
    used = set(taken)
    number = 2
    found = wanted
    while found in used:
        found = f"{wanted}-{number}"
        number += 1
    return found


def touchpoint_of(definition: JourneyDefinition, id_: str) -> Touchpoint | None:
    """Return a touchpoint by its id."""
    return next((each for each in definition.touchpoints if each.id == id_), None)


def stage_of(definition: JourneyDefinition, id_: str) -> Stage | None:
    """Return a stage by its id."""
    return next((each for each in definition.stages if each.id == id_), None)


def put_touchpoint(definition: JourneyDefinition, touchpoint: Touchpoint) -> JourneyDefinition:
    """Replace the touchpoint of the same id, or add it at the end of its stage."""
    if stage_of(definition, touchpoint.stage) is None:
        raise EditError(f"The stage {touchpoint.stage!r} is not in this journey.")
    if not touchpoint.patterns:
        raise EditError(f"{touchpoint.name} needs at least one rule that says which events belong to it.")
    before = touchpoint_of(definition, touchpoint.id)
    if before is not None and before.stage == touchpoint.stage:
        kept = tuple(touchpoint if each.id == touchpoint.id else each for each in definition.touchpoints)
        return replace(definition, touchpoints=kept)
    others = tuple(each for each in definition.touchpoints if each.id != touchpoint.id)
    return replace(definition, touchpoints=_in_stage_order(definition, (*others, touchpoint)))


def move_touchpoint(definition: JourneyDefinition, id_: str, steps: int) -> JourneyDefinition:
    """Move a touchpoint by `steps` within its stage; at the end of the stage it stays where it is."""
    moved = _known_touchpoint(definition, id_)
    order = list(definition.touchpoints_of(moved.stage))
    _shift(order, order.index(moved), steps)
    rest = [each for each in definition.touchpoints if each.stage != moved.stage]
    return replace(definition, touchpoints=_in_stage_order(definition, [*rest, *order]))


def remove_touchpoint(definition: JourneyDefinition, id_: str) -> JourneyDefinition:
    """Take a touchpoint out, of the planned order too; its events become unmapped."""
    removed = _known_touchpoint(definition, id_)
    kept = tuple(each for each in definition.touchpoints if each is not removed)
    return replace(definition, touchpoints=kept, planned=without(definition.planned, id_))


def put_stage(definition: JourneyDefinition, stage: Stage) -> JourneyDefinition:
    """Replace the stage of the same id, or add it at the end."""
    if stage_of(definition, stage.id) is None:
        return replace(definition, stages=(*definition.stages, stage))
    return replace(definition, stages=tuple(stage if each.id == stage.id else each for each in definition.stages))


def move_stage(definition: JourneyDefinition, id_: str, steps: int) -> JourneyDefinition:
    """Move a stage and its touchpoints by `steps`."""
    order = list(definition.stages)
    _shift(order, order.index(_known_stage(definition, id_)), steps)
    moved = replace(definition, stages=tuple(order))
    return replace(moved, touchpoints=_in_stage_order(moved, definition.touchpoints))


def remove_stage(definition: JourneyDefinition, id_: str) -> JourneyDefinition:
    """Take an empty stage out. Raises EditError while it has touchpoints, and for the last stage."""
    removed = _known_stage(definition, id_)
    if definition.touchpoints_of(id_):
        raise EditError(f"{removed.name} still has touchpoints: move or remove them first.")
    if len(definition.stages) == 1:
        raise EditError("A journey needs at least one stage.")
    kept = tuple(each for each in definition.stages if each is not removed)
    return replace(definition, stages=kept, planned=without(definition.planned, STAGE + id_))


def _in_stage_order(definition: JourneyDefinition, touchpoints: Sequence[Touchpoint]) -> tuple[Touchpoint, ...]:
    order = {stage.id: position for position, stage in enumerate(definition.stages)}
    return tuple(sorted(touchpoints, key=lambda each: order[each.stage]))


def _shift(order: list[Any], position: int, steps: int) -> None:
    order.insert(max(0, position + steps), order.pop(position))


def _known_touchpoint(definition: JourneyDefinition, id_: str) -> Touchpoint:
    found = touchpoint_of(definition, id_)
    if found is None:
        raise EditError(f"The touchpoint {id_!r} is not in this journey.")
    return found


def _known_stage(definition: JourneyDefinition, id_: str) -> Stage:
    found = stage_of(definition, id_)
    if found is None:
        raise EditError(f"The stage {id_!r} is not in this journey.")
    return found
