"""What every way of measuring a launched change gives back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from touchline.formulas.check import Check

Method = Literal["collapsed-did", "staggered-did", "synthetic-did", "interrupted-series", "before-after"]


@dataclass(frozen=True)
class Measured:
    """What a change did to the value measured, on its own scale and per period."""

    method: Method
    effect: float
    low: float
    high: float
    """Ends of the 95 % interval."""
    p: float | None
    """Two-sided p of 'it did nothing'; None where the method has none worth the name."""
    treated_groups: int
    control_groups: int
    periods_before: int
    periods_after: int
    expected: float
    """What the treated would have had after the start without the change, on average."""
    checks: tuple[Check, ...]

    @property
    def all_passed(self) -> bool:
        """Whether every check was done and passed; without any check, nothing was."""
        return bool(self.checks) and all(check.passed is True for check in self.checks)
