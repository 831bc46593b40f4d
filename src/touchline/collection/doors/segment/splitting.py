"""Taking a batch apart that the decoder cannot read as a whole, so that one call in it does not cost the others.

Half a character (which browsers write as an escape) and nesting without end are valid JSON, and no decoder follows them.
Only brackets and strings are looked at here; each call is then decoded by itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_TOKENS = re.compile(rb'"(?:[^"\\]|\\.)*"|[\[\]{},:]', re.DOTALL)
_HALF_CHARACTER = re.compile(rb"\\u[dD][89a-fA-F][0-9a-fA-F]{2}")
_WRITE_KEY = re.compile(rb'"writeKey"\s*:\s*"([^"\\]{1,200})"')
_SENT_AT = re.compile(rb'"sentAt"\s*:\s*("[^"\\]{1,60}"|\d{1,20})')
DEPTH_OF_NO_DECODER = 500
"""The decoder gives up near a thousand; Python's own calls take part of that."""
MOST_BRACKETS = 100_000
"""Of 2,500 calls with forty objects each. What holds more is not taken apart: that would keep others waiting."""


@dataclass(frozen=True)
class Pieces:
    """What is around a batch, and the calls in it; a body that is no batch is one call."""

    sent_at: bytes
    """JSON."""
    calls: tuple[bytes, ...]


def split(body: bytes) -> Pieces | None:
    """Take a body apart; None when its brackets do not fit or nothing in it explains why it could not be read."""
    is_half = _HALF_CHARACTER.search(body) is not None
    brackets = body.count(b"{") + body.count(b"[")
    if brackets > MOST_BRACKETS or not (is_half or brackets >= DEPTH_OF_NO_DECODER):
        return None
    calls, deepest, batch = _calls_of(body)
    if calls is None or not (is_half or deepest >= DEPTH_OF_NO_DECODER):
        return None
    outside = body[: batch.start] + body[batch.stop :]
    found = calls or (body.strip(),)
    sent = _SENT_AT.search(outside)
    return Pieces(sent.group(1) if sent else b"null", found)


def write_key_of(body: bytes) -> str | None:
    """The write key in a body that no decoder reads. Quick: it is looked for before anybody is known to send."""
    key = _WRITE_KEY.search(body)
    return key.group(1).decode("utf-8", "replace") if key else None


def _calls_of(body: bytes) -> tuple[tuple[bytes, ...] | None, int, slice]:
    """The elements of `batch` (none: there is no batch), how deep the body goes, and where they stand.

    None for brackets that do not fit.
    """
    closing: list[bytes] = []
    calls: list[bytes] = []
    deepest, start, latest = 0, -1, b""
    in_batch, batch = False, slice(0, 0)
    for token in _TOKENS.finditer(body):
        text = token.group()
        if text in b"[{" and len(text) == 1:
            if len(closing) == 1 and text == b"[" and latest == b'"batch"':
                in_batch, start, batch = True, token.end(), slice(token.end(), token.end())
            closing.append(b"]" if text == b"[" else b"}")
            deepest = max(deepest, len(closing))
        elif text in b"]}" and len(text) == 1:
            if not closing or closing.pop() != text:
                return None, deepest, batch
            if in_batch and len(closing) == 1:
                calls.append(body[start : token.start()].strip())
                in_batch, batch = False, slice(batch.start, token.start())
        elif text == b"," and in_batch and len(closing) == 2:  # the envelope and its list
            calls.append(body[start : token.start()].strip())
            start = token.end()
        elif text.startswith(b'"') and len(closing) == 1:
            latest = text
    whole = not closing and deepest > 0
    return (tuple(call for call in calls if call) if whole else None), deepest, batch
