"""The map with its headline: what the journey and the metrics say about one scope, put together."""

from __future__ import annotations

from dataclasses import replace

from touchline.engine.workspace import Workspace
from touchline.journeys.facade import JourneyMap, Share, journey_map
from touchline.overview.period import with_comparison, with_usual_period
from touchline.overview.questions import data_span
from touchline.segments.facade import Scope


def measured_map(workspace: Workspace, scope: Scope) -> JourneyMap:
    """The journey map of a scope with its headline figures. Raises FilterError when its filter cannot be read."""
    return _without_end(journey_map(workspace, scope))


def _without_end(measured: JourneyMap) -> JourneyMap:
    """After the last stage there is none to go on to: that share is of nothing, not zero."""
    if not measured.stages:
        return measured
    last = replace(measured.stages[-1], goes_on=Share(0, 0, None, None, None))
    return replace(measured, stages=(*measured.stages[:-1], last))


def filled_scope(workspace: Workspace, scope: Scope, compare: str, everything: bool = False) -> Scope:
    """A scope with the days that were left open: the usual period, and the one before it to compare with."""
    span = data_span(workspace)
    return with_comparison(with_usual_period(scope, span, everything=everything), compare, span)
