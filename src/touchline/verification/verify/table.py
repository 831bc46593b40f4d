"""The table in the terminal, at 80 columns or more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from touchline.verification.verify.line import Line
from touchline.verification.verify.run import Verified


def print_verified(console: Console, found: Sequence[Verified], not_covered: Mapping[int, str], again: str) -> None:
    """Print every quantity, then what no row covers, and how to repeat the run."""
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), collapse_padding=True, header_style="bold")
    table.add_column("#", justify="right", no_wrap=True)
    table.add_column("Quantity", overflow="fold", min_width=20)
    for title in ("Planted", "Recovered", "Interval", "Tolerance"):
        table.add_column(title, justify="right", no_wrap=True)
    table.add_column("", no_wrap=True)
    for row in found:
        for line in row.lines:
            table.add_row(str(row.number), *_cells(line))
    console.print(table)
    for row in found:
        if row.not_looked_at:
            console.print(f"{row.number} {row.title}: not looked at. {row.not_looked_at}", soft_wrap=True)
    if not_covered:
        listed = ", ".join(f"{number} {name}" for number, name in not_covered.items())
        console.print(f"Not yet covered: {listed}.", soft_wrap=True)
    failed = [f"{row.number} {line.quantity}" for row in found for line in row.lines if not line.held]
    lines = sum(len(row.lines) for row in found)
    console.print(
        f"{lines - len(failed)} of {lines} held." + (f" Not held: {'; '.join(failed)}." if failed else ""),
        soft_wrap=True,
    )
    console.print(f"The same again: {again}", soft_wrap=True)


def _cells(line: Line) -> tuple[str | Text, ...]:
    held = "held" if line.held else Text("NOT HELD", style="bold red")
    return line.quantity, line.planted, line.recovered, line.interval, line.tolerance, held
