"""Write keys: their tokens, which origins of pages they let send, and how much."""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import urlsplit

from touchline.collection.rules.webhooks import Hook

TOKEN_PREFIX: Final = "tl_"  # noqa: S105  # no secret: it says what kind of secret follows
_TOKEN_BYTES: Final = 24
"""190 random bits: a plain hash of it cannot be turned back by trying."""
_TOKEN: Final = re.compile(rb"%s[A-Za-z0-9_-]{32}" % TOKEN_PREFIX.encode())
HINT_CHARACTERS: Final = 4
EVENTS_PER_SECOND: Final = 2000
"""Allowed where nobody says otherwise; a burst of ten seconds of it is."""
ANY_ORIGIN: Final = "*"


@dataclass(frozen=True)
class WriteKey:
    """A key as those see it who manage keys; its tokens are known by their hashes only."""

    id: int
    name: str
    origins: tuple[str, ...]
    """Of pages that may send with it; ('*',) any; empty: no page, servers only."""
    events_per_second: int
    created: datetime
    revoked: datetime | None
    import_id: int
    """The record under which its events are counted."""
    hook: Hook | None = None
    """None: it opens everything but webhooks."""

    def allows_origin(self, origin: str | None) -> bool:
        """Whether a request with this Origin header may send; a server sends none."""
        return origin is None or ANY_ORIGIN in self.origins or origin.casefold() in self.origins


class OriginError(ValueError):
    """Something that is no origin; the message is a sentence."""


def new_token() -> str:
    """Make a token: shown once, never stored."""
    return TOKEN_PREFIX + secrets.token_urlsafe(_TOKEN_BYTES)


def without_tokens(content: bytes) -> bytes:
    """What somebody sent, without the tokens in it: people read it."""
    return _TOKEN.sub(b"***", content)


def hash_of(token: str) -> str:
    """SHA-256 of a token, hexadecimal."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def origin_of(written: str) -> str:
    """Bring an origin into the spelling browsers send: https://shop.example. Raises OriginError with a sentence."""
    text = written.strip().casefold()
    if text == ANY_ORIGIN:
        return text
    parts = urlsplit(text if "//" in text else f"https://{text}")
    try:
        port = parts.port
    except ValueError:
        port = -1
    host = parts.hostname or ""
    is_host = bool(re.fullmatch(r"[a-z0-9.\-]+|[0-9a-f:]+", host))
    if parts.scheme not in ("http", "https") or not is_host or port == -1 or parts.path.strip("/") or parts.query:
        raise OriginError(f"{written!r} is no origin; expected scheme and host of the shop, e.g. https://shop.example.")
    default = {"http": 80, "https": 443}[parts.scheme]
    shown = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{shown}" + (f":{port}" if port not in (None, default) else "")
