"""A funnel of four steps within seven days, by the channel it began in: beside a kernel on arrays in memory, and beside
peers. Everybody gets the same visits.

retentioneering knows no window: it is asked without one, and must find what we find within ten years. It answers from a
data frame in memory, we from a store just opened; so what it takes to build that frame is told too. ClickHouse's
windowFunnel counts only how far each customer gets: beside it we are asked without channels, and tell the times too.
"""

from __future__ import annotations

import shutil
from functools import partial
from pathlib import Path
from typing import TypeAlias

import numpy as np
import pyarrow.parquet as pq

from benchmarks.measuring import Clock, Measured, Row, Sizes, Work, in_child, in_turns, millions
from benchmarks.peers import measure_peer
from benchmarks.stores import Stores, build, generate, opened
from touchline.analyses.facade import answered, usual_question
from touchline.engine.workspace import Workspace
from touchline.events.facade import CHANNEL_NAMES, CHANNELS
from touchline.formulas.mean import Sample, mean

STEPS = ("product", "basket", "checkout", "first-order")
WINDOW_DAYS = 7
FOREVER_DAYS = 3650
US_PER_DAY = 86_400_000_000
BAR_SECONDS, LARGEST_BAR_SECONDS, RETENTIONEERING_RATIO = 0.4, 1.5, 3

Found: TypeAlias = dict[str, dict[str, int]]
"""Customers by step, of all and by the channel of their first step."""

VISITS = """
select v.customer, epoch_us(v.time) as time_us, t.id as touchpoint, v.channel::integer as channel
from visits v join touchpoints t on t.position = v.touchpoint
order by v.customer, v.time, v.touchpoint
"""


def measure(sizes: Sizes, stores: Stores, folder: Path) -> list[Row]:
    """Measure at both sizes; raises RuntimeError when the answers differ."""
    return [*_rows_as_usual(sizes, stores, folder), *_rows_of_the_largest(sizes, folder)]


def _rows_as_usual(sizes: Sizes, stores: Stores, folder: Path) -> list[Row]:
    steps = folder / "funnel-steps.parquet"
    in_child(write_steps, stores.built, steps)
    works: dict[str, Work] = {
        "ours": partial(in_child, ask_for_the_funnel, stores.built, WINDOW_DAYS),
        "forever": partial(in_child, ask_for_the_funnel, stores.built, FOREVER_DAYS),
        "kernel": partial(in_child, ask_the_kernel, stores.built),
        "retentioneering": partial(measure_peer, "retentioneering", steps, "funnel"),
    }
    found = in_turns(sizes.rounds, works)
    _compare("the kernel", found["ours"].found, found["kernel"].found)
    ours, kernel = found["ours"], found["kernel"].seconds["kernel"]
    rows = [_row(sizes.events, ours, sizes.store_as_asked, BAR_SECONDS, "a kernel on arrays in memory", kernel)]
    if peer := found.get("retentioneering"):
        _compare("retentioneering", {"": found["forever"].found[""]}, {"": peer.found["steps"]})
        asked, build = sizes.store_as_asked, peer.seconds["build"]
        rows.append(_row_beside_retentioneering(sizes, asked, found["forever"], peer, "its frame built", 0.0))
        rows.append(_row_beside_retentioneering(sizes, asked, found["forever"], peer, "from the file", build))
    steps.unlink()
    return rows


def _row_beside_retentioneering(
    sizes: Sizes, as_asked: bool, ours: Measured, peer: Measured, start: str, before_seconds: float
) -> Row:
    seconds, theirs = ours.seconds["funnel"], peer.seconds["funnel"] + before_seconds
    return Row(
        f"the same funnel without a window, {millions(sizes.events)} events, cold",
        seconds,
        ours.peak_bytes,
        f"≥ {RETENTIONEERING_RATIO} × faster",
        theirs >= RETENTIONEERING_RATIO * seconds if as_asked else None,
        f"retentioneering's funnel, {start}",
        theirs,
    )


def _rows_of_the_largest(sizes: Sizes, folder: Path) -> list[Row]:
    store, steps = folder / "funnel-store", folder / "funnel-steps.parquet"
    in_child(generate, store, sizes.largest)
    in_child(build, store)
    in_child(write_steps, store, steps)
    works: dict[str, Work] = {
        "ours": partial(in_child, ask_for_the_funnel, store, WINDOW_DAYS),
        "counts": partial(in_child, ask_for_the_funnel, store, WINDOW_DAYS, ()),
        "chdb": partial(measure_peer, "chdb", steps, "funnel"),
    }
    found = in_turns(sizes.rounds, works)
    shutil.rmtree(store)
    steps.unlink()
    ours, peer = found["ours"], found.get("chdb")
    rows = [_row(sizes.largest, ours, sizes.growth_as_asked, LARGEST_BAR_SECONDS)]
    if peer is not None:
        _compare("windowFunnel", {"": ours.found[""]}, {"": peer.found["steps"]})
        counts = found["counts"]
        seconds, theirs = counts.seconds["funnel"], peer.seconds["funnel"]
        met = seconds < theirs if sizes.growth_as_asked else None
        work = f"the same funnel without channels, {millions(sizes.largest)} events, cold"
        beside = "ClickHouse's windowFunnel by chDB, counts only"
        rows.append(Row(work, seconds, counts.peak_bytes, "faster", met, beside, theirs))
    return rows


