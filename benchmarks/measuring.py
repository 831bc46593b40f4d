"""How things are measured: each in a process of its own, in turns with what stands beside it, median of the rounds."""

from __future__ import annotations

import multiprocessing
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from statistics import median
from typing import Any

MAXRSS_UNIT = 1 if sys.platform == "darwin" else 1024


@dataclass(frozen=True)
class Sizes:
    """How much is measured, in events. The bars hold at the defaults."""

    events: int = 10_000_000
    file_events: int = 1_000_000
    smallest: int = 1_000_000
    largest: int = 50_000_000
    rounds: int = 3

    @property
    def file_as_asked(self) -> bool:
        """Whether the file is as long as the one the bars were set for."""
        return self.file_events == Sizes.file_events

    @property
    def store_as_asked(self) -> bool:
        """Whether the store is as large as the one the bars were set for."""
        return self.events == Sizes.events

    @property
    def growth_as_asked(self) -> bool:
        """Whether the store grows as much as the bars were set for."""
        return (self.smallest, self.largest) == (Sizes.smallest, Sizes.largest)

    @property
    def as_asked(self) -> bool:
        """All of that."""
        return self.file_as_asked and self.store_as_asked and self.growth_as_asked


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    work: str
    seconds: float
    peak_bytes: int | None = None
    bar: str = ""
    """What was asked for."""
    met: bool | None = None
    """None: nothing was asked for, or at other sizes."""
    beside: str = ""
    """What the time is compared with."""
    beside_seconds: float | None = None


@dataclass(frozen=True)
class Measured:
    """One run of one piece of work."""

    seconds: Mapping[str, float]
    """By step."""
    peak_bytes: int
    found: Any = field(default=None, compare=False)
    """The answer, where answers are compared."""


class Clock:
    """Seconds by name."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def __call__(self, name: str) -> Iterator[None]:
        """Measure a block."""
        start = time.perf_counter()
        yield
        self.seconds[name] = time.perf_counter() - start


Work = Callable[[], Measured | None]


def in_turns(rounds: int, works: Mapping[str, Work]) -> dict[str, Measured]:
    """Let each work run once per round, one after the other: the median of each step, the largest peak.

    A work that answers None (a peer that is not installed) is left out.
    """
    runs: dict[str, list[Measured]] = {}
    for _ in range(rounds):
        for name, work in works.items():
            if (measured := work()) is not None:
                runs.setdefault(name, []).append(measured)
    return {name: _typical(each) for name, each in runs.items()}


def _typical(runs: Sequence[Measured]) -> Measured:
    seconds = {step: median(run.seconds[step] for run in runs) for step in runs[0].seconds}
    return Measured(seconds, max(run.peak_bytes for run in runs), runs[-1].found)


def in_child(function: Callable[..., tuple[Clock, Any]], *arguments: Any) -> Measured:
    """Call a function of a module in a fresh process of ours. It gives the clock it kept, and what it found."""
    context = multiprocessing.get_context("spawn")  # a fork would carry an open store along
    with context.Pool(1) as pool:
        return pool.apply(_call, (function, arguments))


def _call(function: Callable[..., tuple[Clock, Any]], arguments: tuple[Any, ...]) -> Measured:
    clock, found = function(*arguments)
    return Measured(clock.seconds, _peak_bytes(), found)


def _peak_bytes() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * MAXRSS_UNIT


def command(arguments: Sequence[str]) -> Measured:
    """Run a command from its start to its end; raises CalledProcessError when it fails."""
    start = time.perf_counter()
    process = subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    told = _read_all(process)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.perf_counter() - start
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, arguments, told)
    return Measured({"command": seconds}, usage.ru_maxrss * MAXRSS_UNIT, told)


def _read_all(process: subprocess.Popen[str]) -> str:
    if process.stdout is None:
        return ""
    with process.stdout as out:
        return out.read()


def millions(events: int) -> str:
    """Write a number of events as people say it: 10M, 2,000."""
    return f"{events / 1e6:g}M" if events >= 1_000_000 else f"{events:,}"
