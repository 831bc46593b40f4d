"""A workspace whose events are typed out in the test."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal

from touchline.engine.workspace import Workspace

START = datetime.fromisoformat("2026-01-01")


@dataclass(frozen=True)
class Happened:
    """One event; `who` is an identifier number, `at` are minutes since the start."""

    id: int
    who: int | None
    at: float
    name: str
    channel: str = "web"
    page: str | None = None
    label: str | None = None
    source: str = "table"
    score: tuple[str, float, float, float] | None = None
    text: str | None = None
    value: str | None = None
    currency: str | None = None
    order: str | None = None
    device: str | None = None
    campaign: str | None = None
    properties: dict[str, object] = field(default_factory=dict)


def know(workspace: Workspace, identifiers: dict[int, str]) -> None:
    """Add identifiers: number -> type."""
    with workspace.store.transaction() as writer:
        for number, type_ in identifiers.items():
            writer.execute("insert into identifiers values (?, ?, ?)", [number, type_, f"{type_}-{number}"])


def link(workspace: Workspace, a: int, b: int) -> None:
    """Say that two identifiers name one customer."""
    with workspace.store.transaction() as writer:
        writer.execute("insert into links values (?, ?, 'typed', 'table', 1, 1, ?, true)", [a, b, START])


def store(workspace: Workspace, *happened: Happened) -> None:
    """Store events as the intake does: a known id replaces its older version, which is noted in `revisions`."""
    with workspace.store.transaction() as writer:
        for each in happened:
            kind = [each.name, each.channel, each.page, each.label, each.source]
            same = "name = ? and channel = ? and page is not distinct from ? and label is not distinct from ? and source = ?"
            if writer.value(f"select count(*) from kinds where {same}", kind) == 0:
                writer.execute("insert into kinds select coalesce(max(kind), 0) + 1, ?, ?, ?, ?, ? from kinds", kind)
            number = writer.value(f"select kind from kinds where {same}", kind)
            writer.execute(
                "insert into revisions select nextval('event_seq'), who, id from events where id = ?", [each.id]
            )
            writer.execute("delete from events where id = ?", [each.id])
            metric, score, low, high = each.score or (None, None, None, None)
            writer.execute(
                "insert into events select nextval('event_seq'), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, null, ?, ?,"
                " case when ?::varchar is not null then [{'type': 'product', 'id': 'p'}, {'type': 'order', 'id': ?}] end,"
                " null, ?, 1, 1",
                [
                    each.id,
                    START + timedelta(minutes=each.at),
                    START,
                    each.who,
                    number,
                    each.device,
                    each.campaign,
                    metric,
                    score,
                    low,
                    high,
                    each.text,
                    None if each.value is None else Decimal(each.value),
                    each.currency,
                    each.order,
                    each.order,
                    json.dumps(each.properties) if each.properties else None,
                ],
            )
