"""Pages of pain points: the ranked list, one pain with its evidence, what it looked like, and the rows behind it."""

from __future__ import annotations

from urllib.parse import quote

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve, reverse
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from touchline.engine.workspace import Workspace
from touchline.pains import facade
from touchline.pains.asked import Asked, asked_of
from touchline.pains.listing import list_context
from touchline.pains.page import close_up_context, pain_context, rows_figures
from touchline.pains.rules.pain import Pain, Pains, UnknownPainError
from touchline.pains.suffering import group_figures
from touchline.segments.facade import FilterError, Scope, data_span
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
    asked = asked_of(workspace, request.GET)
    context: dict[str, object] = {"span": data_span(workspace), **asked.context()}
    if not asked.problem:
        found = facade.kept_pains(workspace, asked.scope)
        context |= {"progress": facade.computing(workspace, asked.scope), "value_url": _existing(ASSUMPTIONS)}
        if found is not None:
            context |= list_context(found, request.GET, asked.query)
    return render(request, "pains/pains.html", context, status=400 if asked.problem else 200)


@require_POST
def compute(request: WorkspaceRequest) -> HttpResponse:
    """Begin to compute in the background what the page it was asked on is about."""
    asked = _asked_before(request)
    if not asked.problem:
        try:
            facade.begin_computing(request.workspace, asked.scope)
        except FilterError as problem:
            messages.error(request, str(problem))
    return redirect(_back(request, asked))


@require_POST
def stop(request: WorkspaceRequest) -> HttpResponse:
    """End the computation; what was computed before stays."""
    asked = _asked_before(request)
    facade.stop_computing(request.workspace, asked.scope)
    return redirect(_back(request, asked))


@require_safe
def pain_page(request: WorkspaceRequest, id_: str) -> HttpResponse:
    """Show one pain: its claim, its three rows of evidence, and how all of it was computed."""
    workspace = request.workspace
    asked = asked_of(workspace, request.GET)
    try:
        found, pain = _found(workspace, id_, asked.scope)
    except UnknownPainError as problem:
        return _not_among(request, id_, asked, problem)
    context = pain_context(pain) | {
        **asked.context(),
        "pains": found,
        "progress": facade.computing(workspace, asked.scope),
        "case_url": "" if asked.query else _existing(f"{CASE}?pain={quote(id_)}"),
        "value_url": _existing(ASSUMPTIONS),
        "methods": tuple(filter(None, (documents().get(("algorithms", name)) for name in METHODS))),
    }
    return render(request, "pains/pain.html", context, status=400 if asked.problem else 200)


@require_safe
@vary_on_headers("HX-Request")
def close_up_page(request: WorkspaceRequest, id_: str) -> HttpResponse:
    """Show what sufferers wrote, and twins; apart, as all visits are read for them. The page of the pain fetches it."""
    workspace = request.workspace
    asked = asked_of(workspace, request.GET)
    try:
        found, pain = _found(workspace, id_, asked.scope)
        twins, quotes = facade.twins_of(workspace, id_, asked.scope), facade.quotes_of(workspace, id_, asked.scope)
    except UnknownPainError as problem:
        return _unknown(request, problem)
    context = asked.context() | close_up_context(pain, found.window_days, twins, quotes)
    return render(request, "pains/_close_up.html" if wants_part(request) else "pains/close_up.html", context)


def _found(workspace: Workspace, id_: str, scope: Scope) -> tuple[Pains, Pain]:
    """What was computed last, and one pain of it. Raises UnknownPainError."""
    found = facade.kept_pains(workspace, scope)
    if found is None:
        raise UnknownPainError("Pain points have not been looked for yet.")
    return found, found.named(id_)


METHODS = (
    "pain-points",
    "visit-effect",
    "effect-checks",
    "hidden-causes",
    "who-suffers",
    "evidence-grade",
    "money-at-stake",
)
"""Pages under docs/algorithms that say how a pain is computed."""


@require_safe
def rows_page(request: WorkspaceRequest, id_: str) -> HttpResponse:
    """Show the visits behind a pain, or behind one group of its sufferers, under the figures that they give."""
    workspace = request.workspace
    asked, group = asked_of(workspace, request.GET), _number(request.GET.get("group", ""))
    page = offset_of(request) // ROWS + 1
    try:
        _, pain = _found(workspace, id_, asked.scope)
        opened = facade.rows_of(workspace, id_, asked.scope, page=page, per_page=ROWS, group=group)
    except UnknownPainError as problem:
        return _unknown(request, problem)
    context = asked.context() | rows_context(opened)
    context |= {
        "pain": pain,
        "figures": group_figures(pain.who[group - 1]) if group else rows_figures(pain),
        "method": documents().get(("algorithms", opened.page)),
        "paging": paging(request, opened.offset, len(opened.rows), opened.total, ROWS),
    }
    return render(request, "pains/rows.html", context)


def _not_among(request: WorkspaceRequest, id_: str, asked: Asked, problem: UnknownPainError) -> HttpResponse:
    """A pain that is known of all visits, but not of those asked for: say so, and let others be asked for."""
    workspace = request.workspace
    everywhere = facade.kept_pains(workspace)
    known = next((each for each in everywhere.pains if each.id == id_), None) if everywhere else None
    if known is None or not asked.query:
        return _unknown(request, problem)
    context = asked.context() | {
        "pain": known,
        "found": facade.kept_pains(workspace, asked.scope),
        "progress": facade.computing(workspace, asked.scope),
    }
    return render(request, "pains/not_among.html", context)


def _unknown(request: WorkspaceRequest, problem: UnknownPainError) -> HttpResponse:
    context = {"heading": "No such pain point", "sentence": str(problem)}
    return render(request, "ui/problem.html", context, status=404)


def _asked_before(request: WorkspaceRequest) -> Asked:
    """The scope of the page that a form stood on; it comes from the form, never from the Referer."""
    return asked_of(request.workspace, QueryDict(request.POST.get("asked", "")))


def _back(request: WorkspaceRequest, asked: Asked) -> str:
    """The page that a form stood on: that of a pain, or the list."""
    pain = request.POST.get("pain", "")
    address = reverse("pain", args=[pain]) if pain and "/" not in pain else reverse("pains")
    return f"{address}?{asked.address}" if asked.address else address


def _number(text: str) -> int:
    """Which group of sufferers is asked for, from 1; 0 for all visits."""
    return int(text) if text.isdecimal() and len(text) < 4 else 0


def _existing(address: str) -> str:
    """The address where there is such a page, else ''."""
    try:
        resolve(address.partition("?")[0])
    except Resolver404:
        return ""
    return address
