"""Visits: building them, keeping them up to date, and how that grows (docs/adr/0002-engine.md).

TOUCHLINE_BENCH_EVENTS=1e6,1e7,5e7 chooses the sizes; the first is what the growth is measured against.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from benchmarks.generate import add_events, make_workspace
from benchmarks.measuring import Clock, Figure, in_child
from touchline.customers.facade import resolve
from touchline.engine.workspace import open_workspace
from touchline.journeys.facade import refresh

SIZES = tuple(int(float(size)) for size in os.environ.get("TOUCHLINE_BENCH_EVENTS", "1e6,1e7,5e7").split(","))
ADDED = 100_000
LATE = 0.01


def measure() -> list[Figure]:
    """Build stores of each size and measure identities, visits and an update of 100,000 events."""
    figures: list[Figure] = []
    smallest: float | None = None
    with tempfile.TemporaryDirectory(prefix="touchline-bench-") as folder:
        for events in SIZES:
            workspace = Path(folder) / f"{events}"
            in_child(_generate, workspace, events)
            seconds, peak = in_child(_build, workspace)
            updated, peak_of_update = in_child(_update, workspace)
            size = f"{events / 1e6:g}M"
            each = seconds["visits"] / events
            smallest = smallest or each
            figures += [
                Figure(f"identities, {size} events", seconds["identities"]),
                Figure(
                    f"visits, build, {size}",
                    seconds["visits"],
                    f"time per event at {SIZES[0] / 1e6:g}M",
                    each / smallest,
                    peak,
                    "≤ 12 s at 10M; ≤ 1.5 ×, ≤ 4 GB at 50M",
                ),
                Figure(
                    f"visits, {ADDED:,} more events, {LATE:.0%} late, {size}",
                    updated["update"],
                    "building anew",
                    updated["update"] / seconds["visits"],
                    peak_of_update,
                    "≤ 1.5 s at 10M",
                ),
            ]
    return figures


def _generate(folder: Path, events: int) -> None:
    make_workspace(folder, events).close()


def _build(folder: Path) -> dict[str, float]:
    workspace = open_workspace(folder)
    clock = Clock()
    with clock("identities"):
        resolve(workspace)
    with clock("visits"):
        refresh(workspace)
    workspace.close()
    return clock.seconds


def _update(folder: Path) -> dict[str, float]:
    workspace = open_workspace(folder)
    add_events(workspace, ADDED, LATE)
    clock = Clock()
    with clock("update"):
        done = refresh(workspace)
    if done.everything and done.visits > ADDED * 10:
        raise RuntimeError("The update built everything anew; there is nothing to compare.")
    workspace.close()
    return clock.seconds
