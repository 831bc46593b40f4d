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
    steps=(
        "Zendesk Admin Center: Apps and integrations, Webhooks, Create webhook; the address as endpoint URL, POST, JSON.",
        "Subscribe to Zendesk events: Ticket created and Ticket status changed. To join tickets to customers by e-mail, connect the webhook to a trigger instead; docs/guide/webhooks.md has its JSON.",
        "On the webhook's page, Reveal secret: give that secret to Touchline.",
    ),
)
