"""All identifiers and links of a store as arrays, for the rules that decide who is the same customer."""

from __future__ import annotations

import numpy as np

from touchline.customers.rules.guards import TYPES
from touchline.customers.rules.link_graph import LinkGraph
from touchline.customers.sql_files import sql
from touchline.engine.store import Store


def link_graph(store: Store) -> LinkGraph:
    """Every identifier and every link that is on."""
    nodes = store.columns(
        "select identifier, list_position(?, type) - 1 as type from identifiers order by 1", [list(TYPES)]
    )
    links = store.columns(sql("active_links"))
    return LinkGraph.of(
        nodes["identifier"].astype(np.int64),
        nodes["type"].astype(np.int8),
        links["a"].astype(np.int64),
        links["b"].astype(np.int64),
    )
