"""parcel_events.jsonl: what the carrier's server tells the shop's Segment source, one call a parcel that was delivered."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from touchline.world import truth
from touchline.world.story import Order, World


def write(world: World, folder: Path) -> None:
    """Write one call for each parcel that arrived before the files end, in order of arrival."""
    with (folder / "parcel_events.jsonl").open("w", encoding="utf-8") as file:
        for order in sorted(delivered(world), key=lambda order: (order.delivered, order.number)):
            file.write(json.dumps(_call(order)) + "\n")


def delivered(world: World) -> Iterator[Order]:
    """Orders whose parcel arrived before the files end."""
    return (order for order in world.orders if order.delivered <= truth.END)


def _call(order: Order) -> dict[str, object]:
    time = order.delivered.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    received = (order.delivered + timedelta(minutes=4)).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return {
        "type": "track", "event": "Order Delivered", "messageId": f"p-{order.number:010d}", "userId": order.person.user_id,
        "properties": {
            "order_id": f"#{order.number}", "promised_delivery": order.promised.isoformat(), "carrier": "Fernweg", "channel": "delivery",
        },
        "context": {"library": {"name": "analytics-node", "version": "2.3.0"}}, "timestamp": time, "receivedAt": received,
    }  # fmt: skip
