"""Sentences about the data that a reader of the map should know."""

from __future__ import annotations

from touchline.engine.workspace import Workspace
from touchline.events.facade import RESEARCH_SOURCE

IMPORTED = "select coalesce(sum(imported), 0), coalesce(sum(with_customer), 0) from imports where source <> ?"
ZONES = "select distinct time_zone from imports where time_zone <> '' order by time_zone"
QUARANTINED = "select count(*) from quarantine where not resolved"
UNPLACED = "select count(*) from responses where touchpoint is null"


def notes(workspace: Workspace) -> tuple[str, ...]:
    """What was assumed, what names nobody, what waits in quarantine."""
    store = workspace.store
    found = []
    zones = [row[0] for row in store.rows(ZONES)]
    if zones:
        found.append(f"Times without a zone were read as {' or '.join(zones)}.")
    imported, named = store.row(IMPORTED, [RESEARCH_SOURCE]) or (0, 0)
    if imported > named:
        found.append(
            f"{imported - named:,} of {imported:,} imported rows name no customer:"
            " their scores and counts stand beside the touchpoints, their steps cannot be followed."
        )
    if waiting := int(store.value(QUARANTINED) or 0):
        found.append(f"Rows in quarantine, not counted: {waiting:,}.")
    if unplaced := int(store.value(UNPLACED) or 0):
        found.append(f"Answers that belong to no touchpoint that can be named: {unplaced:,}.")
    return tuple(found)
