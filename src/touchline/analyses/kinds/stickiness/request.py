"""What stickiness is asked."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class StickinessRequest:
    """What counts as being active, and by which periods."""

    step: str = ""
    """A step; '' is any visit."""
    per: str = "week"
    """week or month: rows of the table, and the period whose active days are counted."""
