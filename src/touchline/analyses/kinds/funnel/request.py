"""What a funnel asks for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

MOST_STEPS: Final = 20
MOST_EXCLUDED: Final = 10
LONGEST_DAYS: Final = 3650

ORDERS: Final = (
    ("ordered", "In order, other things may come between"),
    ("strict", "One directly after the other"),
    ("any", "In any order"),
)
WINDOW_UNITS: Final = {"days": 86_400_000_000, "hours": 3_600_000_000, "minutes": 60_000_000}
"""In microseconds."""

SPLIT_AT: Final = (
    ("first", "As it was at the first step"),
    ("last", "As it was at the last step taken"),
    ("each", "As it was at each step"),
)


@dataclass(frozen=True)
class FunnelRequest:
    """Steps as in rules/steps.py; the first and the last are not optional."""

    steps: tuple[str, ...] = ()
    order: str = "ordered"
    window: float = 30.0
    """How long one may take from the first step to the last; its last moment counts."""
    window_unit: str = "days"
    exclude: tuple[str, ...] = ()
    """'help', or 'help between 2 and 3': steps that must not come between."""
    split: str = ""
    """channel, device, campaign, source, label, page or a property of the event: figures by its values."""
    split_at: str = "first"
    leads: bool = True
    """Whether to look for what those who got through did and others did not."""
