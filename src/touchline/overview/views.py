"""The map page: filters, headline, map or table, the panel of a touchpoint, and what the map does not cover."""

from __future__ import annotations

from dataclasses import replace

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBadRequest, QueryDict
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from touchline.engine.lately import Lately
from touchline.journeys import facade as journeys
from touchline.journeys.facade import JourneyFileError, JourneyMap, UnmappedKind
from touchline.overview import facade
from touchline.overview.forms import KeepFilterForm
from touchline.overview.links import MapLinks
from touchline.overview.page import map_context
from touchline.overview.pains import pains_on_map
from touchline.overview.where_to_act import where_to_act
from touchline.pains.facade import computing
from touchline.segments.facade import (
    FilterError,
    Scope,
    data_span,
    delete_filter,
    intents,
    save_filter,
    saved_filters,
    scope_from,
)
from touchline.segments.pages import ScopeForm
from touchline.ui.requests import WorkspaceRequest, wants_part

_maps: Lately[JourneyMap] = Lately()


@require_safe
@vary_on_headers("HX-Request")
def journey_map_page(request: WorkspaceRequest) -> HttpResponse:
    """Show the map; to the map element, only the part that changes with the touchpoint."""
    workspace = request.workspace
    kept = saved_filters(workspace)
    form = ScopeForm(request.GET, data_span(workspace), kept)
    if not form.is_valid():
        return render(request, "overview/map.html", {"form": form, "saved_filters": kept, "is_refused": True})
    measured, scope = _measured(request, form.scope())
    names = {touchpoint.id: touchpoint.name for touchpoint in measured.touchpoints}
    form.offer_intents({intent: names.get(intent, intent) for intent in intents(workspace)})
    links = MapLinks(request.GET, scope)
    context = map_context(measured, links, request.GET) | {"form": form, "saved_filters": kept}
    context["ranking"] = () if wants_part(request) else where_to_act(workspace)
    context["computing"] = computing(workspace)
    return render(request, "overview/_map.html" if wants_part(request) else "overview/map.html", context)


@require_safe
def export_page(request: WorkspaceRequest, suffix: str) -> HttpResponse:
    """Give the map as a file."""
    if suffix not in facade.FORMATS:
        raise Http404
    try:
        measured = facade.measured_map(request.workspace, scope_from(dict(request.GET.lists())))
    except ValueError as problem:
        return HttpResponseBadRequest(str(problem), content_type="text/plain; charset=utf-8")
    written = facade.export(measured, suffix)
    answer = HttpResponse(written.content, written.media_type)
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=written.name) or ""
    return answer


@require_POST
def keep_filter(request: WorkspaceRequest) -> HttpResponse:
    """Keep a filter by name and show the map with it."""
    form = KeepFilterForm(request.POST)
    query = _asked_before(request)
    if not form.is_valid():
        messages.error(request, "A filter needs a name of at most 80 characters and a condition.")
        return redirect(f"/?{query.urlencode()}")
    try:
        kept = save_filter(request.workspace, form.cleaned_data["name"], form.cleaned_data["expression"])
    except FilterError as problem:
        messages.error(request, str(problem))
        return redirect(f"/?{query.urlencode()}")
    messages.success(request, f"Kept the filter “{kept.name}”.")
    query.pop("filter", None)
    query["saved"] = kept.name
    return redirect(f"/?{query.urlencode()}")


@require_POST
def forget_filter(request: WorkspaceRequest) -> HttpResponse:
    """Forget a kept filter."""
    name = request.POST.get("name", "")
    try:
        delete_filter(request.workspace, name)
        messages.success(request, f"Forgot the filter “{name}”.")
    except FilterError as problem:
        messages.error(request, str(problem))
    query = _asked_before(request)
    query.pop("saved", None)
    return redirect(f"/?{query.urlencode()}")


@require_POST
def adopt(request: WorkspaceRequest) -> HttpResponse:
    """Make a touchpoint of events that match none."""
    asked = {name: request.POST.get(name, "") for name in ("name", "channel", "page", "label", "stage")}
    kind = UnmappedKind(asked["name"], asked["channel"], asked["page"] or None, asked["label"] or None, 0, 0)
    try:
        journeys.adopt_unmapped(request.workspace, [kind], asked["stage"])
        shown = kind.label or kind.page or kind.name
        messages.success(request, f"“{shown}” is a touchpoint now. Change its name and rules under Journey.")
    except JourneyFileError as problem:
        messages.error(request, str(problem))
    return redirect(f"/?{_asked_before(request).urlencode()}")


def _measured(request: WorkspaceRequest, scope: Scope) -> tuple[JourneyMap, Scope]:
    """The map, and its scope with the days that were chosen for it."""
    workspace = request.workspace
    journey_file = workspace.journey_file.stat().st_mtime_ns if workspace.journey_file.is_file() else 0
    measured = _maps.recall(workspace, (journey_file, scope), lambda: facade.measured_map(workspace, scope))
    days = {name: getattr(measured, name) for name in ("start", "end", "compare_start", "compare_end")}
    # Whoever has just computed the pains, or changed what amounts rest on, sees it on a map that may be some seconds old.
    return replace(measured, pains=pains_on_map(workspace)), replace(scope, **days)


def _asked_before(request: WorkspaceRequest) -> QueryDict:
    """The query of the page that a form stood on; it comes from the form, never from the Referer."""
    return QueryDict(request.POST.get("asked", ""), mutable=True)
