"""The inventory: what there is to work with."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from touchline.journeys.pages import of_readable_journey
from touchline.strategy import facade
from touchline.strategy.facade import KINDS, StrategyError
from touchline.strategy.forms import ResourceForm, TableForm
from touchline.strategy.views.problems import say_problems
from touchline.strategy.writing.roadmap import cost_words, inventory_sentences, serves_words
from touchline.ui.requests import WorkspaceRequest


@require_http_methods(["GET", "HEAD", "POST"])
@of_readable_journey
def inventory_page(request: WorkspaceRequest) -> HttpResponse:
    """Show the inventory; put a line into it."""
    workspace = request.workspace
    places = facade.places(workspace)
    form = ResourceForm(request.POST or None, places=places)
    if request.method == "POST" and form.is_valid():
        try:
            added = facade.add_resource(workspace, form.resource(0))
            messages.success(request, f"Put “{added.name}” into the inventory.")
            return redirect("strategy-inventory")
        except StrategyError as problem:
            form.add_error(None, str(problem))
    found = facade.inventory(workspace)
    rows = [
        {
            "resource": each,
            "kind": KINDS[each.kind],
            "cost": cost_words(each, workspace.settings.currency),
            "serves": serves_words(each, places),
        }
        for each in found.resources
    ]
    context = {"rows": rows, "said": inventory_sentences(found), "form": form, "table_form": TableForm()}
    return render(request, "strategy/inventory.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@of_readable_journey
def resource_page(request: WorkspaceRequest, number: int) -> HttpResponse:
    """Change a line, or take it out."""
    workspace = request.workspace
    try:
        found = facade.resource(workspace, number)
    except StrategyError as problem:
        raise Http404(str(problem)) from None
    if request.method == "POST" and "remove" in request.POST:
        facade.remove_resource(workspace, number)
        messages.success(request, f"Took “{found.name}” out of the inventory.")
        return redirect("strategy-inventory")
    initial = {
        name: getattr(found, name) for name in ("kind", "name", "owner", "cost_a_year", "days_a_quarter", "note")
    }
    form = ResourceForm(
        request.POST or None, initial={**initial, "serves": list(found.serves)}, places=facade.places(workspace)
    )
    if request.method == "POST" and form.is_valid():
        try:
            facade.change_resource(workspace, form.resource(number))
            return redirect("strategy-inventory")
        except StrategyError as problem:
            form.add_error(None, str(problem))
    return render(
        request, "strategy/resource.html", {"form": form, "resource": found}, status=400 if form.errors else 200
    )


@require_safe
def inventory_file(request: WorkspaceRequest) -> HttpResponse:
    """Give the inventory as CSV."""
    answer = HttpResponse(facade.as_csv(facade.inventory(request.workspace).resources), "text/csv; charset=utf-8")
    answer["Content-Disposition"] = content_disposition_header(True, "inventory.csv") or ""
    return answer


@require_POST
@of_readable_journey
def take_in(request: WorkspaceRequest) -> HttpResponse:
    """Take in a table of the inventory."""
    form = TableForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            count = facade.import_resources(request.workspace, form.cleaned_data["table"])
            messages.success(request, f"Took in {count} {'line' if count == 1 else 'lines'}.")
        except StrategyError as problem:
            messages.error(request, str(problem))
    else:
        say_problems(request, form)
    return redirect("strategy-inventory")
