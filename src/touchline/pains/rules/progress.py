"""How far a computation is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True)
class Progress:
    """Where a computation stands."""

    done: int
    of: int
    """Steps; 0 while it is not known how many there are."""
    words: str
    """What is being done, such as 'Estimating Payment: errors'."""
    problem: str = ""
    """Why it ended without a result, in a sentence; '' while it goes on."""

    @property
    def percent(self) -> int:
        """0 to 100."""
        return round(100 * self.done / self.of) if self.of else 0


Report: TypeAlias = Callable[[Progress], None]
"""Is told of every step; what it raises ends the computation."""
