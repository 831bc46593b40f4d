"""Shopify's webhooks about orders."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from touchline.collection.doors.webhook import Delivery, WebhookDoor
from touchline.collection.rules.signatures import check_shopify
from touchline.events.facade import CollectedResult, Context, read_collected_order

_TOPIC: Final = "x-shopify-topic"


def _read(body: dict[str, Any], delivery: Delivery, received: datetime, context: Context) -> Iterator[CollectedResult]:
    return read_collected_order(delivery.headers.get(_TOPIC, ""), body, context)


DOOR = WebhookDoor(
    name="shopify",
    title="Shopify",
    source="shopify_orders",
    tells="Shopify's webhooks of orders, signed by `X-Shopify-Hmac-Sha256`; the topic comes in `X-Shopify-Topic`.",
    check=check_shopify,
    keeps=(_TOPIC,),
    read_body=_read,
    steps=(
        "Shopify admin: Settings, Notifications, Webhooks, Create webhook; format JSON, the address as URL.",
        "Events: Order creation and Order update. An update is sent when an order is paid, fulfilled, cancelled or refunded, so these two tell everything.",
        "Below the list Shopify shows with what webhooks are signed: give that secret to Touchline.",
    ),
)
