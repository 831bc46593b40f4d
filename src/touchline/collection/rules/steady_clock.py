"""Whether the clock can be believed: it is held against one that only counts seconds.

What is received carries the time of the server. A clock set wrong would put events into the wrong year for ever, so while it
has just jumped nothing is taken; clients come back. A clock that stays at its new time for a minute was set right.
"""

from __future__ import annotations

import time
from collections.abc import Callable

MOST_DRIFT_SECONDS = 5.0
SETTLED_AFTER_SECONDS = 60.0


class ClockJumpedError(Exception):
    """The clock is not where it should be."""


class SteadyClock:
    """The time of the server, as long as it can be believed."""

    def __init__(self, wall: Callable[[], float] = time.time, counting: Callable[[], float] = time.monotonic) -> None:
        self._wall, self._counting = wall, counting
        self._offset = wall() - counting()
        self._jumped_to: float | None = None
        self._jumped_at = 0.0

    def now_us(self) -> int:
        """Microseconds since 1970, UTC. Raises ClockJumpedError while the clock is somewhere else than it should be."""
        wall, counted = self._wall(), self._counting()
        offset = wall - counted
        if abs(offset - self._offset) <= MOST_DRIFT_SECONDS:
            self._offset, self._jumped_to = offset, None  # clocks that are brought right slowly are followed
            return int(wall * 1_000_000)
        if self._jumped_to is None or abs(offset - self._jumped_to) > MOST_DRIFT_SECONDS:
            self._jumped_to, self._jumped_at = offset, counted
        elif counted - self._jumped_at >= SETTLED_AFTER_SECONDS:
            self._offset, self._jumped_to = offset, None
            return int(wall * 1_000_000)
        raise ClockJumpedError(f"The server's clock moved by {offset - self._offset:+,.0f} seconds.")
