"""What stands before every page: who may ask, and which workspace is meant."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable
from typing import cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.shortcuts import render
from servestatic.middleware import ServeStaticMiddleware

from touchline.engine.announcing import EVENTS, announced
from touchline.engine.store import StoreError
from touchline.engine.workspace import open_workspace
from touchline.ui.requests import WorkspaceRequest
from touchline.ui.storage import HASHED_NAME

Answer = Callable[[HttpRequest], HttpResponse]


class LoopbackOnly:
    """Refuses callers from other machines, and hosts that are not this one (DNS rebinding)."""

    def __init__(self, get_response: Answer) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer 403 to a caller that is not loopback; get_host() raises DisallowedHost (400) for a foreign host."""
        request.get_host()
        if not is_loopback(request.META.get("REMOTE_ADDR", "")):
            return HttpResponseForbidden("Touchline answers only on the machine it runs on.", "text/plain")
        return self._get_response(request)


class BuiltFiles(ServeStaticMiddleware):  # type: ignore[misc]  # servestatic ships no types
    """Serves what the front-end build made; names with a content hash may be kept for ever."""

    def immutable_file_test(self, path: str, url: str) -> bool:
        """Whether a file never changes under its name."""
        return re.search(HASHED_NAME, url) is not None


class AttachWorkspace:
    """Gives every page the workspace of this process as `request.workspace`."""

    def __init__(self, get_response: Answer) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer 503 with the store's own sentence when the workspace cannot be used."""
        if settings.WORKSPACE_FOLDER is None:
            sentence = f"{settings.WORKSPACE_VARIABLE} does not name a workspace. Start Touchline with: touchline serve"
            return _no_workspace(request, sentence)
        try:
            asked = cast(WorkspaceRequest, request)
            asked.workspace = open_workspace(settings.WORKSPACE_FOLDER)
            asked.events_announced = announced(asked.workspace, EVENTS)
        except StoreError as problem:
            return _no_workspace(request, str(problem))
        return self._get_response(request)

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        """Answer 503 with the store's own sentence when it refuses meanwhile: a full disk is no fault of ours."""
        return _no_workspace(request, str(problem)) if isinstance(problem, StoreError) else None


def is_loopback(address: str) -> bool:
    """Whether an address is this machine's own; an empty one is not."""
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


def _no_workspace(request: HttpRequest, sentence: str) -> HttpResponse:
    context = {"heading": "The workspace cannot be used", "sentence": sentence}
    return render(request, "ui/problem.html", context, status=503)
