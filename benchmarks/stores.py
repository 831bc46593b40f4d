"""The stores that are measured: events as intake leaves them, and the same with visits built."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from benchmarks.generate import make_workspace
from benchmarks.measuring import Clock, in_child
from touchline.customers.facade import resolve
from touchline.engine.store import STORE_FILE
from touchline.engine.workspace import Workspace, open_workspace
from touchline.journeys.facade import refresh

BLOCK_BYTES = 2**24


@dataclass(frozen=True)
class Stores:
    """Workspaces of one size."""

    events: int
    generated: Path
    """Events only."""
    built: Path
    """The same with identities and visits."""

    def remove(self) -> None:
        """Give the room on disk back."""
        shutil.rmtree(self.generated)
        shutil.rmtree(self.built)


def make_stores(folder: Path, events: int) -> Stores:
    """Make both, in processes of their own."""
    stores = Stores(events, folder / f"generated-{events}", folder / f"built-{events}")
    in_child(generate, stores.generated, events)
    shutil.copytree(stores.generated, stores.built)
    in_child(build, stores.built)
    return stores


def opened(folder: Path) -> Workspace:
    """Open a workspace whose file lies in the memory of the system, as after building it: the disk is not measured."""
    with (folder / STORE_FILE).open("rb") as file:
        while file.read(BLOCK_BYTES):
            pass
    return open_workspace(folder)


def generate(folder: Path, events: int) -> tuple[Clock, None]:
    """Write a store of so many events."""
    make_workspace(folder, events).close()
    return Clock(), None


def build(folder: Path) -> tuple[Clock, int]:
    """Build identities and visits of a store; says how many visits there are."""
    workspace = opened(folder)
    clock = Clock()
    with clock("identities"):
        resolve(workspace)
    with clock("visits"):
        done = refresh(workspace)
    workspace.close()
    return clock, done.visits
