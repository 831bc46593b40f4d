"""Touchpoints of which nothing is known in a scope: named in a sentence, given no column and no row."""

from __future__ import annotations

from dataclasses import replace

from touchline.journeys.facade import JourneyMap, TouchpointMeasures


def is_seen(touchpoint: TouchpointMeasures) -> bool:
    """Whether anything is known of a touchpoint in this scope."""
    return bool(touchpoint.visits or touchpoint.experience.n or touchpoint.series)


def only_seen(journey_map: JourneyMap) -> JourneyMap:
    """The map without the touchpoints of which nothing is known, and without the stages that then have none."""
    stages = (replace(stage, touchpoints=tuple(filter(is_seen, stage.touchpoints))) for stage in journey_map.stages)
    return replace(journey_map, stages=tuple(stage for stage in stages if stage.touchpoints))


def unseen_names(journey_map: JourneyMap) -> tuple[str, ...]:
    """Names of the touchpoints that `only_seen` leaves out, in the order of the map."""
    return tuple(touchpoint.name for touchpoint in journey_map.touchpoints if not is_seen(touchpoint))


def unseen_in_words(journey_map: JourneyMap) -> str:
    """A sentence that names them; '' when there are none."""
    names = unseen_names(journey_map)
    return f"Nobody came by: {', '.join(names)}." if names else ""
