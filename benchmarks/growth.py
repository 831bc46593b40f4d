"""Growth: whether the time per event and the memory stay what they are from small stores to large ones."""

from __future__ import annotations

import shutil
from pathlib import Path

from benchmarks.file_to_map import by_commands, write_file
from benchmarks.map_and_transitions import ask_for_the_map
from benchmarks.measuring import Measured, Row, Sizes, in_child, in_turns, millions
from benchmarks.stores import build, generate

GROWTH, PEAK_BYTES = 1.5, 4_000_000_000


def measure(sizes: Sizes, folder: Path) -> list[Row]:
    """Measure import, visits and the map at the smallest and the largest size; the largest once, for it is long."""
    small = in_turns(sizes.rounds, {"all": lambda: _everything(sizes.smallest, folder)})["all"]
    large = _everything(sizes.largest, folder)
    times = sizes.largest / sizes.smallest
    return [
        Row(
            f"{work}: from {millions(sizes.smallest)} to {millions(sizes.largest)} events",
            large.seconds[work],
            large.found[work],
            f"≤ {GROWTH:g} ×, ≤ {PEAK_BYTES / 1e9:g} GB",
            _holds(large.seconds[work] / (small.seconds[work] * times), large.found[work])
            if sizes.growth_as_asked
            else None,
            f"{times:g} × the time of {millions(sizes.smallest)}",
            small.seconds[work] * times,
        )
        for work in large.seconds
    ]


def _holds(growth: float, peak_bytes: int) -> bool:
    return growth <= GROWTH and peak_bytes <= PEAK_BYTES


def _everything(events: int, folder: Path) -> Measured:
    """Import a file, then build and ask a store, of so many events; `found` holds the peak memory of each."""
    file, store = folder / "growing.csv", folder / "growing"
    in_child(write_file, file, events)
    imported = by_commands(file, folder)
    file.unlink()
    in_child(generate, store, events)
    built = in_child(build, store)
    asked = in_child(ask_for_the_map, store)
    shutil.rmtree(store)
    seconds = {
        "import": imported.seconds["import"],
        "identities and visits": sum(built.seconds.values()),
        "the whole journey map, cold": asked.seconds["cold"],
    }
    peaks = dict(zip(seconds, (imported.peak_bytes, built.peak_bytes, asked.peak_bytes), strict=True))
    return Measured(seconds, max(peaks.values()), peaks)
