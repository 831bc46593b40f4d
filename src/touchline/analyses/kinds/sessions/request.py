"""What sessions are asked."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class SessionsRequest:
    """When a session ends, and what makes it engaged."""

    minutes: int = 30
    """A pause longer than this ends a session."""
    engaged_seconds: int = 10
    """A session longer than this is engaged."""
    key_events: tuple[str, ...] = ()
    """Events that make a session engaged; none: rules.KEY_EVENTS."""
    own_sessions: bool = True
    """Whether the sender's own sessions are kept where events carry one."""
    per: str = "week"
    """day, week or month."""
    most: int = 10
    """How many rows the lists of pages and campaigns have."""
