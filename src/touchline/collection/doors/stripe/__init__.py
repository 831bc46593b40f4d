"""Stripe's webhooks about payments."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from touchline.collection.doors.webhook import Delivery, WebhookDoor
from touchline.collection.rules.signatures import check_stripe
from touchline.events.facade import CollectedResult, Context, read_collected_payment


def _read(body: dict[str, Any], delivery: Delivery, received: datetime, context: Context) -> Iterator[CollectedResult]:
    return read_collected_payment(body, context)


DOOR = WebhookDoor(
    name="stripe",
    title="Stripe",
    source="stripe_payments",
    tells="Stripe's webhooks of charges, payment intents and disputes, signed by `Stripe-Signature`.",
    check=check_stripe,
    keeps=(),
    read_body=_read,
    steps=(
        "Stripe Dashboard: Developers, Webhooks, Add destination; the address as endpoint URL.",
        "Events: charge.succeeded, charge.captured, charge.failed, charge.refunded and charge.dispute.created.",
        "On the destination's page, Signing secret, Reveal: give that secret (whsec_...) to Touchline.",
    ),
)
