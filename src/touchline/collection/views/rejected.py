"""Pages of the rejection log: find an event, see why, correct it, send it again."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from touchline.collection import facade
from touchline.collection.actions.exporting import FORMATS, export_rejections
from touchline.collection.facade import Rejection, RejectionError
from touchline.collection.forms import CorrectionForm, RejectionFilterForm
from touchline.collection.rules.problems import EVENT_PROBLEMS
from touchline.collection.rules.reading import as_read
from touchline.collection.rules.redriving import OUTCOMES, REFUSED, in_words
from touchline.ui.paging import offset_of, paging
from touchline.ui.requests import WorkspaceRequest

ROWS = 50
MOST_AT_ONCE = 10_000
"""Sent again while a page waits; it takes some seconds."""
LARGEST_NUMBER = 2**63 - 1
_MEDIA_TYPES = {"csv": "text/csv; charset=utf-8", "jsonl": "application/x-ndjson; charset=utf-8"}


@require_safe
def rejections_page(request: WorkspaceRequest) -> HttpResponse:
    """List what was rejected, the latest first."""
    form = _filter(request)
    which = form.which
    offset = offset_of(request)
    store = request.workspace.store
    total = facade.count_rejections(store, which)
    found = facade.rejections(store, which, offset, ROWS)
    context = {
        "form": form,
        "found": found,
        "total": total,
        "waiting": facade.count_rejections(store, facade.only_waiting(which)),
        "most_at_once": MOST_AT_ONCE,
        "is_filtered": any(request.GET.get(name) for name in form.fields),
        "query": request.GET.urlencode(),
        "paging": paging(request, offset, len(found), total, ROWS),
    }
    return render(request, "collection/rejections.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def rejection_page(request: WorkspaceRequest, number: int) -> HttpResponse:
    """Show one whole; correct it and send it again."""
    found = _rejection(request, number)
    form = CorrectionForm(request.POST or None, initial={"content": as_read(found.content)})
    if request.method == "POST" and form.is_valid():
        try:
            done = facade.redrive(request.workspace, number, form.cleaned_data["content"])
        except RejectionError as problem:
            messages.error(request, str(problem))
            return redirect("rejection", number)
        if done.outcome == REFUSED:
            found = _rejection(request, number)
            form.add_error("content", done.sentence)
        else:
            messages.success(request, done.sentence)
            return redirect("rejection", number)
    context = {
        "found": found,
        "form": form,
        "tells": EVENT_PROBLEMS[found.code].tells if found.code in EVENT_PROBLEMS else "",
        "outcome": OUTCOMES.get(found.outcome or "", ""),
        "as_read": as_read(found.content),
    }
    return render(request, "collection/rejection.html", context, status=400 if form.errors else 200)


@require_POST
def dismiss(request: WorkspaceRequest, number: int) -> HttpResponse:
    """Take one off the list of those that wait."""
    _rejection(request, number)
    try:
        facade.dismiss(request.workspace, number)
        messages.success(request, f"Dismissed the rejected event {number}.")
    except RejectionError as problem:
        messages.error(request, str(problem))
    return redirect("rejections")


@require_POST
def change_rejections(request: WorkspaceRequest, change: str) -> HttpResponse:
    """Send again, or dismiss, all that wait and the filter finds."""
    which = _filter(request).which
    if change == "retry":
        done = facade.redrive_all(request.workspace, which, MOST_AT_ONCE)
        told = messages.success if any(each.outcome != REFUSED for each in done) else messages.warning
        told(request, in_words(done))
    elif change == "dismiss":
        messages.success(request, f"Dismissed {facade.dismiss_all(request.workspace, which):,}.")
    else:
        raise Http404
    return redirect(f"{reverse('rejections')}?{request.GET.urlencode()}")


@require_safe
def rejections_file(request: WorkspaceRequest, suffix: str) -> HttpResponseBase:
    """Give what the filter finds as CSV or as one JSON object a line."""
    if suffix not in FORMATS:
        raise Http404
    written = export_rejections(request.workspace.store, _filter(request).which, suffix)
    answer = StreamingHttpResponse(written, _MEDIA_TYPES[suffix])
    answer["Content-Disposition"] = f'attachment; filename="rejected-events.{suffix}"'
    return answer


def _filter(request: WorkspaceRequest) -> RejectionFilterForm:
    store = request.workspace.store
    return RejectionFilterForm(request.GET, facade.all_write_keys(store), dict(facade.rejection_codes(store)))


def _rejection(request: WorkspaceRequest, number: int) -> Rejection:
    found = facade.rejection(request.workspace.store, number) if number <= LARGEST_NUMBER else None
    if found is None:
        raise Http404
    return found
