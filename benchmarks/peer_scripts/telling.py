"""What a peer tells about its run; it shares no environment with us, so this imports nothing of ours."""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version

FUNNEL_STEPS = ["product", "basket", "checkout", "first-order"]
FUNNEL_WINDOW_US = 7 * 86_400_000_000
"""As in benchmarks/funnel.py."""


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


def tell(package: str, clock: Clock, steps: dict[str, int] | dict[str, float]) -> None:
    """Print version, seconds and what was found: counts of transitions (start and end, separated by a space) or steps, or effects."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    print(json.dumps({"version": version(package), "seconds": clock.seconds, "steps": steps, "peak": peak}))
