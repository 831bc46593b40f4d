"""The definition page: stages, touchpoints and their rules, read and changed in the browser."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from touchline.journeys import facade
from touchline.journeys.forms import (
    JourneyForm,
    PatternFormSet,
    PlannedForm,
    StageForm,
    TextForm,
    TouchpointForm,
    as_initial,
    patterns_of,
)
from touchline.journeys.pages import of_readable_journey
from touchline.journeys.rules import editing
from touchline.journeys.rules.definition import JourneyDefinition, Stage, Touchpoint
from touchline.journeys.rules.journey_file import JourneyFileError
from touchline.journeys.rules.planned import PlanError, read_plan
from touchline.journeys.rules.rule_words import planned_in_words, rule_in_words
from touchline.ui.requests import WorkspaceRequest

Change = Callable[[JourneyDefinition], JourneyDefinition]


@require_safe
@of_readable_journey
def definition(request: WorkspaceRequest) -> HttpResponse:
    """Show the journey as it is defined."""
    found = facade.load_definition(request.workspace)
    stages = [
        (stage, [(each, rule_in_words(each)) for each in found.touchpoints_of(stage.id)]) for stage in found.stages
    ]
    planned, anywhere = planned_in_words(found)
    shown = {"definition": found, "stages": stages, "planned": planned, "anywhere": ", ".join(anywhere)}
    return render(request, "journeys/definition.html", shown)


@require_safe
def download(request: WorkspaceRequest) -> HttpResponse:
    """Give the definition as the readable file it is."""
    answer = HttpResponse(request.workspace.journey_file.read_bytes(), "text/plain; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="journey.toml"'
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
def text(request: WorkspaceRequest) -> HttpResponse:
    """Change the definition as the text it is."""
    form = TextForm(request.POST or None, initial={"text": request.workspace.journey_file.read_text("utf-8")})
    if form.is_valid():
        try:
            facade.save_definition_text(request.workspace, form.cleaned_data["text"].replace("\r\n", "\n"))
        except JourneyFileError as problem:
            form.add_error("text", str(problem))
        else:
            messages.success(request, "Saved.")
            return redirect("journey")
    return render(request, "journeys/text.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@of_readable_journey
def settings(request: WorkspaceRequest) -> HttpResponse:
    """Change the journey's name and its two measures of time."""
    found = facade.load_definition(request.workspace)
    initial = {"name": found.name, "gap_days": f"{found.gap_days:g}", "visit_minutes": f"{found.visit_minutes:g}"}
    form = JourneyForm(request.POST or None, initial=initial)
    if form.is_valid():
        filled = form.cleaned_data
        return _save(request, lambda old: replace(old, **filled), "Saved.")
    return render(request, "journeys/settings.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@of_readable_journey
def planned(request: WorkspaceRequest) -> HttpResponse:
    """Change the intended order."""
    found = facade.load_definition(request.workspace)
    order, anywhere = map(str, found.planned.steps), found.planned.anywhere
    form = PlannedForm(request.POST or None, initial={"order": "\n".join(order), "anywhere": "\n".join(anywhere)})
    if form.is_valid():
        try:
            plan = read_plan(form.cleaned_data["order"], form.cleaned_data["anywhere"], found.places)
        except PlanError as problem:
            form.add_error("order", f"The journey {problem}")
        else:
            return _save(request, lambda old: replace(old, planned=plan), "Saved the planned order.")
    return render(request, "journeys/planned.html", {"form": form, "definition": found})


@require_http_methods(["GET", "HEAD", "POST"])
@of_readable_journey
def new_stage(request: WorkspaceRequest) -> HttpResponse:
    """Add a stage."""
    found = facade.load_definition(request.workspace)
    form = StageForm(request.POST or None)
    if form.is_valid():
        id_ = editing.new_id(form.cleaned_data["name"], (each.id for each in found.stages))
        return _save(
            request, lambda old: editing.put_stage(old, form.stage(id_)), f"Added {form.cleaned_data['name']}."
        )
    return render(request, "journeys/stage.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@of_readable_journey
def stage(request: WorkspaceRequest, id_: str) -> HttpResponse:
    """Change a stage."""
    found = _stage(request, id_)
    form = StageForm(request.POST or None, initial={"name": found.name, "owner": found.owner, "note": found.note})
    if form.is_valid():
        return _save(
            request, lambda old: editing.put_stage(old, form.stage(id_)), f"Saved {form.cleaned_data['name']}."
        )
    return render(request, "journeys/stage.html", {"form": form, "stage": found})


@require_POST
@of_readable_journey
def change_stage(request: WorkspaceRequest, id_: str, change: str) -> HttpResponse:
    """Move or remove a stage."""
    found = _stage(request, id_)
    changes: dict[str, Change] = {
        "earlier": lambda old: editing.move_stage(old, id_, -1),
        "later": lambda old: editing.move_stage(old, id_, 1),
        "remove": lambda old: editing.remove_stage(old, id_),
    }
    return _change(request, changes, change, found.name)


@require_http_methods(["GET", "HEAD", "POST"])
@of_readable_journey
def new_touchpoint(request: WorkspaceRequest) -> HttpResponse:
    """Add a touchpoint."""
    found = facade.load_definition(request.workspace)
    id_ = editing.new_id(request.POST.get("name", ""), (each.id for each in found.touchpoints))
    return _touchpoint_form(request, found, id_, None)


@require_http_methods(["GET", "HEAD", "POST"])
@of_readable_journey
def touchpoint(request: WorkspaceRequest, id_: str) -> HttpResponse:
    """Change a touchpoint and its rules."""
    return _touchpoint_form(request, facade.load_definition(request.workspace), id_, _touchpoint(request, id_))


@require_POST
@of_readable_journey
def change_touchpoint(request: WorkspaceRequest, id_: str, change: str) -> HttpResponse:
    """Move or remove a touchpoint."""
    found = _touchpoint(request, id_)
    changes: dict[str, Change] = {
        "earlier": lambda old: editing.move_touchpoint(old, id_, -1),
        "later": lambda old: editing.move_touchpoint(old, id_, 1),
        "remove": lambda old: editing.remove_touchpoint(old, id_),
    }
    return _change(request, changes, change, found.name)


def _touchpoint_form(
    request: WorkspaceRequest, definition: JourneyDefinition, id_: str, found: Touchpoint | None
) -> HttpResponse:
    initial = {"stage": request.GET.get("stage", "")}
    if found is not None:
        initial = {name: getattr(found, name) for name in ("name", "stage", "icon", "owner", "note")}
    form = TouchpointForm(request.POST or None, initial=initial, definition=definition)
    rules = PatternFormSet(
        request.POST or None, initial=[as_initial(each) for each in found.patterns] if found else None, prefix="rule"
    )
    if form.is_valid() and rules.is_valid():
        filled = replace(form.touchpoint(id_, patterns_of(rules)), answers=found.answers if found else ())
        try:
            return _save(request, lambda old: editing.put_touchpoint(old, filled), f"Saved {filled.name}.")
        except editing.EditError as problem:
            form.add_error(None, str(problem))
    return render(request, "journeys/touchpoint.html", {"form": form, "rules": rules, "touchpoint": found})


def _change(request: WorkspaceRequest, changes: dict[str, Change], change: str, name: str) -> HttpResponse:
    if change not in changes:
        raise Http404
    try:
        return _save(request, changes[change], f"Removed {name}." if change == "remove" else f"Moved {name}.")
    except editing.EditError as problem:
        messages.error(request, str(problem))
        return redirect("journey")


def _save(request: WorkspaceRequest, change: Change, sentence: str) -> HttpResponse:
    facade.save_definition(request.workspace, change(facade.load_definition(request.workspace)))
    messages.success(request, sentence)
    return redirect("journey")


def _touchpoint(request: WorkspaceRequest, id_: str) -> Touchpoint:
    found = editing.touchpoint_of(facade.load_definition(request.workspace), id_)
    if found is None:
        raise Http404
    return found


def _stage(request: WorkspaceRequest, id_: str) -> Stage:
    found = editing.stage_of(facade.load_definition(request.workspace), id_)
    if found is None:
        raise Http404
    return found
