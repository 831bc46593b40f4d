"""The map with its headline, its pain points and the notes of research: what others say about one scope, put together."""

from __future__ import annotations

from dataclasses import replace

from touchline.analyses.facade import bring_segments_up_to_date
from touchline.engine.workspace import Workspace
from touchline.journeys.facade import HeadlineFigure, JourneyMap, journey_map
from touchline.metrics.facade import headline
from touchline.overview.pains import pains_on_map
from touchline.research.facade import research_notes
from touchline.segments.facade import Scope, data_span, with_comparison, with_usual_period


def measured_map(workspace: Workspace, scope: Scope) -> JourneyMap:
    """The journey map of a scope with its headline figures, and with the pain points that were computed last.

    Raises FilterError when its filter cannot be read.
    """
    bring_segments_up_to_date(workspace)
    measured = journey_map(workspace, scope)
    figures = headline(workspace, period_of(measured, scope)) if measured.customers or measured.responses else ()
    return replace(
        measured,
        headline=tuple(HeadlineFigure(**vars(figure)) for figure in figures),
        research=research_notes(workspace, measured.touchpoints),
        pains=pains_on_map(workspace),
    )


def period_of(measured: JourneyMap, scope: Scope) -> Scope:
    """The scope with the period a map chose for itself: the figures above it are of the same days."""
    return replace(
        scope,
        start=measured.start,
        end=measured.end,
        compare_start=measured.compare_start,
        compare_end=measured.compare_end,
    )


def filled_scope(workspace: Workspace, scope: Scope, compare: str, everything: bool = False) -> Scope:
    """A scope with the days that were left open: the usual period, and the one before it to compare with."""
    span = data_span(workspace)
    return with_comparison(with_usual_period(scope, span, everything=everything), compare, span)
