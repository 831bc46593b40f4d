"""Variants on offer, as the store has them."""

from __future__ import annotations

import json

from touchline.collection.rules.variants import VariantOffer
from touchline.engine.store import Store


def offers(store: Store) -> tuple[VariantOffer, ...]:
    """Every offer that holds, by name."""
    rows = store.rows("select experiment, salt, arms from variant_offers where withdrawn is null order by experiment")
    return tuple(
        VariantOffer(experiment, salt, tuple((name, int(beyond)) for name, beyond in json.loads(arms)))
        for experiment, salt, arms in rows
    )
