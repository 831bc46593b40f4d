"""Headline numbers as identities make them, and as strong identifiers alone would: how much hangs on the weaker links."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from pathlib import Path

import numpy as np

from touchline.customers.questions.link_graph import link_graph
from touchline.customers.rules.joining import join_strong_only
from touchline.customers.rules.link_graph import Integers
from touchline.customers.rules.quality import Figure, Headline, count_figure, mean_figure, share_figure
from touchline.customers.sql_files import sql
from touchline.engine.store import Store
from touchline.formulas.mean import mean, sample_of_whole
from touchline.formulas.proportion import share

_BY_IDENTIFIER = """
with happened as (
  select who as identifier, count(*) as events, count_if(k.name = 'Order Completed') as orders,
    count_if(e.metric = 'nps' and e.score is not null) as nps
  from events e join kinds k using (kind)
  where who is not null
  group by who
),
seen as (
  select e.who as identifier, count(*) as visits from visits v join events e on e.id = v.first_event group by e.who
)
select identifier, customer, coalesce(events, 0) as events, coalesce(orders, 0) as orders, coalesce(nps, 0) as nps,
  coalesce(visits, 0) as visits
from identities left join happened using (identifier) left join seen using (identifier)
order by identifier
"""


@dataclass(frozen=True)
class _Numbers:
    customers: Figure
    buyers: Figure
    ordered: Figure
    again: Figure
    visits: Figure
    answered: Figure
    answers_of_buyers: Figure


_kept: dict[Path, tuple[str, tuple[Headline, ...]]] = {}
"""By store: what the data were like, and what they said. Counting takes a second for each three million events."""


def headlines(store: Store) -> tuple[Headline, ...]:
    """Each headline twice: as it is, and with strong identifiers only. Counted again when the data change."""
    seen = f"{store.value(sql('glance'))}/{store.meta('visits.seq')}/{store.meta('visits.definition')}"
    known, told = _kept.get(store.path, ("", ()))
    if known != seen:
        told = _counted(store)
        _kept[store.path] = (seen, told)
    return told


def _counted(store: Store) -> tuple[Headline, ...]:
    found = store.columns(_BY_IDENTIFIER)
    events, orders, nps, visits = (found[name].astype(np.int64) for name in ("events", "orders", "nps", "visits"))
    graph = link_graph(store)
    strong = join_strong_only(graph)[np.searchsorted(graph.identifiers, found["identifier"])]
    now = _numbers(found["customer"].astype(np.int64), events, orders, nps, visits)
    alone = _numbers(strong, events, orders, nps, visits)
    return (
        Headline("Customers", "with at least one event", now.customers, alone.customers),
        Headline("Customers with an order", "at least one order completed", now.buyers, alone.buyers),
        Headline("Ordered at all", "customers with an order, of all customers", now.ordered, alone.ordered),
        Headline("Ordered again", "customers with two orders or more, of those with one", now.again, alone.again),
        Headline("Visits per customer", "to touchpoints, of customers with at least one", now.visits, alone.visits),
        Headline("Customers who answered NPS", "at least once", now.answered, alone.answered),
        Headline(
            "NPS answers of buyers",
            "answers of customers with an order, of all answers by known customers",
            now.answers_of_buyers,
            alone.answers_of_buyers,
        ),
    )


def _numbers(customer: Integers, events: Integers, orders: Integers, nps: Integers, visits: Integers) -> _Numbers:
    size = int(customer.max()) + 1 if len(customer) else 0
    events_of, orders_of, nps_of, visits_of = (
        np.bincount(customer, weights=counts, minlength=size).astype(np.int64)
        for counts in (events, orders, nps, visits)
    )
    customers, buyers = int((events_of > 0).sum()), int((orders_of > 0).sum())
    return _Numbers(
        count_figure(customers),
        count_figure(buyers),
        share_figure(share(buyers, customers)),
        share_figure(share(int((orders_of > 1).sum()), buyers)),
        mean_figure(mean(sample_of_whole(visits_of[visits_of > 0], 1), 0.0, inf)),
        count_figure(int((nps_of > 0).sum())),
        share_figure(share(int(nps_of[orders_of > 0].sum()), int(nps_of.sum()))),
    )
