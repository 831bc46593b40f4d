"""Pages as people count them: without query, fragment and trailing slash, and with `:id` where a number or key stands."""

from __future__ import annotations

import re

ID = ":id"
_HOST = re.compile(r"^[a-z][a-z0-9+.-]*://[^/?#]*", re.IGNORECASE)
_NUMBER = re.compile(r"^\d+$")
_UUID = re.compile(r"^[0-9a-f]{8}(?:-?[0-9a-f]{4}){3}-?[0-9a-f]{12}$", re.IGNORECASE)
_HASH = re.compile(r"^(?=.*\d)(?=.*[a-f])[0-9a-f]{8,}$", re.IGNORECASE)
_KEY = re.compile(r"^(?=(?:.*\d){3})(?=.*[a-z])(?=.*[A-Z])[A-Za-z0-9_~=]{12,}$")
_ENDING = re.compile(r"\.(?:html?|php|aspx?|jsp)$", re.IGNORECASE)


def clean_page(page: str) -> str:
    """Write an address or path as the page it is: '/orders/1042/?step=2' becomes '/orders/:id'.

    A part of the path becomes :id where all of it is a number, a UUID, a hexadecimal hash of eight or more characters, or
    a key of twelve or more letters and figures in both cases with three figures; words with a number in them stay.
    """
    path = re.split(r"[?#]", _HOST.sub("", page.strip()), maxsplit=1)[0]
    parts = [_part(part) for part in path.split("/") if part]
    return "/" + "/".join(parts)


def _part(part: str) -> str:
    bare = _ENDING.sub("", part)
    if any(pattern.match(bare) for pattern in (_NUMBER, _UUID, _HASH, _KEY)):
        return ID + part[len(bare) :]
    return part
