"""Senders that stall: each has so long for its body, and what is read of all bodies takes so much memory and no more."""

from __future__ import annotations

import asyncio
from typing import Final

BODY_SECONDS: Final = 20.0
"""For 500 KB a telephone in the country takes some ten."""
MOST_UNFINISHED_BYTES: Final = 64_000_000
"""Of bodies that are not whole yet. Beyond it whoever takes longest is told to come back; a body that comes at once never is."""


class Patience:
    """How long bodies may take that do not come at once. Belongs to the thread of the event loop."""

    def __init__(self, seconds: float = BODY_SECONDS, most_bytes: int = MOST_UNFINISHED_BYTES) -> None:
        self._seconds, self._most_bytes = seconds, most_bytes
        self._held: dict[asyncio.Timeout, int] = {}
        self.bytes = 0
        """Held at the moment."""

    def limit(self) -> asyncio.Timeout:
        """Within its block a body is read; TimeoutError ends it."""
        return asyncio.timeout(self._seconds)

    def hold(self, reading: asyncio.Timeout, size: int) -> None:
        """Count a part of a body that goes on; end the oldest when that is more than there is room for."""
        self._held[reading] = self._held.get(reading, 0) + size
        self.bytes += size
        while self.bytes > self._most_bytes:
            oldest = next(iter(self._held))
            self.let_go(oldest)
            oldest.reschedule(0.0)

    def let_go(self, reading: asyncio.Timeout) -> None:
        """Forget a body that is whole, or given up."""
        self.bytes -= self._held.pop(reading, 0)
