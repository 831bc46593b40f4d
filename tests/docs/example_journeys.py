"""The example of docs/algorithms/counts.md, measured as any workspace is: stored, placed, folded and counted."""

from __future__ import annotations

import tempfile
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path

from touchline.engine.workspace import Settings, Workspace, create_workspace
from touchline.journeys.facade import (
    JourneyDefinition,
    JourneyMap,
    Pattern,
    Stage,
    Touchpoint,
    journey_map,
    refresh,
    save_definition,
)
from touchline.segments.facade import Scope

PAGE = Path(__file__).parents[2] / "docs" / "algorithms" / "counts.md"
DAY_0 = datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None)
PERIOD = Scope(start=date(2026, 1, 1), end=date(2026, 2, 9))
STAGES = {"look": ("search", "product"), "buy": ("checkout",), "help": ("help",)}


@cache
def measured_example() -> JourneyMap:
    """Return the map of the seven customers."""
    with tempfile.TemporaryDirectory() as folder:
        workspace = create_workspace(Path(folder) / "example", Settings("Example"), "")
        save_definition(workspace, definition())
        store_events(workspace)
        refresh(workspace)
        found = journey_map(workspace, PERIOD)
        workspace.close()
    return found


def definition() -> JourneyDefinition:
    return JourneyDefinition(
        name="Example",
        stages=tuple(Stage(stage, stage) for stage in STAGES),
        touchpoints=tuple(
            Touchpoint(name, name, stage, (Pattern(label=(name,)),))
            for stage, names in STAGES.items()
            for name in names
        ),
    )


def store_events(workspace: Workspace) -> None:
    happened = [(customer, *step.split()) for customer, steps in _customers() for step in steps.split(",")]
    kinds = sorted({(label, channel) for _, _, label, channel in happened})
    with workspace.store.transaction() as writer:
        for number, (label, channel) in enumerate(kinds):
            writer.execute("insert into kinds values (?, 'Example', ?, null, ?, 'table')", [number, channel, label])
        for customer in {customer for customer, *_ in happened}:
            writer.execute("insert into identifiers values (?, 'user_id', ?)", [customer, str(customer)])
        for number, (customer, day, label, channel) in enumerate(happened):
            writer.execute(
                "insert into events (seq, id, time, received, who, kind, import_id, line)"
                " values (nextval('event_seq'), ?, ?, ?, ?, ?, 1, ?)",
                [number, DAY_0 + timedelta(days=float(day)), DAY_0, customer, kinds.index((label, channel)), number],
            )


def _customers() -> list[tuple[int, str]]:
    table = PAGE.read_text("utf-8").split("<!-- check: example -->\n")[1].split("\n\n")[0]
    rows = [[cell.strip() for cell in line[1:-1].split("|")] for line in table.splitlines()[2:]]
    return [(int(customer), steps) for customer, steps in rows]
