"""All figures above the map."""

from __future__ import annotations

from touchline.engine.workspace import Workspace
from touchline.metrics.questions.answers import answers
from touchline.metrics.questions.orders import conversion_counts, repeat_counts
from touchline.metrics.questions.period import periods
from touchline.metrics.rules import (
    Figure,
    ces_figure,
    conversion_figure,
    csat_figure,
    nps_figure,
    repeat_figure,
)
from touchline.segments.facade import Scope


def headline_figures(workspace: Workspace, scope: Scope, buckets: int = 1) -> tuple[Figure, ...]:
    """Ask and judge; no figure where there are no data. Raises FilterError."""
    asked = periods(workspace, scope)
    if asked is None:
        return ()
    now, before = asked
    store = workspace.store
    return (
        nps_figure(answers(store, now, before, "nps", buckets)),
        csat_figure(answers(store, now, before, "csat", buckets)),
        ces_figure(answers(store, now, before, "ces", buckets)),
        conversion_figure(conversion_counts(store, now, before, buckets)),
        repeat_figure(repeat_counts(store, now, before, buckets)),
    )
