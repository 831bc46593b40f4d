"""What the store knows about how customers were put together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from touchline.engine.workspace import Workspace


@dataclass(frozen=True)
class Identifier:
    """One name of a customer, such as (email, ada@example.org)."""

    number: int
    type: str
    value: str


@dataclass(frozen=True)
class Link:
    """Why two identifiers are thought to name the same customer. Undo it with `undo_link(a.number, b.number)`."""

    a: Identifier
    b: Identifier
    reason: str
    source: str
    file: str
    line: int
    time: datetime
    active: bool


def links_of(workspace: Workspace, customer: int) -> list[Link]:
    """Return every recorded link that touches an identifier of this customer, undone ones included, oldest first."""
    rows = workspace.store.rows(
        """
        with mine as (select identifier from identities where customer = ?),
        touching as materialized (select * from links where a in (from mine) or b in (from mine))
        select a.identifier, a.type, a.value, b.identifier, b.type, b.value,
          t.reason, t.source, coalesce(imports.file, ''), t.line, t.time, t.active
        from touching t
        join identifiers a on a.identifier = t.a
        join identifiers b on b.identifier = t.b
        left join imports using (import_id)
        order by t.time, t.import_id, t.line, t.a, t.b
        """,
        [customer],
    )
    return [Link(Identifier(*row[0:3]), Identifier(*row[3:6]), *row[6:]) for row in rows]


def identifiers_of(workspace: Workspace, customer: int) -> list[Identifier]:
    """Return the names of a customer, in the order in which they became known."""
    rows = workspace.store.rows(
        "select identifier, type, value from identifiers join identities using (identifier) where customer = ? order by 1",
        [customer],
    )
    return [Identifier(*row) for row in rows]
