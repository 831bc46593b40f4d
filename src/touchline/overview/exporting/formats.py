"""The formats events and journeys are handed over in, and which one a file name asks for."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final


@dataclass(frozen=True)
class EventFormat:
    """One format."""

    name: str
    tells: str
    """What it is, for the help and the reference."""
    endings: tuple[str, ...]
    """Of files, the usual one first; none where a name alone would not tell."""
    keeps_names: bool = False
    """It is meant to be imported again, so identifiers and texts stay as they are."""


_FORMATS: Final = (
    EventFormat("ocel-json", "OCEL 2.0 as JSON; can be imported again", (".jsonocel", ".json"), keeps_names=True),
    EventFormat("ocel-sqlite", "OCEL 2.0 as an SQLite database; the same", (".sqlite", ".db"), keeps_names=True),
    EventFormat("ocel-xml", "OCEL 2.0 as XML; the same", (".xmlocel", ".xml"), keeps_names=True),
    EventFormat("xes", "XES, one case per customer, journey, case or order", (".xes",)),
    EventFormat("cjml", "CJML 2.0: the planned journey and the actual ones with their deviations", (".cjml",)),
    EventFormat("feedback", "feedback records: every response as a row of CSV, or of JSON lines", (), keeps_names=True),
    EventFormat("parquet", "one row per event, for notebooks and warehouses", (".parquet", ".pq")),
)
EVENT_FORMATS: Final = {each.name: each for each in _FORMATS}


class FormatError(ValueError):
    """A file name or format that cannot be meant; the message is a sentence for the user."""


def format_of(path: Path, name: str = "") -> EventFormat:
    """Return the format named, or the one the file's ending asks for. Raises FormatError."""
    if name:
        if name not in EVENT_FORMATS:
            raise FormatError(f"{name!r} is no format of events; expected one of {', '.join(EVENT_FORMATS)}.")
        return EVENT_FORMATS[name]
    found = next((each for each in _FORMATS if path.suffix.lower() in each.endings), None)
    if found is None:
        endings = ", ".join(each.endings[0] for each in _FORMATS if each.endings)
        raise FormatError(f"{path.name}: its ending does not say the format. Expected one of {endings}, or --format.")
    return found
