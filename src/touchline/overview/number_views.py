"""The page of one number: what it means, how it is computed, and the rows behind it."""

from __future__ import annotations

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from touchline.engine.workspace import Workspace
from touchline.journeys import facade as journeys
from touchline.journeys.facade import JourneyFileError, UnknownNumberError
from touchline.kit.opened_number import OpenedNumber
from touchline.metrics import facade as metrics
from touchline.overview.links import MapLinks, number_url
from touchline.overview.measured import measured_map
from touchline.overview.opened import figures_at
from touchline.overview.panel import Figure
from touchline.segments.facade import FilterError, Scope, scope_from, scope_query
from touchline.ui.cells import rows_context
from touchline.ui.documents import documents
from touchline.ui.paging import offset_of, paging
from touchline.ui.requests import WorkspaceRequest

ROWS = 50


@require_safe
def number_page(request: WorkspaceRequest, measure: str) -> HttpResponse:
    """Open a number of the map."""
    try:
        scope = scope_from(dict(request.GET.lists()))
        page = offset_of(request) // ROWS + 1
        target = request.GET.get("target", "")
        opened = _opened(request.workspace, scope, measure, target, page)
        figures = _shown_on_the_map(request.workspace, scope, measure, target)
    except UnknownNumberError as problem:
        return _refused(request, "No such number", str(problem), 404)
    except (FilterError, JourneyFileError, ValueError) as problem:
        return _refused(request, "This number cannot be opened", str(problem), 400)
    context = rows_context(opened) | {
        "figures": figures,
        "events_url": number_url("events", opened.target, scope) if _has_events(opened) else "",
        "method": documents().get(("algorithms", opened.page)),
        "map_query": scope_query(scope),
        "paging": paging(request, opened.offset, len(opened.rows), opened.total, ROWS),
    }
    return render(request, "overview/number.html", context)


def _opened(workspace: Workspace, scope: Scope, measure: str, target: str, page: int) -> OpenedNumber:
    """Figures above the map are opened by metrics, of the days the map is of; everything else by journeys."""
    if measure in metrics.FIGURES:
        return metrics.open_number(workspace, journeys.filled_scope(workspace, scope), measure, page, ROWS)
    return journeys.open_number(workspace, scope, measure, target, page, ROWS)


def _shown_on_the_map(workspace: Workspace, scope: Scope, measure: str, target: str) -> tuple[Figure, ...]:
    """The number as the map shows it. The map is remembered, so whoever comes from it waits for nothing."""
    filled = journeys.filled_scope(workspace, scope)
    return figures_at(measured_map(workspace, filled), MapLinks(QueryDict(), filled), measure, target)


def _has_events(opened: OpenedNumber) -> bool:
    """Whether the rows are people or visits, behind which there are events of one touchpoint or stage."""
    return bool(opened.target) and ">" not in opened.target and opened.measure not in ("events", "series")


def _refused(request: WorkspaceRequest, heading: str, sentence: str, status: int) -> HttpResponse:
    return render(request, "ui/problem.html", {"heading": heading, "sentence": sentence}, status=status)
