"""The web application of `touchline serve`: the collection endpoints and the live stream in front, Django's pages behind."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.asgi import get_asgi_application
from django.http.request import split_domain_port, validate_host

from touchline.collection.tasks import Collector, collector_at
from touchline.config.middleware import is_loopback
from touchline.ui import live

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "touchline.config.settings")

if settings.FILE_UPLOAD_TEMP_DIR:
    Path(settings.FILE_UPLOAD_TEMP_DIR).mkdir(mode=0o700, exist_ok=True)
    # Django spools request bodies to the system's temporary folder, often small and in memory; exports are large.
    tempfile.tempdir = settings.FILE_UPLOAD_TEMP_DIR

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]


class Site:
    """One process, several faces."""

    def __init__(self) -> None:
        self._pages: Any = get_asgi_application()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Lead a request to whom it belongs; without anybody collecting there are only pages."""
        collector = collector_at(settings.WORKSPACE_FOLDER)
        if collector is None:
            await self._pages(scope, receive, send)
        elif _only_collecting(scope, collector) or collector.receiver.answers(scope["path"]):
            await collector.receiver(scope, receive, send)
        elif scope["path"] == live.PATH and _is_ours(scope):
            await live.stream(collector.workspace, live.seen_by(scope), receive, send)
        else:
            with collector.while_a_page_is_made():
                await self._pages(scope, receive, send)


def _only_collecting(scope: Scope, collector: Collector) -> bool:
    """Whether it came to the address where nothing else is answered: as the socket says, not a header."""
    return collector.only_at_port is not None and bool(scope["server"][1] == collector.only_at_port)


def _is_ours(scope: Scope) -> bool:
    """Whether a browser on this machine asks, by one of this machine's names; else Django says no in its own way."""
    client, hosts = scope.get("client"), [value for name, value in scope["headers"] if name == b"host"]
    host = split_domain_port(hosts[0].decode("latin-1"))[0] if hosts else ""
    return client is not None and is_loopback(client[0]) and validate_host(host, settings.ALLOWED_HOSTS)


application = Site()
