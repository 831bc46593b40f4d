"""What the figures were measured on: the machine without its name, the versions, and how busy it was."""

from __future__ import annotations

import os
import platform
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from importlib.metadata import version
from pathlib import Path

OURS = ("duckdb", "numpy", "pyarrow")


@dataclass(frozen=True)
class Conditions:
    """Where and when."""

    machine: str
    versions: str
    day: date
    load: float
    """How many processes wanted a core over the minute before, ours not among them."""


def conditions() -> Conditions:
    """Look around."""
    python = f"Python {platform.python_version()}"
    return Conditions(
        machine=f"{os.cpu_count()} cores ({_processor()}), {_memory_gib():.0f} GiB of memory, {platform.system()}",
        versions=", ".join([python, *(f"{name} {version(name)}" for name in OURS)]),
        day=datetime.now(UTC).date(),
        load=os.getloadavg()[0],
    )


def _processor() -> str:
    try:
        found = re.search(r"model name\s*: (.+)", Path("/proc/cpuinfo").read_text("utf-8"))
    except OSError:
        found = None
    return found[1].strip() if found else platform.machine()


def _memory_gib() -> float:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
