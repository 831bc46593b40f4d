"""How much may come: a bucket that fills steadily and is emptied by what arrives."""

from __future__ import annotations

import math
from dataclasses import dataclass

BURST_SECONDS = 10.0


@dataclass(slots=True)
class Bucket:
    """What one sender has left. Times are seconds of a clock that never goes back."""

    per_second: float
    level: float = -1.0
    at: float = 0.0

    @property
    def size(self) -> float:
        """The most that may come at once."""
        return self.per_second * BURST_SECONDS

    def take(self, amount: float, now: float) -> int | None:
        """Take so much; None when it was there, else whole seconds after which it will be.

        More than the bucket ever holds is let through when it is full: a batch cannot be split by who sends it.
        """
        if self.level < 0:
            self.level, self.at = self.size, now
        self.level = min(self.size, self.level + (now - self.at) * self.per_second)
        self.at = now
        needed = min(amount, self.size)
        if self.level >= needed:
            self.level -= amount
            self.level = max(self.level, 0.0)
            return None
        return max(1, math.ceil((needed - self.level) / self.per_second))
