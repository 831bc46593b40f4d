"""What lifecycle is asked."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class LifecycleRequest:
    """What counts as being active, and by which periods."""

    step: str = ""
    """A step; '' is any visit."""
    per: str = "week"
    """day, week or month."""
