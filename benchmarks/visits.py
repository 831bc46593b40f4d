"""Visits: building them, and bringing them up to date with new and late events, beside building them anew."""

from __future__ import annotations

import shutil
from pathlib import Path

from benchmarks.generate import add_events
from benchmarks.measuring import Clock, Measured, Row, Sizes, in_child, in_turns, millions
from benchmarks.stores import Stores, build, opened
from touchline.journeys.facade import refresh

BUILD_SECONDS, UPDATE_SECONDS = 12, 1.5
ADDED_SHARE, LATE_SHARE = 0.01, 0.01


def measure(sizes: Sizes, stores: Stores, folder: Path) -> list[Row]:
    """Measure building and updating in turns, each on a copy of the store."""
    added = max(int(sizes.events * ADDED_SHARE), 1)
    works = {
        "build": lambda: on_copy(stores.generated, folder, build),
        "update": lambda: on_copy(stores.built, folder, update, added),
    }
    found = in_turns(sizes.rounds, works)
    built, updated = found["build"], found["update"]
    size = millions(sizes.events)
    return [
        Row(f"identities of {size} events", built.seconds["identities"], built.peak_bytes),
        Row(
            f"visits, build, {size} events",
            built.seconds["visits"],
            built.peak_bytes,
            f"≤ {BUILD_SECONDS} s",
            built.seconds["visits"] <= BUILD_SECONDS if sizes.store_as_asked else None,
        ),
        Row(
            f"visits, {added:,} new events of which {LATE_SHARE:.0%} late, {size} events",
            updated.seconds["update"],
            updated.peak_bytes,
            f"≤ {UPDATE_SECONDS} s",
            updated.seconds["update"] <= UPDATE_SECONDS if sizes.store_as_asked else None,
            "building anew",
            built.seconds["visits"],
        ),
    ]


def on_copy(store: Path, folder: Path, function: object, *arguments: object) -> Measured:
    """Let a function change a copy of a store, which is thrown away."""
    copy = folder / "copy"
    shutil.copytree(store, copy)
    measured = in_child(function, copy, *arguments)  # type: ignore[arg-type]
    shutil.rmtree(copy)
    return measured


def update(folder: Path, added: int) -> tuple[Clock, int]:
    """Add events of known customers and bring everything derived up to date."""
    workspace = opened(folder)
    add_events(workspace, added, LATE_SHARE)
    clock = Clock()
    with clock("update"):
        done = refresh(workspace)
    if done.everything:
        raise RuntimeError("The update built everything anew; there is nothing to compare.")
    workspace.close()
    return clock, done.visits
