"""The board pack: as a page and as files."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from touchline.documents.facade import WRITERS
from touchline.documents.pages import shown
from touchline.journeys.pages import of_readable_journey
from touchline.strategy import facade
from touchline.strategy.facade import Quarter, StrategyError
from touchline.ui.requests import WorkspaceRequest


@require_safe
@of_readable_journey
def pack_page(request: WorkspaceRequest) -> HttpResponse:
    """Show the board pack of a quarter as it will be written."""
    quarter = _quarter(request)
    document = facade.pack(request.workspace, quarter)
    context = {"document": document, "sections": [shown(each) for each in document.sections], "quarter": quarter}
    return render(request, "strategy/pack.html", context)


@require_safe
@of_readable_journey
def pack_file(request: WorkspaceRequest, suffix: str) -> HttpResponse:
    """Give it as PDF, PowerPoint or Markdown."""
    if suffix not in WRITERS:
        raise Http404
    write, media_type = WRITERS[suffix]
    document = facade.pack(request.workspace, _quarter(request))
    answer = HttpResponse(write(document, request.build_absolute_uri("/").rstrip("/")), media_type)
    answer["Content-Disposition"] = content_disposition_header(True, f"{document.title}.{suffix}") or ""
    return answer


def _quarter(request: WorkspaceRequest) -> Quarter:
    try:
        return facade.quarter_asked(request.GET.get("quarter", ""))
    except StrategyError as problem:
        raise Http404(str(problem)) from None
