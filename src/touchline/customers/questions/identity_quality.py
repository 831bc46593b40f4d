"""Everything that is said of the quality of identities, put together."""

from __future__ import annotations

from touchline.customers.questions.audit import audit
from touchline.customers.questions.headlines import headlines
from touchline.customers.questions.quality import canaries, customers_of_size, large_customers, refused, totals
from touchline.customers.rules.quality import IdentityQuality, size_bands
from touchline.engine.store import Store


def identity_quality(store: Store, month: str) -> IdentityQuality:
    """Measure the identities in the store; `month`, as '2026-03', is the one whose audit is open."""
    of_size = customers_of_size(store)
    identifiers, links, undone = totals(store)
    alarms, alarms_total = large_customers(store)
    canary_list, canaries_total, by_rule = canaries(store)
    counts, examples = refused(store)
    return IdentityQuality(
        customers=sum(of_size.values()),
        identifiers=identifiers,
        links=links,
        undone=undone,
        sizes=size_bands(of_size),
        alarms=tuple(alarms),
        alarms_total=alarms_total,
        canaries=tuple(canary_list),
        canaries_total=canaries_total,
        canaries_by_rule=tuple(by_rule),
        refused=tuple(counts),
        refused_examples=tuple(examples),
        audit=audit(store, month),
        headlines=headlines(store),
    )
