"""Long lists in pages: which rows are shown and where the neighbours are."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, QueryDict


@dataclass(frozen=True)
class Paging:
    """Rows first..last of total, with addresses of the pages before and after (empty where there is none)."""

    first: int
    last: int
    total: int
    previous_url: str
    next_url: str


def offset_of(request: HttpRequest) -> int:
    """Return the first row asked for, 0-based; anything unreadable is the beginning."""
    asked = request.GET.get("offset", "0")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 12 else 0


def paging(request: HttpRequest, offset: int, shown: int, total: int, limit: int) -> Paging:
    """Say where in a list of `total` rows a page of `shown` rows from `offset` stands."""
    before = _address(request, max(0, offset - limit)) if offset > 0 else ""
    after = _address(request, offset + limit) if offset + limit < total else ""
    return Paging(offset + 1 if shown else 0, offset + shown, total, before, after)


def _address(request: HttpRequest, offset: int) -> str:
    query: QueryDict = request.GET.copy()
    query["offset"] = str(offset)
    return f"?{query.urlencode()}"
