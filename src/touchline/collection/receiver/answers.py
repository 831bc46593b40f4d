"""Answers as JSON, with the headers that let pages of other origins read them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final

import msgspec

from touchline.collection.rules.problems import RefusedError

Send = Callable[[dict[str, Any]], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]

_JSON: Final = (b"content-type", b"application/json")
_PREFLIGHT_SECONDS: Final = b"86400"
_encode = msgspec.json.Encoder().encode


async def answer(send: Send, status: int, body: bytes, headers: Headers) -> None:
    """Send a whole answer."""
    length = [] if status == 204 else [(b"content-length", str(len(body)).encode())]  # RFC 9110, 8.6
    await send({"type": "http.response.start", "status": status, "headers": [*length, *headers]})
    await send({"type": "http.response.body", "body": body})


async def answer_json(send: Send, told: Mapping[str, Any], origin: str | None) -> None:
    """Answer 200 with JSON."""
    await answer(send, 200, _encode(told), [_JSON, *cross_origin(origin)])


async def answer_problem(send: Send, problem: RefusedError, origin: str | None) -> None:
    """Answer what is wrong, by code and in a sentence."""
    headers: Headers = [_JSON, *cross_origin(origin)]
    if problem.retry_after_seconds is not None:
        seconds = str(problem.retry_after_seconds).encode()
        headers += [(b"retry-after", seconds)]
        if problem.kind.status == 429:
            headers += [(b"x-ratelimit-reset", seconds)]
    if problem.kind.status == 401:
        headers += [(b"www-authenticate", b'Basic realm="Touchline write key"')]
    if problem.kind.status == 408:
        headers += [(b"connection", b"close")]  # the rest of the body would go on coming
    error = {"code": problem.kind.code, "message": problem.sentence}
    # RudderStack's Python client reads them from here, and without them takes every refusal for a broken line: it would
    # send a body that is too large again and again, and nothing behind it.
    told = {"success": False, **error, "error": error}
    await answer(send, problem.kind.status, _encode(told), headers)


async def answer_preflight(send: Send, asked: Mapping[str, str]) -> None:
    """Let any page ask: whether its origin may send is decided by the write key, which comes with the request itself."""
    wanted = asked.get("access-control-request-headers", "") or "authorization, content-type"
    headers: Headers = [
        (b"access-control-allow-methods", b"GET, POST, OPTIONS"),
        (b"access-control-allow-headers", wanted[:1000].encode("latin-1", "ignore")),
        (b"access-control-max-age", _PREFLIGHT_SECONDS),
        (b"content-length", b"0"),
        *cross_origin(asked.get("origin")),
    ]
    await send({"type": "http.response.start", "status": 204, "headers": headers})
    await send({"type": "http.response.body", "body": b""})


def cross_origin(origin: str | None) -> Headers:
    """No credentials are ever allowed: cookies mean nothing here. Scripts of a page see `Retry-After` only when told so."""
    if not origin:
        return []
    return [
        (b"access-control-allow-origin", origin.encode("latin-1", "ignore")),
        (b"access-control-expose-headers", b"Retry-After"),
        (b"vary", b"Origin"),
    ]
