"""Reading a body up to its limit, and unpacking it up to its limit whatever its labels say."""

from __future__ import annotations

import asyncio
import zlib
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final

from touchline.collection.receiver.patience import Patience
from touchline.collection.rules.limits import MOST_BATCH_BYTES
from touchline.collection.rules.problems import RefusedError

_GZIP_MAGIC: Final = b"\x1f\x8b"
_GZIP_WINDOW_BITS: Final = 31

Receive = Callable[[], Awaitable[dict[str, Any]]]


class GoneError(Exception):
    """The sender went away before the body was whole."""


async def read_body(receive: Receive, headers: Mapping[str, str], patience: Patience) -> bytes:
    """Read a whole body and unpack it.

    Raises RefusedError when it is too large, too slow or no gzip, GoneError when it ends early. RudderStack's Node client
    sends gzip and labels it a form, so the first two bytes decide, not the label.
    """
    stated = headers.get("content-length", "")
    if stated.isdecimal() and int(stated) > MOST_BATCH_BYTES:
        raise _too_large()
    try:
        async with patience.limit() as reading:
            try:
                body = await _whole(receive, patience, reading)
            finally:
                patience.let_go(reading)
    except TimeoutError:
        raise RefusedError("body_too_slow", "The body took too long to arrive. Send it again.", 1) from None
    if body.startswith(_GZIP_MAGIC):
        return unpacked(body)
    if "gzip" in headers.get("content-encoding", "").casefold() and body:
        raise RefusedError("invalid_gzip", "The body is labelled gzip and is none.")
    return body


async def _whole(receive: Receive, patience: Patience, reading: asyncio.Timeout) -> bytes:
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise GoneError
        part = message.get("body", b"")
        size += len(part)
        if size > MOST_BATCH_BYTES:
            raise _too_large()
        if not message.get("more_body", False):
            return b"".join((*parts, part)) if parts else part
        parts.append(part)
        patience.hold(reading, len(part))


def unpacked(body: bytes) -> bytes:
    """Unpack gzip. Never makes more than the limit and one byte of it. Raises RefusedError."""
    reader = zlib.decompressobj(_GZIP_WINDOW_BITS)
    try:
        found = reader.decompress(body, MOST_BATCH_BYTES + 1)
    except zlib.error:
        raise RefusedError("invalid_gzip", "The body begins like gzip and cannot be unpacked.") from None
    if len(found) > MOST_BATCH_BYTES:
        raise _too_large()
    if not reader.eof:
        raise RefusedError("invalid_gzip", "The gzip of the body is cut off.")
    if reader.unused_data:
        raise RefusedError("invalid_gzip", "After the gzip of the body more follows.")
    return found


def _too_large() -> RefusedError:
    return RefusedError(
        "body_too_large", f"The body has more than {MOST_BATCH_BYTES:,} bytes, unpacked. Send less at once."
    )
