"""The map with its headline: what the journey and the metrics say about one scope, put together."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Final

from touchline.engine.workspace import Workspace
from touchline.journeys.facade import HeadlineFigure, JourneyMap, journey_map
from touchline.metrics.facade import headline
from touchline.overview.period import with_comparison, with_usual_period
from touchline.overview.questions import data_span
from touchline.segments.facade import Scope

_MOST_HEADLINES: Final = 64

_headlines: dict[tuple[Path, Scope, datetime], tuple[HeadlineFigure, ...]] = {}
_lock = threading.Lock()


def measured_map(workspace: Workspace, scope: Scope) -> JourneyMap:
    """The journey map of a scope with its headline figures. Raises FilterError when its filter cannot be read."""
    measured = journey_map(workspace, scope)
    if not measured.customers and not measured.responses:
        return measured
    # journeys.facade remembers maps until the data change, so the moment of computing stands for the data.
    key = (workspace.store.path, scope, measured.computed)
    with _lock:
        figures = _headlines.get(key)
    if figures is None:
        figures = tuple(HeadlineFigure(**vars(figure)) for figure in headline(workspace, period_of(measured, scope)))
        with _lock:
            _headlines[key] = figures
            while len(_headlines) > _MOST_HEADLINES:
                _headlines.pop(next(iter(_headlines)))
    return replace(measured, headline=figures)


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
