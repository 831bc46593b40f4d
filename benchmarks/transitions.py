"""Transitions with their median time, beside the kernel on arrays in memory and DuckDB's own median."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path
from statistics import median

import numpy as np

from benchmarks.generate import make_workspace
from benchmarks.measuring import Clock, Figure, in_child
from touchline.engine.workspace import Workspace, open_workspace
from touchline.journeys.facade import load_definition, refresh
from touchline.journeys.questions.coverage import span
from touchline.journeys.questions.measured_map import asked_of
from touchline.journeys.questions.transitions import transitions
from touchline.segments.facade import Scope

EVENTS = 10_000_000
ROUNDS = 3

PLAIN_SQL = """
select touchpoint, following, count(*), count(distinct customer), median(wait)
from visits where following is not null group by all
"""


def measure() -> list[Figure]:
    """Measure in turns, in one process with warm files; the median of three rounds."""
    with tempfile.TemporaryDirectory(prefix="touchline-bench-") as name:
        folder = Path(name) / "workspace"
        in_child(_prepare, folder)
        (ours, kernel, plain), peak = in_child(_ask, folder)
    return [
        Figure(
            "transitions with median time, 10M events",
            ours,
            "kernel on arrays in memory",
            ours / kernel,
            peak,
            "≤ 0.65 s or ≤ 3.5 ×",
        ),
        Figure("the same in one SQL statement", plain, "our question", plain / ours),
    ]


def _prepare(folder: Path) -> None:
    workspace = make_workspace(folder, EVENTS)
    refresh(workspace)
    workspace.close()


def _ask(folder: Path) -> tuple[float, float, float]:
    workspace = open_workspace(folder)
    arrays = _arrays(workspace)
    asked = asked_of(workspace, load_definition(workspace), _everything(workspace), span(workspace.store))
    seconds: dict[str, list[float]] = {"ours": [], "kernel": [], "plain": []}
    for _ in range(ROUNDS):
        clock = Clock()
        with clock("ours"):
            found = transitions(workspace.store, asked)
        with clock("kernel"):
            in_memory = _kernel(*arrays, asked.touchpoints)
        with clock("plain"):
            workspace.store.rows(PLAIN_SQL)
        for work, each in clock.seconds.items():
            seconds[work].append(each)
    if {(one.start, one.end): one.median_seconds for one in found} != in_memory:
        raise RuntimeError("The question and the kernel do not agree.")
    workspace.close()
    return median(seconds["ours"]), median(seconds["kernel"]), median(seconds["plain"])


def _everything(workspace: Workspace) -> Scope:
    data = span(workspace.store)
    return Scope(data.first.date() if data.first else date.min, data.last.date() if data.last else date.max)


def _arrays(workspace: Workspace) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    table = workspace.store.table("select touchpoint, following, wait from visits where following is not null")
    return tuple(table.column(name).to_numpy() for name in ("touchpoint", "following", "wait"))


def _kernel(touchpoint: np.ndarray, following: np.ndarray, wait: np.ndarray, touchpoints: int) -> dict:
    """Exact medians of each pair: sort by pair and time, look in the middle of each run."""
    step = touchpoint.astype(np.int32) * touchpoints + following
    order = np.argsort(step, kind="stable")
    step, wait = step[order], wait[order]
    ends = np.append(np.flatnonzero(step[1:] != step[:-1]) + 1, len(step))
    starts = np.append(0, ends[:-1])
    return {
        divmod(int(step[start]), touchpoints): float(np.median(wait[start:end]))
        for start, end in zip(starts, ends, strict=True)
    }
