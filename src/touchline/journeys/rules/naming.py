"""A touchpoint for a kind of event that has none."""

from __future__ import annotations

from touchline.journeys.rules.definition import Pattern
from touchline.journeys.rules.map_parts import UnmappedKind


def touchpoint_of_kind(kind: UnmappedKind) -> tuple[str, Pattern]:
    """Name a kind by the most telling thing about it, and match every kind that shares it."""
    if kind.label:
        return kind.label, Pattern(label=(kind.label,))
    if kind.page:
        return kind.page, Pattern(event=(kind.name,), page=(kind.page,))
    return kind.name, Pattern(event=(kind.name,))
