"""Pages of pain points: the ranked list, one pain with its evidence, what it looked like, and the rows behind it."""

from __future__ import annotations

from urllib.parse import quote

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from touchline.engine.workspace import Workspace
from touchline.pains import facade
from touchline.pains.listing import list_context
from touchline.pains.page import close_up_context, pain_context, rows_figures
from touchline.pains.rules.pain import Pain, Pains, UnknownPainError
from touchline.segments.facade import data_span
from touchline.ui.cells import rows_context
from touchline.ui.documents import documents
from touchline.ui.paging import offset_of, paging
from touchline.ui.requests import WorkspaceRequest, wants_part

ROWS = 50
ASSUMPTIONS, CASE = "/value", "/improvements/new"
"""Pages of others: linked to where they are there."""


@require_safe
def pains_page(request: WorkspaceRequest) -> HttpResponse:
    """List pain points, ranked; while they are computed, say how far that is."""
    workspace = request.workspace
    found = facade.kept_pains(workspace)
    context: dict[str, object] = {"span": data_span(workspace), "progress": facade.computing(workspace)}
    context["value_url"] = _existing(ASSUMPTIONS)
    if found is not None:
        context |= list_context(found, request.GET)
    return render(request, "pains/pains.html", context)


@require_POST
def compute(request: WorkspaceRequest) -> HttpResponse:
    """Begin to compute in the background."""
    facade.begin_computing(request.workspace)
    return redirect("pains")


@require_POST
def stop(request: WorkspaceRequest) -> HttpResponse:
    """End the computation; what was computed before stays."""
    facade.stop_computing(request.workspace)
    return redirect("pains")


@require_safe
def pain_page(request: WorkspaceRequest, id_: str) -> HttpResponse:
    """Show one pain: its claim, its three rows of evidence, and how all of it was computed."""
    try:
        found, pain = _found(request.workspace, id_)
    except UnknownPainError as problem:
        return _unknown(request, problem)
    context = pain_context(pain) | {
        "pains": found,
        "case_url": _existing(f"{CASE}?pain={quote(id_)}"),
        "value_url": _existing(ASSUMPTIONS),
        "methods": tuple(filter(None, (documents().get(("algorithms", name)) for name in METHODS))),
    }
    return render(request, "pains/pain.html", context)


@require_safe
@vary_on_headers("HX-Request")
def close_up_page(request: WorkspaceRequest, id_: str) -> HttpResponse:
    """Show what sufferers wrote, and twins; apart, as all visits are read for them. The page of the pain fetches it."""
    workspace = request.workspace
    try:
        found, pain = _found(workspace, id_)
        twins, quotes = facade.twins_of(workspace, id_), facade.quotes_of(workspace, id_)
    except UnknownPainError as problem:
        return _unknown(request, problem)
    context = close_up_context(pain, found.window_days, twins, quotes)
    return render(request, "pains/_close_up.html" if wants_part(request) else "pains/close_up.html", context)


def _found(workspace: Workspace, id_: str) -> tuple[Pains, Pain]:
    """What was computed last, and one pain of it. Raises UnknownPainError."""
    found = facade.kept_pains(workspace)
    if found is None:
        raise UnknownPainError("Pain points have not been looked for yet.")
    return found, found.named(id_)


METHODS = ("pain-points", "visit-effect", "effect-checks", "hidden-causes", "evidence-grade", "money-at-stake")
"""Pages under docs/algorithms that say how a pain is computed."""


@require_safe
def rows_page(request: WorkspaceRequest, id_: str) -> HttpResponse:
    """Show the visits behind a pain, under the figures that they give."""
    workspace = request.workspace
    page = offset_of(request) // ROWS + 1
    try:
        _, pain = _found(workspace, id_)
        opened = facade.rows_of(workspace, id_, page=page, per_page=ROWS)
    except UnknownPainError as problem:
        return _unknown(request, problem)
    context = rows_context(opened) | {
        "pain": pain,
        "figures": rows_figures(pain),
        "method": documents().get(("algorithms", opened.page)),
        "paging": paging(request, opened.offset, len(opened.rows), opened.total, ROWS),
    }
    return render(request, "pains/rows.html", context)


def _unknown(request: WorkspaceRequest, problem: UnknownPainError) -> HttpResponse:
    context = {"heading": "No such pain point", "sentence": str(problem)}
    return render(request, "ui/problem.html", context, status=404)


def _existing(address: str) -> str:
    """The address where there is such a page, else ''."""
    try:
        resolve(address.partition("?")[0])
    except Resolver404:
        return ""
    return address
