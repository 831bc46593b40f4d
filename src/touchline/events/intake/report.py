"""What an import tells while it runs and when it is done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final

RUNNING: Final = "running"
DONE: Final = "done"
INTERRUPTED: Final = "interrupted"
FAILED: Final = "failed"
REPLACED: Final = "replaced"
"""Read again with a corrected mapping; its events were taken out."""
KNOWN: Final = "known"
"""The same content was imported before: nothing was done."""
IGNORED: Final = "ignored"
"""Found in a folder, with an ending that tables do not have."""
UNDECIDED: Final = "undecided"
"""No named source recognised it and nobody said yes to the proposed mapping."""
COLLECTING: Final = "collecting"
"""No file: the record under which events of one sender are counted as they arrive."""
MAPPED_SOURCE: Final = "table"
"""The source of files read through a mapping."""


@dataclass(frozen=True)
class Progress:
    """How far the import of one file is."""

    file: Path
    rows: int
    bytes_read: int
    bytes_total: int
    rows_per_second: float
    imported: int
    quarantined: int
    skipped: int


@dataclass(frozen=True)
class FileReport:
    """What became of one file: rows = imported + quarantined + skipped."""

    file: Path
    status: str
    source: str = ""
    """Folder name of the named source, or MAPPED_SOURCE."""
    title: str = ""
    """The source as its users call it."""
    import_id: int | None = None
    rows: int = 0
    imported: int = 0
    updated: int = 0
    """Of the imported rows, those that replaced an older version."""
    quarantined: int = 0
    skipped: int = 0
    skip_reasons: Mapping[str, int] = field(default_factory=dict)
    quarantine_reasons: Mapping[str, int] = field(default_factory=dict)
    """reason -> rows, of the most frequent; the line in the reason is left out."""
    with_customer: int = 0
    """Rows that can be joined to a person."""
    seconds: float = 0.0
    notes: tuple[str, ...] = ()
    """Sentences for the user."""
    error: str = ""
    """One sentence when the file could not be read to its end."""

    @property
    def rows_per_second(self) -> float:
        """Rate of this run."""
        return self.rows / self.seconds if self.seconds > 0 else 0.0


@dataclass(frozen=True)
class ImportRecord:
    """One import as the store remembers it."""

    import_id: int
    file: str
    source: str
    status: str
    started: datetime
    finished: datetime | None
    rows: int
    imported: int
    updated: int
    quarantined: int
    skipped: int
    skip_reasons: Mapping[str, int]
    with_customer: int
    time_zone: str
    notes: tuple[str, ...]


@dataclass(frozen=True)
class QuarantinedRow:
    """A row that waits for a correction."""

    import_id: int
    file: str
    line: int
    reason: str
    content: Mapping[str, str]


@dataclass(frozen=True)
class QuarantinePage:
    """Some of the rows in quarantine."""

    rows: tuple[QuarantinedRow, ...]
    total: int
    offset: int


@dataclass(frozen=True)
class Correction:
    """Put `value` into a column of quarantined rows, where it says `found` (None: whatever it says)."""

    column: str
    value: str
    found: str | None = None
    line: int | None = None
    """Only in the row of this line; None: in every row."""
