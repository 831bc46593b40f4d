"""Run every benchmark of this folder, or those named, and print their tables: python -m benchmarks.run [NAME…]."""

from __future__ import annotations

import importlib
import os
import pkgutil
import platform
import sys
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.measuring import Figure


def modules(names: Sequence[str]) -> list[str]:
    """Names of the modules here that have a `measure()`, or those asked for."""
    here = [module.name for module in pkgutil.iter_modules([str(Path(__file__).parent)])]
    unknown = sorted(set(names) - set(here))
    if unknown:
        raise SystemExit(f"There is no benchmark {', '.join(unknown)}; expected {', '.join(here)}.")
    return [name for name in here if name in names or not names]


def main(names: Sequence[str]) -> None:
    """Measure and print."""
    console = Console(width=120)
    console.print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}\n")
    for name in modules(names):
        module = importlib.import_module(f"benchmarks.{name}")
        if hasattr(module, "measure"):
            console.print(_table((module.__doc__ or name).splitlines()[0], module.measure()))


def _table(title: str, figures: Sequence[Figure]) -> Table:
    table = Table("work", "seconds", "beside", "ratio", "peak GB", "bar", title=title, title_justify="left")
    for figure in figures:
        table.add_row(
            figure.work,
            f"{figure.seconds:.2f}",
            figure.beside,
            "" if figure.ratio is None else f"{figure.ratio:.2f} ×",
            "" if figure.peak_bytes is None else f"{figure.peak_bytes / 1e9:.2f}",
            figure.bar,
        )
    return table


if __name__ == "__main__":
    main(sys.argv[1:])
