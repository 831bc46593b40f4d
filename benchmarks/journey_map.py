"""The whole journey map: cold, for a filter already asked, for a filter, and how it grows.

TOUCHLINE_BENCH_EVENTS=1e6,1e7,5e7 chooses the sizes; the first is what the growth is measured against.
"""

from __future__ import annotations

import tempfile
from datetime import timedelta
from pathlib import Path

from benchmarks.generate import make_workspace
from benchmarks.measuring import Clock, Figure, in_child
from benchmarks.visits import SIZES
from touchline.engine.workspace import open_workspace
from touchline.journeys.facade import filled_scope, journey_map, refresh
from touchline.overview.facade import measured_map
from touchline.segments.facade import Scope


def measure() -> list[Figure]:
    """Measure each size in a process of its own that has just opened the store."""
    figures: list[Figure] = []
    smallest: float | None = None
    for events in SIZES:
        with tempfile.TemporaryDirectory(prefix="touchline-bench-") as name:
            folder = Path(name) / "workspace"
            in_child(_prepare, folder, events)
            seconds, peak = in_child(_ask, folder)
        size = f"{events / 1e6:g}M"
        each = seconds["everything, cold"] / events
        smallest = smallest or each
        figures.append(
            Figure(
                f"whole map of all data, cold, {size}",
                seconds.pop("everything, cold"),
                f"time per event at {SIZES[0] / 1e6:g}M",
                each / smallest,
                peak,
                "≤ 2.5 s at 10M; ≤ 1.5 ×, ≤ 4 GB at 50M",
            )
        )
        bars = {"asked again": "≤ 0.3 s"}
        figures += [Figure(f"{work}, {size}", took, bar=bars.get(work, "")) for work, took in seconds.items()]
    return figures


def _prepare(folder: Path, events: int) -> None:
    workspace = make_workspace(folder, events)
    refresh(workspace)
    workspace.close()


def _ask(folder: Path) -> dict[str, float]:
    workspace = open_workspace(folder)
    latest = filled_scope(workspace, Scope())
    end = latest.end
    if end is None:
        raise RuntimeError("The store is empty.")
    everything = Scope(end - timedelta(days=10_000), end)
    clock = Clock()
    with clock("everything, cold"):
        journey_map(workspace, everything)
    with clock("asked again"):
        journey_map(workspace, everything)
    with clock("90 days compared with the 90 before"):
        journey_map(workspace, latest)
    with clock("one channel, filter: visited the basket"):
        journey_map(workspace, Scope(latest.start, end, channels=("app",), filter='visited("basket")'))
    with clock("with its headline"):
        measured_map(workspace, latest)
    workspace.close()
    return clock.seconds
