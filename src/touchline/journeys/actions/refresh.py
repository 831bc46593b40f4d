"""Bring visits and responses up to date with events, identities and the journey definition."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import Any

import numpy as np
import pyarrow as pa

from touchline.customers.facade import resolve
from touchline.engine.store import Store, Writer
from touchline.engine.workspace import Workspace
from touchline.journeys.actions.definition import load_definition
from touchline.journeys.actions.kind_places import KindPlaces, fingerprint, read_kind_places, write_kind_touchpoints
from touchline.journeys.actions.named_touchpoints import write_touchpoints
from touchline.journeys.actions.visit_tables import Builder, all_events
from touchline.journeys.rules.definition import JourneyDefinition

DEFINITION_KEY = "visits.definition"
SEQ_KEY = "visits.seq"
UNSORTED_KEY = "visits.unsorted"

EVENTS_AT_ONCE = 2_000_000
"""Customers are built in groups of about so many events: they are sorted in memory, whatever the size of the store."""
MANY = 0.3
"""With a larger share of customers touched, or of visits out of order, everything is built anew: that also sorts."""
FEW_VISITS = 100_000
"""So many visits may be out of order without any harm."""

LATEST = "select greatest((select max(seq) from events), (select max(seq) from revisions), 0)"


@dataclass(frozen=True)
class Refreshed:
    """What a refresh did."""

    everything: bool
    """Whether all visits were built anew."""
    customers: int
    """Customers whose visits were built, when not all of them were."""
    visits: int
    """Visits written."""


NOTHING = Refreshed(everything=False, customers=0, visits=0)


def refresh(workspace: Workspace) -> Refreshed:
    """Bring everything derived from events up to date; does next to nothing when nothing changed.

    Only customers touched are built anew, unless the definition changed. The result is the same either way. Raises
    JourneyFileError when the definition cannot be read.
    """
    definition = load_definition(workspace)
    resolve(workspace)
    store = workspace.store
    asked = (fingerprint(definition), str(store.value(LATEST)))
    if asked == (store.meta(DEFINITION_KEY), store.meta(SEQ_KEY)):
        return NOTHING
    with store.transaction() as writer:
        until = str(writer.value(LATEST))
        done = _bring_up_to_date(store, writer, definition)
        writer.set_meta(DEFINITION_KEY, asked[0])
        writer.set_meta(SEQ_KEY, until)
    return done


def _bring_up_to_date(store: Store, writer: Writer, definition: JourneyDefinition) -> Refreshed:
    places = read_kind_places(writer, definition)
    write_kind_touchpoints(writer, places)
    write_touchpoints(writer, definition)
    since = int(store.meta(SEQ_KEY) or 0)
    with writer.staged("kind_plan", places.as_table):
        if since == 0 or store.meta(DEFINITION_KEY) != fingerprint(definition):
            return _build_everything(writer, definition, places)
        writer.execute("create or replace temp table touched as " + _sql("touched_customers"), {"since": since})
        touched = int(writer.value("select count(*) from touched"))
        unsorted = int(store.meta(UNSORTED_KEY) or 0)
        if _are_many(writer, touched, unsorted):
            return _build_everything(writer, definition, places)
        written = _build_touched(writer, definition, places, since)
        writer.set_meta(UNSORTED_KEY, str(unsorted + written))
        return Refreshed(everything=False, customers=touched, visits=written)


def _are_many(writer: Writer, touched: int, unsorted: int) -> bool:
    people, visits = writer.rows(
        "select (select count(distinct customer) from identities), (select count(*) from visits)"
    )[0]
    return bool(touched > MANY * people or unsorted > max(MANY * visits, FEW_VISITS))


def _build_everything(writer: Writer, definition: JourneyDefinition, places: KindPlaces) -> Refreshed:
    writer.execute("delete from visits")
    writer.execute("delete from responses")
    with _builder(writer, definition, places, "events") as builder:
        written = sum(builder.build(all_events(), {"low": low, "high": high}) for low, high in _groups(writer))
        builder.build_anonymous_answers(since=0)
    writer.set_meta(UNSORTED_KEY, "0")
    return Refreshed(everything=True, customers=0, visits=written)


def _groups(writer: Writer) -> Iterator[tuple[int, int]]:
    """Ranges of customer numbers with about EVENTS_AT_ONCE events each."""
    blocks = writer.columns(_sql("customer_blocks"))
    if not len(blocks["block"]):
        return
    group = np.cumsum(blocks["events"]) // EVENTS_AT_ONCE
    starts = np.flatnonzero(np.diff(group, prepend=-1))
    edges = [*(int(block) * 1024 for block in blocks["block"][starts]), (int(blocks["block"][-1]) + 1) * 1024]
    yield from pairwise(edges)


def _build_touched(writer: Writer, definition: JourneyDefinition, places: KindPlaces, since: int) -> int:
    writer.execute("create or replace temp table touched_events as " + _sql("touched_events"))
    writer.execute("delete from visits where customer in (select customer from touched)")
    writer.execute(_sql("delete_touched_answers"), {"since": since})
    with _builder(writer, definition, places, "touched_events") as builder:
        written = builder.build("select * from touched_events", {})
        builder.build_anonymous_answers(since)
    writer.execute("drop table touched_events")
    writer.execute("drop table touched")
    return written


@contextmanager
def _builder(writer: Writer, definition: JourneyDefinition, places: KindPlaces, events: str) -> Iterator[Builder]:
    """Number the campaigns and currencies that occur; a value without a currency has number 1."""
    campaigns = _distinct(writer, f"select distinct campaign from {events} where campaign is not null order by 1")
    currencies = _distinct(
        writer, f"select distinct currency from {events} where value is not null and currency is not null order by 1"
    )
    campaign_numbers = pa.table({"campaign": pa.array(campaigns, pa.string()), "number": range(1, len(campaigns) + 1)})
    currency_numbers = pa.table(
        {"currency": pa.array(currencies, pa.string()), "number": range(2, len(currencies) + 2)}
    )
    with writer.staged("campaign_numbers", campaign_numbers), writer.staged("currency_numbers", currency_numbers):
        yield Builder(writer, definition, places, tuple(campaigns), (None, *currencies))


def _distinct(writer: Writer, sql: str) -> list[Any]:
    return [row[0] for row in writer.rows(sql)]


@cache
def _sql(name: str) -> str:
    return (resources.files(__package__) / "sql" / f"{name}.sql").read_text("utf-8")
