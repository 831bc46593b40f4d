"""Workspaces whose events are typed out in the test, or drawn by it: many at once, as intake leaves them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pyarrow as pa

from touchline.engine.workspace import Settings, Workspace, create_workspace
from touchline.journeys.facade import JourneyDefinition, Pattern, Stage, Touchpoint, refresh, save_definition

START = datetime.fromisoformat("2026-01-01")
OBJECT = pa.struct([("type", pa.string()), ("id", pa.string())])
TYPES = {
    "seq": pa.int64(), "id": pa.int64(), "time": pa.timestamp("us"), "received": pa.timestamp("us"),
    "who": pa.int32(), "kind": pa.int32(), "campaign": pa.string(), "metric": pa.string(), "score": pa.float64(),
    "score_min": pa.float64(), "score_max": pa.float64(), "value": pa.decimal128(18, 4), "currency": pa.string(),
    "objects": pa.list_(OBJECT), "import_id": pa.int32(), "line": pa.int64(),
}  # fmt: skip


@dataclass(frozen=True)
class Happened:
    """One event; `day` is counted from 1 January 2026, 0."""

    who: int | None
    day: float
    name: str
    channel: str = "web"
    campaign: str | None = None
    value: str | None = None
    currency: str | None = None
    csat: float | None = None
    objects: tuple[tuple[str, str], ...] = ()
    page: str | None = None


def journey(**stages: Sequence[str]) -> JourneyDefinition:
    """A definition with touchpoints by stage; the events of a touchpoint are named as it is."""
    return JourneyDefinition(
        name="Typed",
        stages=tuple(Stage(id_, id_.title()) for id_ in stages),
        touchpoints=tuple(
            Touchpoint(name.lower().replace(" ", "-"), name, stage, (Pattern(event=(name,)),))
            for stage, names in stages.items()
            for name in names
        ),
    )


def make(folder: Path, definition: JourneyDefinition, happened: Sequence[Happened]) -> Workspace:
    """A workspace in which this happened, everything derived from it built."""
    workspace = create_workspace(folder, Settings("Typed"), "")
    save_definition(workspace, definition)
    kinds = {kind: number for number, kind in enumerate(sorted({_kind(each) for each in happened}))}
    people = sorted({each.who for each in happened if each.who is not None})
    rows = [_row(number, each, kinds) for number, each in enumerate(happened, 1)]
    tables = {
        "events": pa.table({name: pa.array([row[name] for row in rows], type_) for name, type_ in TYPES.items()}),
        "identifiers": pa.table(
            {
                "identifier": pa.array(people, pa.int32()),
                "type": pa.array(["user_id"] * len(people)),
                "value": pa.array([f"u{who}" for who in people]),
            }
        ),
        "kinds": pa.table(
            {
                "kind": pa.array(list(kinds.values()), pa.int32()),
                "name": [name for name, _, _ in kinds],
                "channel": [channel for _, channel, _ in kinds],
                "page": pa.array([page or None for _, _, page in kinds], pa.string()),
                "source": ["table"] * len(kinds),
            }
        ),
    }
    with workspace.store.transaction() as writer:
        for name, table in tables.items():
            columns = ", ".join(table.column_names)
            with writer.staged("staged", table) as staged:
                writer.execute(f"insert into {name} ({columns}) select {columns} from {staged}")
    refresh(workspace)
    return workspace


def _kind(each: Happened) -> tuple[str, str, str]:
    return each.name, each.channel, each.page or ""


def _row(number: int, each: Happened, kinds: dict[tuple[str, str, str], int]) -> dict[str, object]:
    return {
        "seq": number,
        "id": number,
        "time": START + timedelta(days=each.day),
        "received": START,
        "who": each.who,
        "kind": kinds[_kind(each)],
        "campaign": each.campaign,
        "metric": None if each.csat is None else "csat",
        "score": each.csat,
        "score_min": None if each.csat is None else 1.0,
        "score_max": None if each.csat is None else 5.0,
        "value": None if each.value is None else Decimal(each.value),
        "currency": each.currency,
        "objects": [{"type": type_, "id": id_} for type_, id_ in each.objects],
        "import_id": 1,
        "line": number,
    }
