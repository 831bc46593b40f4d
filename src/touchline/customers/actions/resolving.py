"""Bring identities and traits up to date with links and events, and take links back or put them on again."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources

import numpy as np
import pyarrow as pa

from touchline.customers.rules.guards import TYPES
from touchline.customers.rules.joining import join
from touchline.customers.rules.link_graph import Integers, LinkGraph
from touchline.engine.store import Store, Writer
from touchline.engine.workspace import Workspace

GLANCE_KEY = "identities.glance"
FINGERPRINT_KEY = "identities.fingerprint"
TRAITS_SEQ_KEY = "traits.seq"


@dataclass(frozen=True)
class Resolution:
    """What a resolution changed."""

    changed: Integers
    """Customers, old and new, whose identifiers are not the same as before; people seen first are not among them."""
    added: int
    """Identifiers seen for the first time."""


def resolve(workspace: Workspace) -> Resolution:
    """Bring `identities` and `traits` up to date. Customers whose identifiers changed are also noted in `revisions`."""
    store = workspace.store
    if store.value(_sql("glance")) == store.meta(GLANCE_KEY):
        return Resolution(np.empty(0, dtype=np.int64), 0)
    with store.transaction() as writer:
        fingerprint = str(writer.value(_sql("fingerprint")))
        if fingerprint == store.meta(FINGERPRINT_KEY):
            resolution = Resolution(np.empty(0, dtype=np.int64), 0)
        else:
            resolution = _resolve_identities(store, writer)
            writer.set_meta(FINGERPRINT_KEY, fingerprint)
        _refresh_traits(store, writer)
        writer.set_meta(GLANCE_KEY, str(writer.value(_sql("glance"))))
    return resolution


def undo_link(workspace: Workspace, a: int, b: int) -> Resolution:
    """Switch every record of the link between two identifiers off; a later import of it changes nothing."""
    return _switch_link(workspace, a, b, active=False)


def redo_link(workspace: Workspace, a: int, b: int) -> Resolution:
    """Switch the link between two identifiers on again."""
    return _switch_link(workspace, a, b, active=True)


def _switch_link(workspace: Workspace, a: int, b: int, *, active: bool) -> Resolution:
    with workspace.store.transaction() as writer:
        writer.execute(
            "update links set active = $active where (a = $a and b = $b) or (a = $b and b = $a)",
            {"a": a, "b": b, "active": active},
        )
    return resolve(workspace)


def _resolve_identities(store: Store, writer: Writer) -> Resolution:
    nodes = store.columns(
        "select identifier, list_position(?, type) - 1 as type from identifiers order by 1", [list(TYPES)]
    )
    links = store.columns(_sql("active_links"))
    identifiers = nodes["identifier"].astype(np.int64)
    graph = LinkGraph.of(
        identifiers, nodes["type"].astype(np.int8), links["a"].astype(np.int64), links["b"].astype(np.int64)
    )
    found = join(graph).customers
    before = store.columns("select identifier, customer from identities order by 1")
    was = _known_before(identifiers, before["identifier"], before["customer"])
    new, moved = was < 0, (was >= 0) & (was != found)
    gone = ~np.isin(before["identifier"], identifiers)
    changed = np.unique(np.concatenate([was[moved], found[moved], before["customer"][gone]]))
    _write_identities(writer, identifiers, found, new | moved, before["identifier"][gone], everything=bool(new.all()))
    _note_changed(writer, changed)
    return Resolution(changed, int(new.sum()))


def _known_before(identifiers: Integers, known: Integers, customer: Integers) -> Integers:
    was = np.full(len(identifiers), -1, dtype=np.int64)
    here = np.isin(known, identifiers)
    was[np.searchsorted(identifiers, known[here])] = customer[here]
    return was


def _write_identities(
    writer: Writer, identifiers: Integers, found: Integers, to_write: np.ndarray, gone: Integers, *, everything: bool
) -> None:
    rows = pa.table(
        {"identifier": identifiers[to_write].astype(np.int32), "customer": found[to_write].astype(np.int32)}
    )
    with writer.staged("resolved", rows), writer.staged("gone", pa.table({"identifier": gone})):
        if everything:
            writer.execute("delete from identities")
        else:
            writer.execute(
                "delete from identities where identifier in (select identifier from resolved union all from gone)"
            )
        writer.execute("insert into identities select identifier, customer from resolved")


def _note_changed(writer: Writer, changed: Integers) -> None:
    with writer.staged("changed", pa.table({"who": changed})):
        writer.execute("insert into revisions select nextval('event_seq'), who, null from changed")


def _refresh_traits(store: Store, writer: Writer) -> None:
    """Rebuild the traits of every customer that got a profile, lost one, or is somebody else now."""
    since = int(store.meta(TRAITS_SEQ_KEY) or 0)
    until = int(writer.value("select greatest((select max(seq) from events), (select max(seq) from revisions), 0)"))
    if until == since:
        return
    writer.execute("create or replace temp table trait_customers as " + _sql("trait_customers"), {"since": since})
    writer.execute("delete from traits where customer in (select customer from trait_customers)")
    writer.execute("insert into traits " + _sql("traits"))
    writer.execute("drop table trait_customers")
    writer.set_meta(TRAITS_SEQ_KEY, str(until))


def _sql(name: str) -> str:
    return (resources.files("touchline.customers") / "sql" / f"{name}.sql").read_text("utf-8")
