"""Take links back and put them on again. The record of a link is never deleted, and each switch is kept with its time."""

from __future__ import annotations

from datetime import UTC, datetime

from touchline.customers.actions.resolving import Resolution, resolve
from touchline.engine.workspace import Workspace


class UnknownLinkError(Exception):
    """Two identifiers that were never linked; the message is a sentence for the user."""


def undo_link(workspace: Workspace, a: int, b: int) -> Resolution:
    """Switch every record of the link between two identifiers off; a later import of it changes nothing.

    Customers are then exactly what they would be without the link. Raises UnknownLinkError.
    """
    return _switch_link(workspace, a, b, active=False)


def redo_link(workspace: Workspace, a: int, b: int) -> Resolution:
    """Switch the link between two identifiers on again. Raises UnknownLinkError."""
    return _switch_link(workspace, a, b, active=True)


def _switch_link(workspace: Workspace, a: int, b: int, *, active: bool) -> Resolution:
    pair = {"a": a, "b": b}
    of_pair = "((a = $a and b = $b) or (a = $b and b = $a))"
    with workspace.store.transaction() as writer:
        records, different = writer.rows(
            f"select count(*), count_if(active <> $active) from links where {of_pair}", pair | {"active": active}
        )[0]
        if not records:
            raise UnknownLinkError(f"There is no link between the identifiers {a} and {b}.")
        if different:
            writer.execute(f"update links set active = $active where {of_pair}", pair | {"active": active})
            now = datetime.now(UTC).replace(tzinfo=None)
            writer.execute("insert into link_switches values (?, ?, ?, ?)", [min(a, b), max(a, b), active, now])
    return resolve(workspace)
