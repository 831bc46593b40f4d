"""Channels in people's words, in the order in which the map shows them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from touchline.journeys.facade import TouchpointMeasures

CHANNEL_NAMES: Final = {
    "web": "Website",
    "app": "App",
    "email": "E-mail",
    "social": "Social media",
    "chat": "Chat",
    "phone": "Phone",
    "store": "Store",
    "delivery": "Delivery",
    "review": "Review site",
    "sms": "Text message",
    "push": "Push message",
    "bot": "Bot",
    "other": "Other",
}


def channels_in_use(touchpoints: Iterable[TouchpointMeasures]) -> tuple[str, ...]:
    """The channels that any of these touchpoints was visited through."""
    used = {channel.channel for touchpoint in touchpoints for channel in touchpoint.channels}
    known = [channel for channel in CHANNEL_NAMES if channel in used]
    return (*known, *sorted(used.difference(CHANNEL_NAMES)))
