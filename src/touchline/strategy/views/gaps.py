"""The register of gaps."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from touchline.improvements.facade import ImprovementError, improvements
from touchline.journeys.pages import of_readable_journey
from touchline.strategy import facade
from touchline.strategy.facade import Gap, RegisterLine, StrategyError
from touchline.strategy.forms import DecideForm, GapForm
from touchline.strategy.rules.gap import PAIN, STATES, Standing
from touchline.strategy.views.problems import say_problems
from touchline.ui.requests import WorkspaceRequest

DECISIONS = {"kept": "Kept. It stands in the register from now on, whatever new data say.", "dismissed": "Dismissed."}


@dataclass(frozen=True)
class ShownGap:
    """A gap of the register as its template writes it."""

    line: RegisterLine
    state: str
    case_url: str
    """Where its case is made; '' where an improvement is named already."""


@require_safe
@of_readable_journey
def gaps_page(request: WorkspaceRequest) -> HttpResponse:
    """List gaps that are kept, those that are proposed and those that ended."""
    found = facade.register(request.workspace)
    context = {
        "register": found,
        "kept": [_shown(each) for each in found.kept],
        "ended": [_shown(each) for each in found.ended],
    }
    return render(request, "strategy/gaps.html", context)


@require_POST
@of_readable_journey
def decide(request: WorkspaceRequest) -> HttpResponse:
    """Keep or dismiss a gap that is proposed."""
    form = DecideForm(request.POST)
    if not form.is_valid():
        say_problems(request, form)
        return redirect("strategy-gaps")
    told = form.cleaned_data
    try:
        facade.decide(request.workspace, told["evidence"], told["state"], reason=told["reason"])
        messages.success(request, DECISIONS[told["state"]])
    except StrategyError as problem:
        messages.error(request, str(problem))
    return redirect("strategy-gaps")


@require_http_methods(["GET", "HEAD", "POST"])
@of_readable_journey
def new_page(request: WorkspaceRequest) -> HttpResponse:
    """Put a gap of our own into the register."""
    return _edited(request, Gap(0, "", "", ""), None)


@require_http_methods(["GET", "HEAD", "POST"])
@of_readable_journey
def gap_page(request: WorkspaceRequest, number: int) -> HttpResponse:
    """Show a gap beside its evidence; word it, give it an owner, close it."""
    found = facade.register(request.workspace)
    line = next((each for each in (*found.kept, *found.ended) if each.gap.number == number), None)
    if line is None:
        raise Http404(f"There is no gap {number}.")
    return _edited(request, line.gap, line.standing)


def _edited(request: WorkspaceRequest, gap: Gap, standing: Standing | None) -> HttpResponse:
    fields = ("place", "what_is", "should_be", "owner", "improvement", "state", "reason")
    form = GapForm(
        request.POST or None,
        initial={name: getattr(gap, name) for name in fields},
        improvements=improvements(request.workspace),
        is_new=not gap.number,
    )
    if request.method == "POST" and form.is_valid():
        try:
            changed = form.gap(gap)
            kept = (
                facade.change_gap(request.workspace, changed)
                if gap.number
                else facade.add_gap(request.workspace, changed)
            )
            messages.success(request, f"Kept gap {kept.number}.")
            return redirect("strategy-gaps")
        except (StrategyError, ImprovementError) as problem:
            form.add_error(None, str(problem))
    context = {"gap": gap, "standing": standing, "form": form}
    return render(request, "strategy/gap.html", context, status=400 if form.errors else 200)


def _shown(line: RegisterLine) -> ShownGap:
    kind, _, about = line.gap.evidence.partition(":")
    case = f"/improvements/new?pain={about}" if kind == PAIN else "/improvements/new"
    return ShownGap(line, STATES[line.gap.state], "" if line.improvement else case)
