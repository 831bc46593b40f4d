"""How things are measured: each in a process of its own, which tells its seconds and its peak memory."""

from __future__ import annotations

import multiprocessing
import resource
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

MAXRSS_UNIT = 1 if sys.platform == "darwin" else 1024


@dataclass(frozen=True)
class Figure:
    """One line of a benchmark's table."""

    work: str
    seconds: float
    beside: str = ""
    """What the ratio compares with."""
    ratio: float | None = None
    peak_bytes: int | None = None
    bar: str = ""
    """What the issue asks for."""


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


def in_child(function: Callable[..., Any], *arguments: Any) -> tuple[Any, int]:
    """Call a function of a module in a fresh process; return its result and the process's peak memory in bytes."""
    context = multiprocessing.get_context("spawn")  # a fork would carry an open store along
    with context.Pool(1) as pool:
        return pool.apply(_call, (function, arguments))


def _call(function: Callable[..., Any], arguments: tuple[Any, ...]) -> tuple[Any, int]:
    result = function(*arguments)
    return result, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * MAXRSS_UNIT
