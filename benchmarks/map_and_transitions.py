"""The whole journey map, and transitions with their median time: beside a kernel on arrays in memory, and beside peers.

Everybody gets the same visits. Peers are given them sorted, as a frame of path (the customer's address and the number of
the journey), touchpoint and time; reading and converting that is not counted.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq

from benchmarks.measuring import Clock, Measured, Row, Sizes, Work, in_child, in_turns, millions
from benchmarks.peers import NAMES, measure_peer
from benchmarks.stores import Stores, opened
from touchline.engine.workspace import Workspace
from touchline.journeys.facade import load_definition
from touchline.journeys.questions.coverage import span
from touchline.journeys.questions.measured_map import asked_of
from touchline.journeys.questions.transitions import transitions
from touchline.overview.facade import filled_scope, measured_map
from touchline.segments.facade import NOTHING, PREVIOUS, Scope

COLD_SECONDS, AGAIN_SECONDS = 2.5, 0.3
KERNEL_RATIO, PEER_RATIO = 3.5, 25
DIFFERENT_AT_MOST = 0.001
"""Of the transitions: two visits at the same microsecond may be told in either order."""

GRAPHS = {"retentioneering": "retentioneering's transition graph", "pm4py": "pm4py's performance graph"}

STEPS = """
select i.value || '/' || v.journey as path, t.id as touchpoint, v.time
from visits v
join identifiers i on i.identifier = v.customer
join touchpoints t on t.position = v.touchpoint
order by v.customer, v.time
"""


def measure(sizes: Sizes, stores: Stores, folder: Path) -> list[Row]:
    """Measure in turns; raises RuntimeError when the answers differ."""
    steps = folder / "steps.parquet"
    in_child(write_steps, stores.built, steps)
    peers = {name: partial(measure_peer, name, steps) for name in NAMES}
    works: dict[str, Work] = {
        "map": partial(in_child, ask_for_the_map, stores.built),
        "page": partial(in_child, ask_for_the_page, stores.built),
        "transitions": partial(in_child, ask_for_transitions, stores.built),
        "kernel": partial(in_child, ask_the_kernel, stores.built),
        **peers,
    }
    found = in_turns(sizes.rounds, works)
    _compare_answers(found)
    return [*_map_rows(sizes, found), *_transition_rows(sizes, found)]


def _map_rows(sizes: Sizes, found: dict[str, Measured]) -> list[Row]:
    ours, size = found["map"], millions(sizes.events)
    cold = ours.seconds["cold"]
    met = cold <= COLD_SECONDS if sizes.store_as_asked else None
    work, bar = f"the whole journey map, {size} events, visits built, cold", f"≤ {COLD_SECONDS} s"
    beside = [
        Row(
            work,
            cold,
            ours.peak_bytes,
            bar,
            met,
            f"{GRAPHS[name]} ({found[name].peak_bytes / 1e9:.1f} GB)",
            found[name].seconds["graph"],
        )
        for name in NAMES
        if name in found
    ]
    again = ours.seconds["filter again"]
    return [
        *(beside or [Row(work, cold, ours.peak_bytes, bar, met)]),
        Row(f"the last 90 days compared with the 90 before, {size} events, cold", found["page"].seconds["cold"]),
        Row(f"a channel and a filter, {size} events, for the first time", ours.seconds["filter"]),
        Row(
            f"the same filter again, {size} events",
            again,
            bar=f"≤ {AGAIN_SECONDS} s",
            met=again <= AGAIN_SECONDS if sizes.store_as_asked else None,
        ),
    ]


def _transition_rows(sizes: Sizes, found: dict[str, Measured]) -> list[Row]:
    ours, kernel = found["transitions"], found["kernel"]
    work, seconds = f"transitions with median time, {millions(sizes.events)} events", ours.seconds["transitions"]

    def row(bar: str, holds: bool, beside: str, beside_seconds: float) -> Row:
        return Row(work, seconds, ours.peak_bytes, bar, holds if sizes.store_as_asked else None, beside, beside_seconds)

    in_memory = kernel.seconds["kernel"]
    rows = [row(f"≤ {KERNEL_RATIO} ×", seconds <= KERNEL_RATIO * in_memory, "a kernel on arrays in memory", in_memory)]
    for name in NAMES:
        if name in found:
            peer = found[name].seconds["transitions"]
            beside = f"{name}, counts and median times"
            rows.append(row(f"≥ {PEER_RATIO} × faster", peer >= PEER_RATIO * seconds, beside, peer))
    return rows


def _compare_answers(found: dict[str, Measured]) -> None:
    """Demand that kernel and peers found the transitions we found."""
    ours = found["transitions"].found
    if {step: middle for step, (_, middle) in ours.items()} != found["kernel"].found:
        raise RuntimeError("Our question and the kernel do not agree on the median times.")
    for name in NAMES:
        if name in found:
            theirs = found[name].found["steps"]
            counts = {step: count for step, (count, _) in ours.items()}
            different = sum(abs(counts.get(step, 0) - theirs.get(step, 0)) for step in counts | theirs)
            if different > DIFFERENT_AT_MOST * sum(counts.values()):
                raise RuntimeError(f"{name} and we do not agree on {different} transitions.")


def write_steps(store: Path, steps: Path) -> tuple[Clock, None]:
    """Write the visits for the peers."""
    workspace = opened(store)
    pq.write_table(workspace.store.table(STEPS), steps)
    workspace.close()
    return Clock(), None


def ask_for_the_map(store: Path) -> tuple[Clock, None]:
    """Ask a store just opened for the map of all data with its headline, then with a filter, twice."""
    workspace = opened(store)
    everything = filled_scope(workspace, Scope(), NOTHING, everything=True)
    filtered = Scope(everything.start, everything.end, channels=("app",), filter='visited("basket")')
    clock = Clock()
    for step, scope in (("cold", everything), ("filter", filtered), ("filter again", filtered)):
        with clock(step):
            measured_map(workspace, scope)
    workspace.close()
    return clock, None


def ask_for_the_page(store: Path) -> tuple[Clock, None]:
    """Ask a store just opened for what the page shows first."""
    workspace = opened(store)
    clock = Clock()
    with clock("cold"):
        measured_map(workspace, filled_scope(workspace, Scope(), PREVIOUS))
    workspace.close()
    return clock, None


def ask_for_transitions(store: Path) -> tuple[Clock, dict[str, tuple[int, float]]]:
    """Ask a store just opened for every transition: how often, and after what median time."""
    workspace = opened(store)
    names = _names(workspace)
    clock = Clock()
    with clock("transitions"):
        data = span(workspace.store)
        everything = filled_scope(workspace, Scope(), NOTHING, everything=True)
        found = transitions(workspace.store, asked_of(workspace, load_definition(workspace), everything, data))
    workspace.close()
    return clock, {f"{names[one.start]} {names[one.end]}": (one.count, one.median_seconds) for one in found}


def ask_the_kernel(store: Path) -> tuple[Clock, dict[str, float]]:
    """Put the steps of a store into arrays, then find the median times of all transitions: only that is timed."""
    workspace = opened(store)
    names = _names(workspace)
    steps = workspace.store.table("select touchpoint, following, wait from visits where following is not null")
    start, end, wait = (steps.column(name).to_numpy() for name in steps.column_names)
    workspace.close()
    median_times(start, end, wait, len(names))  # once before, so that the kernel finds memory at hand
    clock = Clock()
    with clock("kernel"):
        medians = median_times(start, end, wait, len(names))
    return clock, {f"{names[step // len(names)]} {names[step % len(names)]}": time for step, time in medians.items()}


def median_times(start: np.ndarray, end: np.ndarray, wait: np.ndarray, touchpoints: int) -> dict[int, float]:
    """The exact median of each pair: sort by pair (sixteen bits: NumPy counts instead of comparing), then select."""
    step = start.astype(np.int16) * np.int16(touchpoints) + end.astype(np.int16)
    counts = np.bincount(step)
    ordered = wait[np.argsort(step, kind="stable")]
    medians = {}
    for pair, part in enumerate(np.split(ordered, np.cumsum(counts)[:-1])):
        if part.size:
            low, high = (part.size - 1) // 2, part.size // 2
            part.partition((low, high))
            medians[pair] = float((part[low] + part[high]) / 2)
    return medians


def _names(workspace: Workspace) -> list[str]:
    return [name for (name,) in workspace.store.rows("select id from touchpoints order by position")]
