"""What stands beside collecting: the same server and decoder, and nothing else. It stores nothing and answers 200."""

from __future__ import annotations

from typing import Any

import msgspec


class Call(msgspec.Struct, gc=False):
    """The fields that collecting looks at."""

    type: str | None = None
    messageId: str | None = None  # noqa: N815  # the names of the wire
    userId: str | None = None  # noqa: N815
    anonymousId: str | None = None  # noqa: N815
    event: str | None = None
    context: msgspec.Raw = msgspec.Raw(b"")
    properties: msgspec.Raw = msgspec.Raw(b"")


class Batch(msgspec.Struct, gc=False):
    """Calls at once."""

    batch: list[Call]


_batch = msgspec.json.Decoder(Batch).decode
_call = msgspec.json.Decoder(Call).decode
ANSWER = b'{"success":true}'


async def application(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """Read, decode, answer."""
    parts = []
    more = True
    while more:
        message = await receive()
        parts.append(message.get("body", b""))
        more = message.get("more_body", False)
    body = b"".join(parts)
    if scope["path"] == "/v1/batch":
        _batch(body)
    else:
        _call(body)
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(ANSWER)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": ANSWER})
