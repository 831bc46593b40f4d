"""Which channels a map shows."""

from __future__ import annotations

from collections.abc import Iterable

from touchline.events.facade import CHANNEL_NAMES
from touchline.journeys.facade import TouchpointMeasures


def channels_in_use(touchpoints: Iterable[TouchpointMeasures]) -> tuple[str, ...]:
    """The channels that any of these touchpoints was visited through."""
    used = {channel.channel for touchpoint in touchpoints for channel in touchpoint.channels}
    known = [channel for channel in CHANNEL_NAMES if channel in used]
    return (*known, *sorted(used.difference(CHANNEL_NAMES)))
