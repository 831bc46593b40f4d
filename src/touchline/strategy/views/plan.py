"""Proposals, the roadmap and the review of a quarter."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_http_methods, require_safe

from touchline.documents.pages import shown
from touchline.improvements.facade import ImprovementError
from touchline.journeys.pages import of_readable_journey
from touchline.strategy import facade
from touchline.strategy.drawing import draw_load
from touchline.strategy.facade import Quarter, QuarterPlan, Roadmap, StrategyError
from touchline.strategy.forms import DecisionForm, PlaceForm
from touchline.strategy.views.problems import say_problems
from touchline.strategy.writing.proposals import proposals_section
from touchline.strategy.writing.review import review_sections
from touchline.ui.drawing.theme import PAGE
from touchline.ui.requests import WorkspaceRequest


@dataclass(frozen=True)
class ShownQuarter:
    """A quarter of the roadmap with its drawing."""

    plan: QuarterPlan
    drawing: SafeString


@require_safe
@of_readable_journey
def proposals_page(request: WorkspaceRequest) -> HttpResponse:
    """Show improvements in the order in which they should be done."""
    section = proposals_section(facade.proposals(request.workspace))
    return render(request, "strategy/proposals.html", {"shown": shown(section)})


@require_http_methods(["GET", "HEAD", "POST"])
@of_readable_journey
def roadmap_page(request: WorkspaceRequest) -> HttpResponse:
    """Show quarters; put an improvement into one."""
    found = facade.roadmap(request.workspace)
    quarters = [plan.quarter for plan in found.quarters]
    if request.method == "POST":
        form = PlaceForm(request.POST, quarters=quarters)
        if form.is_valid():
            asked = form.cleaned_data["quarter"]
            try:
                facade.place(
                    request.workspace, form.cleaned_data["improvement"], facade.quarter_asked(asked) if asked else None
                )
                messages.success(request, "Kept.")
            except ImprovementError as problem:
                messages.error(request, str(problem))
        else:
            say_problems(request, form)
        return redirect("strategy-roadmap")
    return render(
        request,
        "strategy/roadmap.html",
        {"quarters": _drawn(found), "unplaced": found.unplaced, "choices": quarters, "is_empty": _is_empty(found)},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@of_readable_journey
def review_page(request: WorkspaceRequest) -> HttpResponse:
    """Show what happened in a quarter; write a decision down."""
    quarter, problem = _quarter(request)
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        facade.write_decision(request.workspace, quarter, told["text"], told["who"], told["day"])
        messages.success(request, "Written down.")
        return redirect(f"{reverse('strategy-review')}?quarter={quarter}#decisions")
    if problem:
        messages.error(request, problem)
    found = facade.review(request.workspace, quarter)
    context = {
        "quarter": quarter,
        "before": quarter.later(-1),
        "after": quarter.later(1),
        "sections": [shown(each) for each in review_sections(found)],
        "form": form,
    }
    return render(request, "strategy/review.html", context, status=400 if form.errors else 200)


def _quarter(request: WorkspaceRequest) -> tuple[Quarter, str]:
    """The quarter asked for; the current one and a sentence where it cannot be read."""
    try:
        return facade.quarter_asked(request.GET.get("quarter", "")), ""
    except StrategyError as problem:
        return facade.quarter_asked(""), f"{problem} This is the current one."


def _drawn(found: Roadmap) -> list[ShownQuarter]:
    most = max((max(plan.planned_days, plan.available_days or 0.0) for plan in found.quarters), default=0.0)
    return [
        ShownQuarter(plan, mark_safe(draw_load(plan, most, PAGE)))  # noqa: S308 - drawn here, without texts of users
        for plan in found.quarters
    ]


def _is_empty(found: Roadmap) -> bool:
    return not found.unplaced and not any(plan.tasks for plan in found.quarters)
