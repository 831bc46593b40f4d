"""Measure everything in one go and print one table: `make bench`, or `python -m benchmarks.run --events 100000 map`."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from benchmarks import (
    alignments,
    archetypes,
    collecting,
    effects,
    file_to_map,
    funnel,
    growth,
    map_and_transitions,
    paths,
    retention,
    visits,
)
from benchmarks.machine import Conditions, conditions
from benchmarks.measuring import Row, Sizes
from benchmarks.page import write_page
from benchmarks.peers import installed
from benchmarks.stores import make_stores
from benchmarks.table import on_screen

OF_STORES = ("map", "visits", "funnel", "paths", "retention")
PARTS = (
    "file",
    "map",
    "visits",
    "funnel",
    "paths",
    "retention",
    "archetypes",
    "alignments",
    "effects",
    "collecting",
    "growth",
)
REPOSITORY = Path(__file__).parents[1]
PLAIN_WIDTH = 160


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and tell."""
    asked = _parser().parse_args(arguments)
    sizes = _sizes(asked)
    found_here = conditions()
    console = Console() if Console().is_terminal else Console(width=PLAIN_WIDTH)
    _tell(console, found_here)
    if asked.folder is not None:
        asked.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="touchline-bench-", dir=asked.folder) as name:
        rows = measure(sizes, tuple(asked.parts) or PARTS, Path(name), console)
    console.print(on_screen(rows))
    if asked.write:
        write_page(REPOSITORY, rows, sizes, found_here)
        console.print("Wrote docs/benchmarks.md and the table of README.md.")


def measure(sizes: Sizes, parts: Sequence[str], folder: Path, console: Console) -> list[Row]:
    """Measure the parts that are named, in order."""
    rows: list[Row] = []
    if "file" in parts:
        console.print("From a file to the map ...")
        rows += file_to_map.measure(sizes, folder)
    if set(OF_STORES) & set(parts):
        rows += _measure_stores(sizes, parts, folder, console)
    if "archetypes" in parts:
        console.print("Archetypes ...")
        rows += archetypes.measure(sizes, folder)
    if "alignments" in parts:
        console.print("Alignments ...")
        rows += alignments.measure(sizes, folder)
    if "effects" in parts:
        console.print("Effects of bad visits ...")
        rows += effects.measure(sizes, folder)
    if "collecting" in parts:
        console.print("Collecting ...")
        rows += collecting.measure(sizes, folder)
    if "growth" in parts:
        console.print(f"Growth to {sizes.largest:,} events ...")
        rows += growth.measure(sizes, folder)
    return rows


def _measure_stores(sizes: Sizes, parts: Sequence[str], folder: Path, console: Console) -> list[Row]:
    rows: list[Row] = []
    console.print(f"Making stores of {sizes.events:,} events ...")
    stores = make_stores(folder, sizes.events)
    if "map" in parts:
        console.print("The map and its transitions ...")
        rows += map_and_transitions.measure(sizes, stores, folder)
    if "visits" in parts:
        console.print("Building visits ...")
        rows += visits.measure(sizes, stores, folder)
    if "funnel" in parts:
        console.print("The funnel ...")
        rows += funnel.measure(sizes, stores, folder)
    if "paths" in parts:
        console.print("Paths ...")
        rows += paths.measure(sizes, stores)
    if "retention" in parts:
        console.print("Retention and sessions ...")
        rows += retention.measure(sizes, stores)
    stores.remove()
    return rows


def _tell(console: Console, found: Conditions) -> None:
    console.print(f"{found.machine}. {found.versions}.")
    if found.load >= 1:
        console.print(f"The machine is busy with other work (load {found.load:.1f}): times will be longer than alone.")
    if not installed():
        console.print("The peers are not installed (make bench installs them): measured without them.")


def _parser() -> argparse.ArgumentParser:
    usual = Sizes()
    parser = argparse.ArgumentParser(prog="python -m benchmarks.run", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"{', '.join(PARTS)}; all when none is named")
    parser.add_argument("--events", type=int, default=usual.events, help="of the map and of visits (%(default)s)")
    parser.add_argument(
        "--file-events", type=int, help=f"of the CSV file ({usual.file_events}, or fewer with --events)"
    )
    parser.add_argument("--largest", type=int, help="of growth (five times --events)")
    parser.add_argument("--rounds", type=int, default=usual.rounds, help="of each measurement (%(default)s)")
    parser.add_argument("--folder", type=Path, help="where to put stores meanwhile; the largest needs some 10 GB")
    parser.add_argument("--write", action="store_true", help="write docs/benchmarks.md and the table of README.md")
    return parser


def _sizes(asked: argparse.Namespace) -> Sizes:
    unknown = sorted(set(asked.parts) - set(PARTS))
    if unknown:
        raise SystemExit(f"There is no part {', '.join(unknown)}; expected {', '.join(PARTS)}.")
    return Sizes(
        events=asked.events,
        file_events=asked.file_events or min(asked.events, Sizes.file_events),
        smallest=max(asked.events // 10, 1),
        largest=asked.largest or 5 * asked.events,
        rounds=asked.rounds,
    )


if __name__ == "__main__":
    main()
