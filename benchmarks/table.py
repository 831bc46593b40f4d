"""The table of figures: on screen, and as the page and the section of the README that show it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from rich.table import Table

from benchmarks.measuring import Row

HEADERS = ("work", "bar", "ours (s)", "beside", "beside (s)", "ours takes", "peak memory", "met")
SHORT_HEADERS = ("work", "asked for", "measured", "peak memory")


def on_screen(rows: Sequence[Row]) -> Table:
    """Give the table for a terminal."""
    table = Table(*HEADERS, title_justify="left")
    for row in rows:
        table.add_row(*_cells(row))
    return table


def markdown(rows: Sequence[Row]) -> str:
    """Give the table as markdown."""
    return _markdown(HEADERS, [_cells(row) for row in rows])


def short_markdown(rows: Sequence[Row]) -> str:
    """Give the rows of which something was asked, short."""
    cells = [(row.work, row.bar + _missed(row), _measured(row), _peak(row)) for row in rows if row.bar]
    return _markdown(SHORT_HEADERS, cells)


def replace_section(file: Path, begin: str, end: str, text: str) -> None:
    """Put text between two lines of a file. Raises ValueError when they are not there."""
    whole = file.read_text("utf-8")
    pattern = re.compile(f"(?<={re.escape(begin)}\n).*?(?={re.escape(end)})", re.DOTALL)
    if not pattern.search(whole):
        raise ValueError(f"{file} has no lines {begin} and {end}.")
    file.write_text(pattern.sub(lambda _: text, whole), "utf-8")


def _markdown(headers: Sequence[str], cells: Sequence[Sequence[str]]) -> str:
    lines = [headers, ["---"] * len(headers), *cells]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _cells(row: Row) -> tuple[str, ...]:
    beside_seconds = "" if row.beside_seconds is None else _seconds(row.beside_seconds)
    met = {True: "yes", False: "**no**", None: "–" if not row.bar else "other size"}[row.met]
    return (row.work, row.bar, _seconds(row.seconds), row.beside, beside_seconds, ratio(row), _peak(row), met)


def ratio(row: Row) -> str:
    """How long ours takes in terms of what stands beside it: '2.1 ×', or '1/31' of a slower one."""
    if row.beside_seconds is None:
        return ""
    if row.beside_seconds > row.seconds:
        return f"1/{row.beside_seconds / row.seconds:.2g}"
    return f"{row.seconds / row.beside_seconds:.1f} ×"


def _seconds(seconds: float) -> str:
    return f"{seconds:.1f}" if seconds >= 10 else f"{seconds:.2f}"


def _measured(row: Row) -> str:
    told = f"{_seconds(row.seconds)} s"
    return f"{told}; {row.beside}: {_seconds(row.beside_seconds)} s" if row.beside_seconds is not None else told


def _missed(row: Row) -> str:
    return " (missed)" if row.met is False else ""


def _peak(row: Row) -> str:
    return "" if row.peak_bytes is None else f"{row.peak_bytes / 1e9:.2f} GB"
