"""Events without a touchpoint, in the order in which customers meet them."""

from __future__ import annotations

from importlib import resources

from touchline.engine.store import Store
from touchline.journeys.rules.map_parts import UnmappedKind

_SQL = (resources.files(__package__) / "typical_positions.sql").read_text("utf-8")


def unmapped_in_order(store: Store, most: int) -> tuple[UnmappedKind, ...]:
    """The `most` frequent kinds that no touchpoint covers, over all data, from the typically first to the last.

    Looks at events of customers only: what nobody did has no place in anybody's order.
    """
    found = sorted(store.rows(_SQL, {"most": most}), key=lambda row: (row[5], row[0], row[1]))
    return tuple(UnmappedKind(name, channel, page, label, events, 0) for name, channel, page, label, events, _ in found)
