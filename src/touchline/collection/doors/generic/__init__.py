"""Any JSON object by Standard Webhooks: a mapping, which somebody confirms, says what its fields are."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from touchline.collection.doors.webhook import Delivery, WebhookDoor, beside
from touchline.collection.rules.signatures import check_standard
from touchline.events.facade import MAPPED_SOURCE, CollectedResult, Context, read_collected_object


def _read(body: dict[str, Any], delivery: Delivery, received: datetime, context: Context) -> Iterator[CollectedResult]:
    told = {**body, **beside(delivery, received)}
    return read_collected_object(told, bytes(delivery.mapping).decode(), context)


DOOR = WebhookDoor(
    name="generic",
    title="Any JSON",
    source=MAPPED_SOURCE,
    tells="Any JSON object, signed as Standard Webhooks says: `webhook-id`, `webhook-timestamp`, `webhook-signature`.",
    check=check_standard,
    keeps=("webhook-id", "webhook-timestamp"),
    read_body=_read,
    steps=(
        "Let the sender POST JSON objects to the address, signed with the secret as Standard Webhooks says: webhook-id, webhook-timestamp, webhook-signature.",
        "The first deliveries wait. Look at the mapping proposed for them, correct it, confirm it: they are sent again.",
    ),
    needs_mapping=True,
)
