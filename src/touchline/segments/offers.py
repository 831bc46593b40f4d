"""What the choice of a scope offers: how far the data reaches, and with what journeys began."""

from __future__ import annotations

from datetime import date

from touchline.engine.workspace import Workspace
from touchline.events.facade import UNDATED
from touchline.segments.rules.period import DataSpan

_MOST_INTENTS = 40


def data_span(workspace: Workspace) -> DataSpan | None:
    """First and last day on which anything happened; None before the first import."""
    undated = UNDATED.replace(tzinfo=None)
    row = workspace.store.row("select min(time), max(time) from events where time <> ?", [undated])
    if row is None or row[0] is None:
        return None
    first: date = row[0].date()
    last: date = row[1].date()
    return DataSpan(first, last)


def intents(workspace: Workspace) -> list[str]:
    """Campaigns and touchpoint ids with which journeys began, most frequent first."""
    rows = workspace.store.rows(
        "select intent from visits where intent is not null group by intent order by count(*) desc, intent limit ?",
        [_MOST_INTENTS],
    )
    return [str(row[0]) for row in rows]
