"""Bring identities, traits and accounts up to date with links and events."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from touchline.customers.actions.accounts import refresh_accounts
from touchline.customers.questions.link_graph import link_graph
from touchline.customers.rules.guards import ALLOWED, NOBODY, PUBLIC_DEVICE
from touchline.customers.rules.joining import Joined, join
from touchline.customers.rules.link_graph import Integers
from touchline.customers.sql_files import sql
from touchline.engine.store import Store, Writer
from touchline.engine.workspace import Workspace

GLANCE_KEY = "identities.glance"
FINGERPRINT_KEY = "identities.fingerprint"
TRAITS_SEQ_KEY = "traits.seq"
RULES = "levels"
"""Name of the rules in force: a store resolved by others is resolved anew."""


@dataclass(frozen=True)
class Resolution:
    """What a resolution changed."""

    changed: Integers
    """Customers, old and new, whose identifiers are not the same as before; people seen first are not among them."""
    added: int
    """Identifiers seen for the first time."""


def resolve(workspace: Workspace) -> Resolution:
    """Bring everything about customers up to date. Those whose identifiers changed are also noted in `revisions`."""
    store = workspace.store
    if _by_these_rules(store.value(sql("glance"))) == store.meta(GLANCE_KEY):
        return Resolution(np.empty(0, dtype=np.int64), 0)
    with store.transaction(by_itself=True) as writer:
        fingerprint = _by_these_rules(writer.value(sql("fingerprint")))
        if fingerprint == store.meta(FINGERPRINT_KEY):
            resolution = Resolution(np.empty(0, dtype=np.int64), 0)
        else:
            resolution = _resolve_identities(store, writer)
            writer.set_meta(FINGERPRINT_KEY, fingerprint)
        until = int(writer.value("select greatest((select max(seq) from events), (select max(seq) from revisions), 0)"))
        _refresh_traits(store, writer, until)
        refresh_accounts(store, writer, until)
        writer.set_meta(GLANCE_KEY, _by_these_rules(writer.value(sql("glance"))))
    return resolution


def _by_these_rules(seen: object) -> str:
    return f"{RULES}/{seen}"


def _resolve_identities(store: Store, writer: Writer) -> Resolution:
    graph = link_graph(store)
    joined = join(graph)
    before = store.columns("select identifier, customer from identities order by 1")
    somebody = joined.customers != NOBODY
    identifiers, found = graph.identifiers[somebody], joined.customers[somebody]
    was = _known_before(identifiers, before["identifier"], before["customer"])
    new, moved = was < 0, (was >= 0) & (was != found)
    gone = ~np.isin(before["identifier"], identifiers)
    back = new & np.isin(identifiers, _public_devices(store))
    changed = np.unique(np.concatenate([was[moved], found[moved], before["customer"][gone], found[back]]))
    _write_identities(writer, identifiers, found, new | moved, before["identifier"][gone], everything=bool(new.all()))
    _write_refused(store, writer, graph.identifiers, joined)
    _note_changed(writer, changed)
    return Resolution(changed, int(new.sum()))


def _public_devices(store: Store) -> Integers:
    """Browsers that were nobody's until now: one that is somebody's again has visits to build, though nothing new."""
    found = store.columns("select identifier from refused_identifiers where guard = ?", [PUBLIC_DEVICE])
    return np.asarray(found["identifier"], dtype=np.int64)


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


def _write_refused(store: Store, writer: Writer, identifiers: Integers, joined: Joined) -> None:
    refused = np.flatnonzero(joined.refused != ALLOWED)
    rows = pa.table(
        {"identifier": identifiers[refused].astype(np.int32), "guard": joined.refused[refused].astype(np.uint8)}
    )
    before = store.columns("select identifier, guard from refused_identifiers order by 1")
    if not all(np.array_equal(before[name], rows.column(name).to_numpy()) for name in before):
        writer.execute("delete from refused_identifiers")
        writer.append("refused_identifiers", rows, "identifier, guard")


def _note_changed(writer: Writer, changed: Integers) -> None:
    with writer.staged("changed", pa.table({"who": changed})):
        writer.execute("insert into revisions select nextval('event_seq'), who, null from changed")


def _refresh_traits(store: Store, writer: Writer, until: int) -> None:
    """Rebuild the traits of every customer that got a profile, lost one, or is somebody else now."""
    since = int(store.meta(TRAITS_SEQ_KEY) or 0)
    if until == since:
        return
    writer.execute("create or replace temp table trait_customers as " + sql("trait_customers"), {"since": since})
    writer.execute("delete from traits where customer in (select customer from trait_customers)")
    writer.execute("insert into traits " + sql("traits"))
    writer.execute("drop table trait_customers")
    writer.set_meta(TRAITS_SEQ_KEY, str(until))
