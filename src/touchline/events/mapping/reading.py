"""Reading a batch of rows through a mapping: every column at once, and a reason for each row that cannot be read."""

from __future__ import annotations

from collections.abc import Mapping as MappingOf
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from touchline.events.mapping import columns
from touchline.events.mapping.cells import Cells, there
from touchline.events.mapping.distinct import Column
from touchline.events.mapping.roles import ROLES, Mapping
from touchline.events.readers.sheet import Batch
from touchline.events.rules import Refused, Skipped
from touchline.events.sources.protocol import Context


@dataclass(frozen=True)
class Rows:
    """Rows that were read, column by column; every array has one entry per row."""

    lines: np.ndarray
    times: np.ndarray
    """Microseconds since 1970, UTC."""
    texts: MappingOf[str, Column]
    """Staging column -> text: name, channel, currency, identifiers, label, page, device, campaign, text ..."""
    objects: MappingOf[str, Column]
    """Object type -> ids."""
    scores: columns.Numbers | None
    units: np.ndarray
    """Value in ten-thousandths, 0 where there is none."""
    valued: np.ndarray
    """Mask of the rows that have a value."""
    kept: MappingOf[str, Column]
    """Header -> cells that become properties."""
    cells: MappingOf[str, Column]
    """Role -> cells as written, for the natural key."""

    def __len__(self) -> int:
        return len(self.lines)

    def only(self, chosen: np.ndarray) -> Rows:
        """Give the rows of a mask."""
        if chosen.all():
            return self
        mask = pa.array(chosen)

        def of(arrays: MappingOf[str, Column]) -> dict[str, Column]:
            return {name: array.filter(mask) for name, array in arrays.items()}

        scores = None if self.scores is None else (self.scores[0][chosen], self.scores[1][chosen])
        return Rows(
            self.lines[chosen],
            self.times[chosen],
            of(self.texts),
            of(self.objects),
            scores,
            self.units[chosen],
            self.valued[chosen],
            of(self.kept),
            of(self.cells),
        )


@dataclass(frozen=True)
class Reading:
    """A batch after reading: its rows are those read, refused or skipped, each once."""

    rows: Rows
    refused: list[Refused]
    skipped: list[Skipped]


def read_batch(mapping: Mapping, batch: Batch, context: Context) -> Reading:
    """Read a batch. A cell that does not hold what its role expects refuses its row, with a sentence."""
    cells = Cells(mapping, batch)
    times = columns.times(cells, context)
    scores = columns.scores(cells)
    units, valued = columns.values(cells)
    named = columns.names(cells, context, units)
    texts = {
        "name": named,
        "channel": columns.channels(cells, named),
        "currency": columns.currencies(cells, context, valued),
        **columns.customers(cells),
        **columns.words(cells),
    }
    for role in ("name", "order") if mapping.folds else ("name",):
        _require(cells, role)
    stay, refused, skipped = cells.sorted_out()
    kept = {header: cells.column(header) for header in mapping.kept}
    written = {role: cells.column(header) for role, header in sorted(mapping.columns.items())}
    rows = Rows(batch.lines, times, texts, columns.objects(cells), scores, units, valued, kept, written)
    return Reading(rows.only(stay), refused, skipped)


def _require(cells: Cells, role: str) -> None:
    column = cells.of(role)
    if column is not None and column.null_count:
        cells.refuse(~there(column), role, ROLES[role].expects)
