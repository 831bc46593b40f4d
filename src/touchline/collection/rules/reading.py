"""A rejected event as people read it."""

from __future__ import annotations

import msgspec

MOST_PRETTY_CHARACTERS = 200_000


def as_read(content: str) -> str:
    """JSON with a line for each field, values exactly as they came; what is no JSON, or too much to be read, unchanged."""
    if len(content) > MOST_PRETTY_CHARACTERS:
        return content
    try:
        return msgspec.json.format(content, indent=2)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return content
