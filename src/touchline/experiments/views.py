"""Pages of experiments: all of them, a new one, and one with its plan and its reading."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from touchline.collection.facade import remembered_address
from touchline.experiments import facade, wording
from touchline.experiments.drawing import draw_intervals
from touchline.experiments.facade import Experiment, ExperimentError, Power, Reading
from touchline.experiments.forms import PlanForm
from touchline.formulas.cannot_say import CannotSay
from touchline.journeys.facade import JourneyFileError, load_definition
from touchline.ui.cells import rows_context
from touchline.ui.paging import offset_of, paging
from touchline.ui.requests import WorkspaceRequest

ROWS = 50


@require_safe
def experiments_page(request: WorkspaceRequest) -> HttpResponse:
    """List every experiment with what it says at the moment."""
    workspace = request.workspace
    try:
        found = facade.experiments(workspace)
    except JourneyFileError as problem:
        return _unreadable(request, problem)
    rows = [
        {"experiment": each, "reading": facade.experiment_reading(workspace, each.name) if each.started else None}
        for each in found
    ]
    return render(request, "experiments/experiments.html", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
def new_page(request: WorkspaceRequest) -> HttpResponse:
    """Plan an experiment: see what it will take, then keep it."""
    workspace = request.workspace
    try:
        steps = [(each.id, each.name) for each in load_definition(workspace).touchpoints]
    except JourneyFileError as problem:
        return _unreadable(request, problem)
    form = PlanForm(request.POST or None, steps)
    context: dict[str, object] = {"form": form}
    if form.is_valid():
        try:
            if "keep" in request.POST:
                made = facade.create_experiment(workspace, form.plan())
                messages.success(request, f"“{made.title}” is planned. Nobody meets it until you start it.")
                return redirect("experiment", made.name)
            power = facade.plan_power(workspace, form.plan())
            context |= _power_context(power, form.cleaned_data["metric"], facade.currency_of(workspace))
        except ExperimentError as problem:
            form.add_error(None, str(problem))
    return render(request, "experiments/new.html", context, status=400 if form.errors else 200)


@require_safe
def experiment_page(request: WorkspaceRequest, name: str) -> HttpResponse:
    """Show one experiment: its plan before it starts, its reading since."""
    workspace = request.workspace
    try:
        found = _known(request, name)
        reading = facade.experiment_reading(workspace, name) if found.started else None
        power = facade.power_before(workspace, found) if found.status == "draft" else None
    except JourneyFileError as problem:
        return _unreadable(request, problem)
    context: dict[str, object] = {"found": found, "address": _address(request)}
    currency = facade.currency_of(workspace)
    context["smallest"] = facade.amount_words(found.smallest_change, found.metric.unit, currency)
    if power is not None:
        context |= _power_context(power, found.metric.kind, currency)
        context["power_sentence"] = wording.power_sentence(power, found, currency)
    if isinstance(reading, Reading):
        context |= _reading_context(reading)
    elif reading is not None:
        context["refused"] = reading.sentence
    return render(request, "experiments/experiment.html", context)


@require_safe
def rows_page(request: WorkspaceRequest, name: str) -> HttpResponse:
    """Show the customers behind a reading; without what they did, where results are hidden."""
    found = _known(request, name)
    try:
        opened = facade.experiment_rows(request.workspace, name, offset_of(request) // ROWS + 1, ROWS)
    except ExperimentError as problem:
        context: dict[str, object] = {"heading": found.title, "sentence": str(problem)}
        return render(request, "ui/problem.html", context, status=404)
    context = rows_context(opened) | {
        "found": found,
        "paging": paging(request, opened.offset, len(opened.rows), opened.total, ROWS),
    }
    return render(request, "experiments/rows.html", context)


@require_POST
def change(request: WorkspaceRequest, name: str, change: str) -> HttpResponse:
    """Start, stop or remove an experiment."""
    _known(request, name)
    try:
        if change == "start":
            facade.start_experiment(request.workspace, name)
            messages.success(request, "Started. Pages and servers that ask get their variant from now on.")
        elif change == "stop":
            facade.stop_experiment(request.workspace, name)
            messages.success(
                request, "Ended. Whoever asks now gets no variant; browsers learn of it within five minutes."
            )
        elif change == "remove":
            facade.remove_experiment(request.workspace, name)
            messages.success(request, "Removed the plan.")
            return redirect("experiments")
        else:
            raise Http404
    except ExperimentError as problem:
        messages.error(request, str(problem))
    return redirect("experiment", name)


def _known(request: WorkspaceRequest, name: str) -> Experiment:
    found = facade.experiment(request.workspace, name)
    if found is None:
        raise Http404(f"There is no experiment “{name}”.")
    return found


def _reading_context(reading: Reading) -> dict[str, object]:
    main, currency = reading.main, reading.currency
    others = [] if main is None else [*reading.others, *([reading.answering] if reading.answering else [])]
    return {
        "reading": reading,
        "draw": wording.draw_sentence(reading),
        "flags": wording.flags(reading),
        "main": wording.metric_row(main, currency) if main else None,
        "others": [wording.metric_row(each, currency) for each in others],
        "picture": _picture(reading) if main else "",
    }


def _picture(reading: Reading) -> SafeString:
    drawn = (
        draw_intervals(reading.main, reading.currency, is_planned_end=reading.is_planned_end) if reading.main else ""
    )
    return mark_safe(drawn)  # noqa: S308 - everything in it was escaped when it was drawn


def _power_context(power: Power | CannotSay, kind: str, currency: str) -> dict[str, object]:
    if isinstance(power, CannotSay):
        return {"power_refused": power.sentence}
    unit = facade.METRIC_KINDS[kind].unit
    weeks = [
        {
            "weeks": each.weeks,
            "customers": each.customers,
            "smallest": facade.amount_words(each.smallest, unit, currency) if each.smallest is not None else "none",
        }
        for each in power.by_weeks
    ]
    needed = power.needed
    return {
        "power": power,
        "baseline": facade.level_words(power.baseline, unit, currency),
        "needed": None if isinstance(needed, CannotSay) else needed,
        "needed_refused": needed.sentence if isinstance(needed, CannotSay) else "",
        "by_weeks": weeks,
    }


def _address(request: WorkspaceRequest) -> str:
    return remembered_address(request.workspace.store) or f"{request.scheme}://{request.get_host()}"


def _unreadable(request: WorkspaceRequest, problem: JourneyFileError) -> HttpResponse:
    context = {"heading": "The journey cannot be read", "sentence": str(problem)}
    return render(request, "ui/problem.html", context, status=409)
