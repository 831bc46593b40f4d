"""A planted world: made in memory, written as the files of a company."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from touchline.world.planted.life import Life, live
from touchline.world.planted.people import People, make_people
from touchline.world.planted.plan import Plan, make_plan
from touchline.world.planted.switches import Switches
from touchline.world.planted.truth import Truth, truth_of

CUSTOMERS = 20_000


@dataclass(frozen=True)
class PlantedWorld:
    """Everything that is planted and everything that happened."""

    plan: Plan
    switches: Switches
    people: People
    life: Life
    truth: Truth


def make_planted_world(seed: int, customers: int = CUSTOMERS, switches: Switches | None = None) -> PlantedWorld:
    """Make a world; the same seed gives the same one. By default every third seed confounds by interactions and thresholds."""
    chosen = switches if switches is not None else Switches(interactions=seed % 3 == 0)
    plan = make_plan(seed, no_effects=chosen.no_effects)
    rng = np.random.default_rng([seed, 1])
    people = make_people(rng, customers, chosen)
    life = live(rng, plan, people, chosen)
    return PlantedWorld(plan, chosen, people, life, truth_of(plan, life))
