"""Half a character, which JSON can write as an escape and no Unicode has: a text cut off in the middle of an emoji ends in one."""

from __future__ import annotations

import re

_ESCAPE = re.compile(
    rb"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(u[dD][89a-fA-F][0-9a-fA-F]{2})|.)", re.DOTALL
)


def mended(body: bytes) -> bytes:
    """The JSON with the sign for what cannot be shown in the place of each half character; everything else as it is."""
    if b"\\ud" not in body and b"\\uD" not in body:
        return body
    return _ESCAPE.sub(lambda found: rb"\ufffd" if found[1] else found[0], body)
