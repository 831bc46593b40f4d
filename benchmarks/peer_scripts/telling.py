"""What a peer tells about its run; it shares no environment with us, so this imports nothing of ours."""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version


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


def tell(package: str, clock: Clock, steps: dict[str, int]) -> None:
    """Print version, seconds and the transitions counted (start and end, separated by a space)."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    print(json.dumps({"version": version(package), "seconds": clock.seconds, "steps": steps, "peak": peak}))
