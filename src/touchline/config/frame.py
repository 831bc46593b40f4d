"""What the frame of every page shows: the navigation and the workspace's name."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import import_module

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from touchline.ui.navigation import NavigationItem


@dataclass(frozen=True)
class RailEntry:
    """A navigation entry, as the page being shown sees it."""

    title: str
    url: str
    icon: str
    is_current: bool


def frame(request: HttpRequest) -> dict[str, object]:
    """Add the navigation, the workspace's name and what the page has seen to every template."""
    workspace = getattr(request, "workspace", None)
    return {
        "navigation": _rail(request),
        "events_announced": getattr(request, "events_announced", ""),
        "workspace_name": workspace.settings.name if workspace is not None else "",
    }


@cache
def navigation_items() -> tuple[NavigationItem, ...]:
    """Collect what each capability lists as NAVIGATION in its urls."""
    items = [item for pages in settings.PAGES for item in getattr(import_module(pages), "NAVIGATION", ())]
    return tuple(sorted(items, key=lambda item: item.order))


def _rail(request: HttpRequest) -> list[RailEntry]:
    match = request.resolver_match
    shown = match.view_name if match is not None else ""
    return [
        RailEntry(item.title, reverse(item.url_name), item.icon, shown in (item.url_name, *item.covers))
        for item in navigation_items()
    ]
