"""What there is to work with, and what nobody looks after."""

from __future__ import annotations

from dataclasses import dataclass

from touchline.engine.workspace import Workspace
from touchline.journeys.facade import load_definition
from touchline.strategy.questions.kept import resources
from touchline.strategy.rules.resource import STAGE, Resource, days_of_teams, serving_nothing


@dataclass(frozen=True)
class Inventory:
    """Tools, teams, skills and budgets."""

    resources: tuple[Resource, ...]
    days_a_quarter: float | None
    """Of all teams; None where none are stated."""
    unowned: tuple[str, ...]
    """Names of touchpoints without an owner, of theirs or of their stage, that no team serves."""
    idle_tools: tuple[Resource, ...]
    """That serve no touchpoint."""


def inventory(workspace: Workspace) -> Inventory:
    """The inventory. Raises JourneyFileError."""
    definition, found = load_definition(workspace), resources(workspace)
    owned_stages = {stage.id for stage in definition.stages if stage.owner}
    served = {place for each in found if each.kind == "team" for place in each.serves}
    unowned = tuple(
        each.name
        for each in definition.touchpoints
        if not each.owner and each.stage not in owned_stages and served.isdisjoint({each.id, f"{STAGE}{each.stage}"})
    )
    return Inventory(found, days_of_teams(found), unowned, serving_nothing(found))
