"""From a CSV file to the map on screen, with the commands a user types; beside DuckDB reading the same file."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from benchmarks.measuring import Clock, Measured, Row, Sizes, command, in_child, in_turns, millions
from benchmarks.plain_file import write_plain_file

SECONDS, PEAK_BYTES = 25, 1_500_000_000
ROWS_PER_SECOND = 150_000


def measure(sizes: Sizes, folder: Path) -> list[Row]:
    """Measure init, import and map as processes, each from its start to its end."""
    file = folder / "events.csv"
    in_child(write_file, file, sizes.file_events)
    works = {"ours": lambda: by_commands(file, folder), "duckdb": lambda: in_child(read_with_duckdb, file)}
    found = in_turns(sizes.rounds, works)
    ours, beside = found["ours"], found["duckdb"]
    imported = ours.seconds["import"]
    rate = sizes.file_events / imported
    size = millions(sizes.file_events)
    into_a_table = f"DuckDB reads the file into a table ({beside.peak_bytes / 1e9:.2f} GB)"
    return [
        Row(
            f"CSV of {size} events → map on screen, cold",
            ours.seconds["all"],
            ours.peak_bytes,
            f"≤ {SECONDS} s, ≤ {PEAK_BYTES / 1e9:g} GB",
            ours.seconds["all"] <= SECONDS and ours.peak_bytes <= PEAK_BYTES if sizes.file_as_asked else None,
            into_a_table,
            beside.seconds["read"],
        ),
        Row(
            f"import of that file: {rate:,.0f} rows/s",
            imported,
            ours.peak_bytes,
            f"≥ {ROWS_PER_SECOND:,} rows/s",
            rate >= ROWS_PER_SECOND if sizes.file_as_asked else None,
            into_a_table,
            beside.seconds["read"],
        ),
    ]


def write_file(file: Path, events: int) -> tuple[Clock, None]:
    """Write the file of the benchmark."""
    write_plain_file(file, events)
    return Clock(), None


def by_commands(file: Path, folder: Path) -> Measured:
    """Go from the file to the map in a new workspace, and throw that away."""
    workspace = folder / "by-commands"
    touchline = [sys.executable, "-m", "touchline", "--workspace", str(workspace)]
    commands = {"init": ["init"], "import": ["import", str(file), "--yes"], "map": ["map"]}
    runs = {name: command([*touchline, *arguments]) for name, arguments in commands.items()}
    shutil.rmtree(workspace)
    seconds = {name: run.seconds["command"] for name, run in runs.items()}
    return Measured(
        {**seconds, "all": sum(seconds.values())}, max(run.peak_bytes for run in runs.values()), runs["map"].found
    )


def read_with_duckdb(file: Path) -> tuple[Clock, int]:
    """Read the file into a table on disk, with nothing else done to it."""
    import duckdb

    clock = Clock()
    table = file.with_suffix(".duckdb")
    with clock("read"):
        connection = duckdb.connect(str(table))
        connection.execute("create table events as select * from read_csv(?)", [str(file)])
        connection.execute("checkpoint")
    found = connection.execute("select count(*) from events").fetchone()
    connection.close()
    table.unlink()
    return clock, found[0] if found else 0
