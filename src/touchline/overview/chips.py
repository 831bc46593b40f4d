"""What narrows the map, each with an address that takes it away."""

from __future__ import annotations

from dataclasses import dataclass

from touchline.events.facade import CHANNEL_NAMES
from touchline.journeys.facade import JourneyMap
from touchline.overview.links import MapLinks
from touchline.segments.facade import filter_words


@dataclass(frozen=True)
class Chip:
    """One restriction."""

    text: str
    remove_url: str


def chips(links: MapLinks, measured: JourneyMap) -> tuple[Chip, ...]:
    """Every restriction but the period."""
    scope, asked = links.scope, links.asked
    names = {touchpoint.id: touchpoint.name for touchpoint in measured.touchpoints}
    found = [Chip(CHANNEL_NAMES.get(each, each), links.map_without("channel", each)) for each in scope.channels]
    found += [Chip(each.capitalize(), links.map_without("device", each)) for each in scope.devices]
    if scope.intent:
        found.append(Chip(f"Began with {names.get(scope.intent, scope.intent)}", links.map_without("intent")))
    if asked.get("saved"):
        found.append(Chip(str(asked["saved"]), links.map_without("saved")))
    elif scope.filter:
        found.append(Chip(f"Customers who {filter_words(scope.filter)}", links.map_without("filter")))
    return tuple(found)
