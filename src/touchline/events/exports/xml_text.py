"""Text as XML holds it: signs escaped, and the characters XML 1.0 cannot hold replaced."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape

_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def element_text(text: str) -> str:
    """Write text between tags."""
    return escape(_FORBIDDEN.sub("\ufffd", text), {"\r": "&#13;"})


def attribute_text(text: str) -> str:
    """Write text as the value of an attribute, with its quotation marks."""
    signs = {'"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}
    return f'"{escape(_FORBIDDEN.sub(chr(0xFFFD), text), signs)}"'