def _row(
    events: int, ours: Measured, as_asked: bool, bar: float, beside: str = "", beside_seconds: float | None = None
) -> Row:
    seconds = ours.seconds["funnel"]
    work = f"4-step funnel, {WINDOW_DAYS}-day window, by channel, {millions(events)} events, cold"
    met = seconds <= bar if as_asked else None
    return Row(work, seconds, ours.peak_bytes, f"≤ {bar} s", met, beside, beside_seconds)


def _compare(who: str, ours: Found, theirs: Found) -> None:
    if ours != theirs:
        raise RuntimeError(f"We and {who} do not agree: {ours} and {theirs}.")


def write_steps(store: Path, steps: Path) -> tuple[Clock, None]:
    """Write the visits for the peers."""
    workspace = opened(store)
    with pq.ParquetWriter(steps, next(workspace.store.batches(f"{VISITS} limit 1")).schema) as writer:
        for batch in workspace.store.batches(VISITS):
            writer.write_batch(batch)
    workspace.close()
    return Clock(), None


def ask_for_the_funnel(store: Path, window_days: int, split: tuple[str, ...] = ("channel",)) -> tuple[Clock, Found]:
    """Ask a store just opened; what there is to ask about was looked up for the form that asks."""
    workspace = opened(store)
    question = usual_question(
        workspace,
        "funnel",
        {"steps": STEPS, "window": [str(window_days)], "split": list(split), "leads": ["no"], "period": ["all"]},
    )
    mean(Sample(5, 1.0, 1.0), 0.0, 1.0)  # loads what is loaded once per process
    clock = Clock()
    with clock("funnel"):
        answer = answered(workspace, question).answer
    workspace.close()
    of_all = {step: taken.reached for step, taken in zip(STEPS, answer.steps, strict=True)}
    by_channel = {group.value: dict(zip(STEPS, group.reached, strict=True)) for group in answer.groups}
    return clock, {"": of_all, **by_channel}


def ask_the_kernel(store: Path) -> tuple[Clock, Found]:
    """Put the steps of a store into arrays, then follow every entrance: only that is timed."""
    workspace = opened(store)
    keys, customer, channel = _arrays(workspace)
    workspace.close()
    window = WINDOW_DAYS * US_PER_DAY
    follow(keys, customer, window)  # once before, so that the kernel finds memory at hand
    clock = Clock()
    with clock("kernel"):
        depth, entrance = follow(keys, customer, window)
        counts = _by_channel(depth, channel[entrance])
    return clock, counts


def _arrays(workspace: Workspace) -> tuple[list[np.ndarray], np.ndarray, np.ndarray]:
    """For each step when it was taken: one number that grows with customer, then time; of entrances also customer and
    channel."""
    steps = workspace.store.table(
        "select v.customer, epoch_us(v.time) as time, t.id, v.channel from visits v "
        "join touchpoints t on t.position = v.touchpoint where list_contains($steps, t.id) order by v.customer, v.time",
        {"steps": list(STEPS)},
    )
    customer, time, channel = (steps.column(name).to_numpy() for name in ("customer", "time", "channel"))
    number = np.cumsum(np.diff(customer, prepend=customer[:1] - 1) != 0)
    key = number * np.int64(np.ptp(time) + WINDOW_DAYS * US_PER_DAY + 1) + (time - time.min())
    step = np.array(steps.column("id").to_pylist())
    of_step = [step == name for name in STEPS]
    return [key[each] for each in of_step], number[of_step[0]], channel[of_step[0]]


def follow(keys: list[np.ndarray], customer: np.ndarray, window: int) -> tuple[np.ndarray, np.ndarray]:
    """By customer: how many steps were taken, and from which entrance (the first of those that lead furthest)."""
    depth = np.ones(keys[0].size, np.int64)
    going, here, limit = np.arange(keys[0].size), keys[0], keys[0] + window
    for key in keys[1:]:
        after = np.searchsorted(key, here)
        following = key[np.minimum(after, key.size - 1)]
        goes_on = (after < key.size) & (following <= limit[going])
        going, here = going[goes_on], following[goes_on]
        depth[going] += 1
    firsts = np.flatnonzero(np.diff(customer, prepend=customer[:1] - 1))
    deepest = np.maximum.reduceat(depth, firsts)
    furthest = np.flatnonzero(depth == np.repeat(deepest, np.diff(firsts, append=depth.size)))
    entrance = furthest[np.diff(customer[furthest], prepend=customer[:1] - 1) != 0]
    return deepest, entrance


def _by_channel(depth: np.ndarray, channel: np.ndarray) -> Found:
    def counts(depths: np.ndarray) -> dict[str, int]:
        return {step: int((depths > at).sum()) for at, step in enumerate(STEPS)}

    named = {CHANNEL_NAMES[CHANNELS[each]]: counts(depth[channel == each]) for each in np.unique(channel).tolist()}
    return {"": counts(depth), **named}
