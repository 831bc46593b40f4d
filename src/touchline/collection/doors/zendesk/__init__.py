"""Zendesk's webhooks about tickets."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from touchline.collection.doors.webhook import Delivery, WebhookDoor
from touchline.collection.rules.signatures import check_zendesk
from touchline.events.facade import CollectedResult, Context, read_collected_ticket


def _read(body: dict[str, Any], delivery: Delivery, received: datetime, context: Context) -> Iterator[CollectedResult]:
    return read_collected_ticket(body, context)


DOOR = WebhookDoor(
    name="zendesk",
    title="Zendesk",
    source="zendesk_tickets",
    tells="Zendesk's webhooks of tickets, signed by `X-Zendesk-Webhook-Signature` with its `-Timestamp`.",
    check=check_zendesk,
    keeps=(),
    read_body=_read,
)
