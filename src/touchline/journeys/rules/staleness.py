"""Whether the map still says what is going on: how old the data are, what moved, which touchpoints went silent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from touchline.formulas.drift import Drift, Shift, drift, shifts
from touchline.journeys.rules.counts import MapCounts
from touchline.journeys.rules.definition import JourneyDefinition
from touchline.journeys.rules.map_parts import Staleness

CHANGES_SHOWN = 5


def staleness(definition: JourneyDefinition, counts: MapCounts, silent: Sequence[str]) -> Staleness:
    """Judge the age and the drift of the map; `silent` names the touchpoints without recent events."""
    found = drift(counts.drift.now, counts.drift.before) if counts.compares else Drift(None, None, 0, 0)
    moved = shifts(counts.drift.now.sum(axis=0), counts.drift.before.sum(axis=0)) if found.has_drifted else ()
    changes = tuple(
        _change(definition, counts.drift.steps[one.edge], one)
        for one in moved[:CHANGES_SHOWN]
        if round(100 * one.difference, 1)
    )
    return Staleness(
        data_until=counts.data_until,
        distance=found.distance,
        distance_p=found.p,
        changes=changes,
        silent_touchpoints=tuple(silent),
        verdict=_verdict(counts, found, silent),
    )


def day(moment: date) -> str:
    """Write a day as 3 March 2026."""
    return f"{moment.day} {moment:%B %Y}"


def _change(definition: JourneyDefinition, step: tuple[int, int], shift: Shift) -> str:
    start, end = step
    names = f"{definition.touchpoints[start].name} → {definition.touchpoints[end].name}"
    direction = "up" if shift.difference > 0 else "down"
    return f"{names}: {direction} from {100 * shift.before:.1f}% to {100 * shift.now:.1f}% of all steps."


def _verdict(counts: MapCounts, found: Drift, silent: Sequence[str]) -> str:
    if counts.data_until is None:
        return "There are no data yet."
    parts = [f"Data until {day(counts.data_until)}", _drift_in_words(found, counts.compares)]
    if silent:
        parts.append(f"silent for a fortnight: {', '.join(silent)}")
    return "; ".join(parts) + "."


def _drift_in_words(found: Drift, compares: bool) -> str:
    if not compares:
        return "no earlier period to compare the paths with"
    if found.p is None or found.distance is None:
        return "too few steps to say whether the paths have changed"
    beyond = "have changed" if found.has_drifted else "have not changed beyond chance"
    return f"the paths {beyond} (distance {found.distance:.3f}, p = {found.p:.3f})"
