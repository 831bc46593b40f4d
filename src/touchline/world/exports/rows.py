"""Writing rows under a header: every cell must belong to a column."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta, timezone
from pathlib import Path

CENTRAL_EUROPE = timezone(timedelta(hours=1))


def write_csv(path: Path, header: Sequence[str], rows: Iterable[Mapping[str, object]], *, bom: bool = False) -> None:
    """Write rows as a CSV file; columns a row does not name stay empty. Raises ValueError for an unknown column."""
    with path.open("w", encoding="utf-8-sig" if bom else "utf-8", newline="") as file:
        writer = csv.DictWriter(file, header, restval="", extrasaction="raise", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def local(time: datetime) -> str:
    """As a shop in Berlin exports it: local time with its offset."""
    return time.astimezone(CENTRAL_EUROPE).strftime("%Y-%m-%d %H:%M:%S %z")


def utc(time: datetime) -> str:
    """UTC without an offset, as columns headed (UTC) hold it."""
    return time.strftime("%Y-%m-%d %H:%M:%S")
