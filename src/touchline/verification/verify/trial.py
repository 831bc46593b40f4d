"""One seed: the worlds made of it, each made once however many rows look at it, and what the product makes of them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, Final, TypeVar, cast

import numpy as np

from touchline.engine.workspace import Settings, Workspace, create_workspace
from touchline.events.facade import import_files
from touchline.segments.facade import Scope
from touchline.world.planted.exports.company import NAME, write_planted_company
from touchline.world.planted.switches import Switches
from touchline.world.planted.world import CUSTOMERS, PlantedWorld, make_planted_world

Made = TypeVar("Made")

QUICK_CUSTOMERS: Final = 2_000
WALKING_CUSTOMERS: Final = 5_000
"""Of the world that shows how customers move; 2,000 journeys are enough for their order."""
REPETITIONS: Final = 400
"""Of rows about coverage and false alarms, over methods alone and small samples."""
ALL_DAYS: Final = Scope(start=date(2023, 1, 1), end=date(2026, 10, 30))


@dataclass
class Trial:
    """A seed, how large its worlds are, and a folder that is taken away when it ends."""

    seed: int
    is_quick: bool
    folder: Path
    repetitions: int = REPETITIONS
    """Its share of the repetitions that a row about coverage needs over all seeds."""
    _made: dict[object, Any] = field(default_factory=dict)

    @property
    def customers(self) -> int:
        """Of a world."""
        return QUICK_CUSTOMERS if self.is_quick else CUSTOMERS

    def once(self, key: object, make: Callable[[], Made]) -> Made:
        """Return what was made under this key, or make it."""
        if key not in self._made:
            self._made[key] = make()
        return cast("Made", self._made[key])

    def usual(self, **changed: bool) -> Switches:
        """The switches of this seed: every third world confounds by interactions and thresholds."""
        return replace(Switches(interactions=self.seed % 3 == 0), **changed)

    def world(self, switches: Switches | None = None) -> PlantedWorld:
        """A world of this seed, in memory."""
        chosen = switches if switches is not None else self.usual()
        return self.once(chosen, lambda: make_planted_world(self.seed, self.customers, chosen))

    def large_world(self, switches: Switches | None = None) -> PlantedWorld:
        """A world of this seed in memory, as large as it takes to estimate effects, also where the others are small."""
        chosen = switches if switches is not None else self.usual()
        return self.once(("large", chosen), lambda: make_planted_world(self.seed, CUSTOMERS, chosen))

    def walking_world(self) -> PlantedWorld:
        """A world in which customers move as their chains lead and by nothing else."""
        customers = QUICK_CUSTOMERS if self.is_quick else WALKING_CUSTOMERS
        chosen = self.usual(chains_only=True)
        return self.once(chosen, lambda: make_planted_world(self.seed, customers, chosen))

    def through(self, world: PlantedWorld) -> Workspace:
        """A world after its files went through the importers: all that the product knows of it."""
        return self.once(("workspace", world.switches), lambda: self._import(world, len(self._made)))

    def rng(self, row: int) -> np.random.Generator:
        """Random numbers of a row, the same at every run of this seed."""
        return np.random.default_rng([self.seed, row, 99])

    def close(self) -> None:
        """Let go of all workspaces and remove their files."""
        for each in self._made.values():
            if isinstance(each, Workspace):
                each.close()
        self._made.clear()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _import(self, world: PlantedWorld, number: int) -> Workspace:
        exports = self.folder / f"exports-{number}"
        definition = write_planted_company(world, exports)
        workspace = create_workspace(self.folder / f"workspace-{number}", Settings(NAME, "UTC", "EUR"), definition)
        import_files(workspace, [exports], accept_proposals=True)
        shutil.rmtree(exports)
        return workspace
