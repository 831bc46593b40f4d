"""What retention is asked."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class RetentionRequest:
    """Who began, what counts as coming back, and by which periods."""

    start_step: str = ""
    """A step; '' is any visit."""
    return_step: str = ""
    """A step; '' is any visit."""
    per: str = "week"
    """day, week or month."""
    periods: int = 12
    """How many periods each group is followed."""
    who: str = "first-time"
    """first-time: each customer once, in the period of the very first time; recurring: in every period."""
    came_back: str = "exactly"
    """exactly: in that very period; or-later: in that period or any later one."""
    measure: str = "customers"
    """customers, or value: what they spent."""
