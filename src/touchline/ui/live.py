"""Telling open pages that events were stored: one stream of server-sent events a page, in front of Django.

The stream says only that something is new; the page fetches the parts that it marks as live.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from typing import Any
from urllib.parse import parse_qs

from touchline.engine.announcing import EVENTS, STOPPING, announced, listen
from touchline.engine.workspace import Workspace

PATH = "/live"
HEARTBEAT_SECONDS = 15.0
"""Proxies and sleeping browsers find out that a stream is dead."""
QUIET_SECONDS = 1.0
"""Between two announcements at least: what arrives meanwhile is told by one."""
_HEADERS = [
    (b"content-type", b"text/event-stream"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
]

Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]


async def stream(workspace: Workspace, seen: str, receive: Receive, send: Send) -> None:
    """Send `event: events` whenever events were stored, until the page goes away or the server stops.

    `seen` is how often that had been announced when the page was made, or when its last stream ended: what was missed
    since is told at once.
    """
    loop = asyncio.get_running_loop()
    news, ending = asyncio.Event(), asyncio.Event()
    deaf = [
        listen(workspace, EVENTS, lambda: _set(loop, news)),
        listen(workspace, STOPPING, lambda: _set(loop, news, ending)),
    ]
    if seen != str(announced(workspace, EVENTS)):
        news.set()
    gone = asyncio.ensure_future(_gone(receive))
    try:
        await send({"type": "http.response.start", "status": 200, "headers": _HEADERS})
        await _say(send, b"retry: 2000\n\n")
        while await _anything(news, gone) and not ending.is_set():
            had_news = news.is_set()
            news.clear()
            number = announced(workspace, EVENTS)
            await _say(send, b"id: %d\nevent: events\ndata: new\n\n" % number if had_news else b": still here\n\n")
            await asyncio.wait([gone], timeout=QUIET_SECONDS)
        await send({"type": "http.response.body", "body": b""})
    finally:
        for stop_listening in deaf:
            stop_listening()
        gone.cancel()


def seen_by(scope: Mapping[str, Any]) -> str:
    """What the page has seen: what the browser heard last, when it comes again; else what the page said of itself."""
    heard: list[bytes] = [value for name, value in scope["headers"] if name == b"last-event-id"]
    asked = parse_qs(scope["query_string"]).get(b"seen", [b""])
    return (heard or asked)[0].decode("latin-1")


async def _anything(news: asyncio.Event, gone: asyncio.Future[None]) -> bool:
    """Wait for news or the next sign of life; False when the page has gone."""
    wanted = asyncio.ensure_future(news.wait())
    either: set[asyncio.Future[Any]] = {wanted, gone}
    await asyncio.wait(either, timeout=HEARTBEAT_SECONDS, return_when=asyncio.FIRST_COMPLETED)
    wanted.cancel()
    return not gone.done()


def _set(loop: asyncio.AbstractEventLoop, *events: asyncio.Event) -> None:
    """From whatever thread announces."""
    with suppress(RuntimeError):  # the loop has been closed
        for event in events:
            loop.call_soon_threadsafe(event.set)


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        continue


async def _say(send: Send, text: bytes) -> None:
    await send({"type": "http.response.body", "body": text, "more_body": True})
