"""Notes put on steps and taken off, from the forms on the map."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from touchline.journeys.facade import JourneyFileError
from touchline.research import facade
from touchline.research.forms import NoteForm
from touchline.research.rules import ResearchError
from touchline.ui.requests import WorkspaceRequest

SECTION = "research"
"""Id of the section of the page that shows the notes."""


@require_POST
def add_note(request: WorkspaceRequest) -> HttpResponse:
    """Put a note on the step whose panel the form stood in."""
    form = NoteForm(request.POST)
    if not form.is_valid():
        for problems in form.errors.values():
            messages.error(request, " ".join(map(str, problems)))
        return _back(request)
    told = form.cleaned_data
    try:
        _, step = facade.add_research_note(
            request.workspace,
            request.POST.get("step", ""),
            told["text"],
            method=told["method"],
            participant=told["participant"],
            noted_by=told["noted_by"],
            noted=told["noted"],
        )
        messages.success(request, f"Put a note on “{step}”.")
    except (ResearchError, JourneyFileError) as problem:
        messages.error(request, str(problem))
    return _back(request)


@require_POST
def remove_note(request: WorkspaceRequest) -> HttpResponse:
    """Take a note off its step."""
    number = request.POST.get("note", "")
    try:
        facade.remove_research_note(request.workspace, int(number) if number.isascii() and number.isdigit() else 0)
        messages.success(request, "Removed the note.")
    except ResearchError as problem:
        messages.error(request, str(problem))
    return _back(request)


@require_POST
def place_notes(request: WorkspaceRequest) -> HttpResponse:
    """Put the notes of a name that no touchpoint has on one."""
    try:
        moved, step = facade.place_research_notes(
            request.workspace, request.POST.get("called", ""), request.POST.get("step", "")
        )
        messages.success(request, f"Put {moved} note{'' if moved == 1 else 's'} on “{step}”.")
    except (ResearchError, JourneyFileError) as problem:
        messages.error(request, str(problem))
    return _back(request)


def _back(request: WorkspaceRequest) -> HttpResponse:
    """The map as it was asked for; its query comes from the form, never from the Referer."""
    asked = QueryDict(request.POST.get("asked", "")).urlencode()
    return redirect(f"{reverse('map')}{'?' if asked else ''}{asked}#{SECTION}")
