"""What a reader gives: a header and batches of text cells with the line each row began on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pyarrow as pa

from touchline.events.rules import Refused

EMPTY_LINE = "empty line"
HEADER_AGAIN = "the header again"
WHOLE_LINE = "whole line"
"""Key of a quarantined row's content under which its text stands when it is no row of its table."""


class UnreadableFileError(Exception):
    """A file that cannot be read as a table; the message names file, line and what was expected."""


@dataclass(frozen=True)
class Batch:
    """Some rows: an Arrow table of string columns (null: no cell) and the physical line of each row."""

    table: pa.Table
    lines: np.ndarray
    """int64, one per row; the sheet's row for XLSX, the row number for Parquet and for a JSON list."""
    bytes_read: int
    """Position in the file after this batch, for the progress bar."""
    refused: tuple[Refused, ...] = ()
    """Rows that are not rows of this table: too few or too many cells, broken JSON, bytes of another encoding."""
    skipped: Mapping[str, int] = field(default_factory=dict)
    """reason -> rows that rightly hold nothing."""

    @property
    def rows(self) -> int:
        """Rows of the file this batch accounts for."""
        return self.table.num_rows + len(self.refused) + sum(self.skipped.values())


@dataclass(frozen=True)
class Sheet:
    """One table in one file. `batches` streams: memory does not grow with the file."""

    file: Path
    format: str
    """csv, tsv, xlsx, jsonl, json (one document) or parquet."""
    columns: tuple[str, ...]
    """Header as written; doubled names are told apart as 'name', 'name (2)'."""
    batches: Iterator[Batch]
    bytes: int
    """Size of the file, for the progress bar."""
    encoding: str = "utf-8"
    delimiter: str = ""
    notes: tuple[str, ...] = field(default=())
    """Sentences for the user: 'Skipped 6 comment lines', 'Read as UTF-16' ..."""
    sample: pa.Table | None = None
    """The first rows, where reading them again would cost as much as reading the file."""
