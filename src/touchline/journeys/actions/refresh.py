"""Bring visits and responses up to date with events, identities and the journey definition."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources
from weakref import WeakKeyDictionary

import pyarrow as pa

from touchline.customers.facade import resolve
from touchline.engine.store import Store, Writer
from touchline.engine.workspace import Workspace
from touchline.journeys.actions.definition import load_definition
from touchline.journeys.actions.kind_places import KindPlaces, fingerprint, read_kind_places, write_kind_touchpoints
from touchline.journeys.actions.named_touchpoints import write_touchpoints
from touchline.journeys.actions.visit_tables import Builder
from touchline.journeys.rules.definition import JourneyDefinition

DEFINITION_KEY = "visits.definition"
SEQ_KEY = "visits.seq"
UNSORTED_KEY = "visits.unsorted"

MANY = 0.3
"""With a larger share of customers touched, or of visits out of order, everything is built anew: that also sorts."""
FEW_VISITS = 100_000
"""So many visits may be out of order without any harm."""

ARRIVED = "select coalesce(max(seq), 0) from events"
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

_up_to_date: WeakKeyDictionary[Store, tuple[int, str]] = WeakKeyDictionary()
"""At how many commits, and for which definition, there was nothing to do: every page asks several times."""


def refresh(workspace: Workspace) -> Refreshed:
    """Bring everything derived from events up to date; does next to nothing when nothing changed.

    Only customers touched are built anew, unless the definition changed. The result is the same either way. Raises
    JourneyFileError when the definition cannot be read.
    """
    definition = load_definition(workspace)
    store = workspace.store
    commits, plan = store.commits, fingerprint(definition)
    if _up_to_date.get(store) == (commits, plan):
        return NOTHING
    done = _refresh(workspace, definition, plan)
    if done is NOTHING:
        _up_to_date[store] = (commits, plan)
    return done


def _refresh(workspace: Workspace, definition: JourneyDefinition, plan: str) -> Refreshed:
    store = workspace.store
    arrived, resolved_until = store.rows(f"select ({ARRIVED}), ({LATEST})")[0]
    resolve(workspace)
    asked = (plan, str(store.value(LATEST)))
    if asked == (store.meta(DEFINITION_KEY), store.meta(SEQ_KEY)):
        return NOTHING
    with store.transaction(by_itself=True) as writer:
        # Identities know nothing of events that were stored after them: those customers are built once more next time.
        is_whole = writer.value(ARRIVED) == arrived
        until = str(writer.value(LATEST) if is_whole else resolved_until)
        done = _bring_up_to_date(store, writer, definition)
        writer.set_meta(DEFINITION_KEY, asked[0])
        writer.set_meta(SEQ_KEY, until)
    return done


def _bring_up_to_date(store: Store, writer: Writer, definition: JourneyDefinition) -> Refreshed:
    places = read_kind_places(writer, definition)
    write_kind_touchpoints(writer, places)
    write_touchpoints(writer, definition)
    builder = _builder(store, writer, definition, places)
    since = int(store.meta(SEQ_KEY) or 0)
    if since == 0 or store.meta(DEFINITION_KEY) != fingerprint(definition):
        return _build_everything(builder)
    with writer.staged("kind_plan", places.as_table):
        touched = pa.table(writer.columns(_sql("touched_customers"), {"since": since}))
    unsorted = int(store.meta(UNSORTED_KEY) or 0)
    if _are_many(writer, len(touched), unsorted):
        return _build_everything(builder)
    with writer.staged("touched", touched):
        writer.execute("delete from visits where customer in (select customer from touched)")
        writer.execute(_sql("delete_touched_answers"), {"since": since})
    written = builder.build(touched)
    builder.build_anonymous_answers(since)
    writer.set_meta(UNSORTED_KEY, str(unsorted + written))
    return Refreshed(everything=False, customers=len(touched), visits=written)


def _are_many(writer: Writer, touched: int, unsorted: int) -> bool:
    people, visits = writer.rows(
        "select (select count(distinct customer) from identities), (select count(*) from visits)"
    )[0]
    return bool(touched > MANY * people or unsorted > max(MANY * visits, FEW_VISITS))


def _build_everything(builder: Builder) -> Refreshed:
    builder.writer.execute("delete from visits")
    builder.writer.execute("delete from responses")
    written = builder.build()
    builder.build_anonymous_answers(since=0)
    builder.writer.set_meta(UNSORTED_KEY, "0")
    return Refreshed(everything=True, customers=0, visits=written)


def _builder(store: Store, writer: Writer, definition: JourneyDefinition, places: KindPlaces) -> Builder:
    """Number the campaigns and currencies that occur."""
    campaigns = writer.rows("select distinct campaign from events where campaign is not null order by 1")
    currencies = writer.rows(
        "select distinct currency from events where value is not null and currency is not null order by 1"
    )
    return Builder(
        store,
        writer,
        definition,
        places,
        campaigns=tuple(row[0] for row in campaigns),
        currencies=(None, *(row[0] for row in currencies)),
    )


@cache
def _sql(name: str) -> str:
    return (resources.files(__package__) / "sql" / f"{name}.sql").read_text("utf-8")
