"""One entry of the navigation. A capability lists its own as NAVIGATION in its urls; config puts them together."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class NavigationItem:
    """Where a rail entry leads."""

    title: str
    url_name: str
    """Name of the page, reversible without arguments."""
    icon: str
    order: int
    """Smaller stands higher."""
    covers: tuple[str, ...] = ()
    """Names of further pages during which this entry is the current one."""
