"""The request that every page gets."""

from __future__ import annotations

from django.http import HttpRequest

from touchline.engine.workspace import Workspace


class WorkspaceRequest(HttpRequest):
    """A request with the open workspace attached by config.middleware."""

    workspace: Workspace
    events_announced: int
    """How often news of events had been announced when the request came: its page tells the live stream."""


def wants_part(request: HttpRequest) -> bool:
    """Whether htmx asks for a part of the page rather than the whole."""
    return request.headers.get("HX-Request") == "true"
