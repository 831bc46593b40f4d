"""What a folder under events/sources must offer. A source is found by being there; nothing registers it.

`events/sources/<name>/__init__.py` exposes `SOURCE`, an object of this shape. Rows arrive in file order as
(line, cells) where cells maps the *canonical* column name (as listed in `columns`) to the text found; a column that
the file does not have is absent from the mapping, an empty cell is ''. A column that the source does not list (a survey
question, a custom field) keeps the name the file gave it; sources/headers.py does the naming.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol
from zoneinfo import ZoneInfo

from touchline.events.rules import Event, Observation, Refused, RestoredIdentifier, SeriesPoint, Skipped

Row = tuple[int, Mapping[str, str]]
Result = Event | SeriesPoint | Observation | RestoredIdentifier | Refused | Skipped


@dataclass(frozen=True)
class Context:
    """What a source may assume; each assumption used is stated to the user."""

    zone: ZoneInfo
    currency: str
    file: str
    columns: tuple[str, ...]
    """The file's own header, as written."""


class Source(Protocol):
    """One kind of export."""

    name: str
    """The folder's name, e.g. 'shopify_orders'."""
    title: str
    """As its users call it, e.g. 'Shopify orders'."""
    formats: tuple[str, ...]
    """Reader formats it comes in: csv, tsv, xlsx, jsonl, json, parquet."""
    columns: Mapping[str, tuple[str, ...]]
    """Canonical header -> aliases; compared by normalised name."""
    required: tuple[str, ...]
    """Canonical headers without which a file is not of this kind."""
    joins_people: str
    """One sentence: which of its rows can be joined to a person and by what, and which cannot."""
    time_zone: str
    """One sentence: which zone its times are in ('UTC by its own header', 'local with offset', ...)."""
    becomes: tuple[str, ...]
    """Sentences: what its rows become, and what is assumed where the export does not say."""

    def recognises(self, header: tuple[str, ...]) -> float:
        """Confidence 0..1 that a file with this (normalised) header is of this kind."""
        ...

    def left_out(self, header: tuple[str, ...]) -> tuple[str, ...]:
        """Sentences about columns of this file that are not read, where its user would expect them to be."""
        ...

    def read(self, rows: Iterable[Row], context: Context) -> Iterator[Result]:
        """Turn rows into results; every row must show up as at least one result carrying its line."""
        ...
