"""The page of an event: its path, so that one page is one page whatever hangs on its address."""

from __future__ import annotations

import re
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

_SCHEME_AND_HOST = re.compile(r"^(?:[a-zA-Z][a-zA-Z0-9+.-]*:)?//[^/?#]*")


def path_of(page: str) -> str | None:
    """Give the path without host, query, fragment and trailing slash; '/' for a home page, None for nothing."""
    page = page.strip()
    if not page:
        return None
    path = re.split(r"[?#]", _SCHEME_AND_HOST.sub("", page), maxsplit=1)[0].rstrip("/")
    if path and not path.startswith("/"):
        path = "/" + path
    return path or "/"


def paths_of(pages: Any) -> Any:
    """Do so for an Arrow column; each distinct page is looked at once."""
    if pages.null_count == len(pages):
        return pages
    whole = pages.combine_chunks() if isinstance(pages, pa.ChunkedArray) else pages
    encoded: Any = pc.dictionary_encode(whole)
    distinct = pa.array([path_of(page) for page in encoded.dictionary.to_pylist()], pa.string())
    return distinct.take(encoded.indices)
