"""Pages of improvements: the backlog, the one page of each, its forms, its files, and the ledger."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from touchline.documents.facade import WRITERS
from touchline.documents.pages import ShownSection, shown
from touchline.engine.workspace import Workspace
from touchline.experiments.facade import experiments
from touchline.formulas.cannot_say import CannotSay
from touchline.formulas.money_at_stake import Amount
from touchline.improvements import facade
from touchline.improvements.facade import Asked, Improvement, ImprovementError, Line
from touchline.improvements.forms import ImprovementForm, LaunchForm, StandingForm, filled
from touchline.improvements.rules.improvement import STATUSES
from touchline.improvements.writing import amount_words, realised_words, written_case
from touchline.journeys.facade import Touchpoint, load_definition
from touchline.pains.facade import UnknownPainError
from touchline.ui.numbers import compact_money
from touchline.ui.requests import WorkspaceRequest


@dataclass(frozen=True)
class ShownLine:
    """A line of the backlog as its template draws it."""

    line: Line
    status: str
    amount: str
    why: str


@require_safe
def backlog_page(request: WorkspaceRequest) -> HttpResponse:
    """List improvements, ranked by what they promise with 90 % certainty."""
    lines = [_line(each) for each in facade.backlog(request.workspace)]
    return render(request, "improvements/backlog.html", {"lines": lines})


@require_http_methods(["GET", "HEAD", "POST"])
def new_page(request: WorkspaceRequest) -> HttpResponse:
    """Make the case: a proposal filled with what is known about a pain, or an empty one."""
    pain_id = request.GET.get("pain", "")
    known = facade.improvement_of_pain(request.workspace, pain_id) if pain_id else None
    if known is not None and request.method != "POST":
        messages.info(request, "The case for this pain point is on the backlog already.")
        return redirect("improvement", known.number)
    touchpoints = load_definition(request.workspace).touchpoints
    try:
        proposed = facade.propose(request.workspace, pain_id) if pain_id else Improvement(0, "")
    except UnknownPainError as problem:
        return render(
            request, "ui/problem.html", {"heading": "No such pain point", "sentence": str(problem)}, status=404
        )
    return _edited(request, proposed, touchpoints, facade.make_case)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_page(request: WorkspaceRequest, number: int) -> HttpResponse:
    """Change what whoever proposes it says."""
    return _edited(request, _found(request, number), load_definition(request.workspace).touchpoints, facade.change)


@require_safe
def case_page(request: WorkspaceRequest, number: int) -> HttpResponse:
    """The one page for the finance director."""
    improvement = _found(request, number)
    case = facade.case(request.workspace, number)
    standing = StandingForm(
        initial={"owner": improvement.owner, "status": improvement.status, "next_review": improvement.next_review}
    )
    document = written_case(case)
    context = {
        "case": case,
        "document": document,
        "sections": [shown(section) for section in document.sections],
        "standing": standing,
        "can_launch": improvement.target is not None,
    }
    return render(request, "improvements/case.html", context)


@require_safe
def case_file(request: WorkspaceRequest, number: int, suffix: str) -> HttpResponse:
    """Give the page as PDF, PowerPoint or Markdown."""
    _found(request, number)
    if suffix not in WRITERS:
        raise Http404
    write, media_type = WRITERS[suffix]
    document = written_case(facade.case(request.workspace, number))
    answer = HttpResponse(write(document, request.build_absolute_uri("/").rstrip("/")), media_type)
    answer["Content-Disposition"] = content_disposition_header(True, f"{document.title}.{suffix}") or ""
    return answer


@require_POST
def change_standing(request: WorkspaceRequest, number: int) -> HttpResponse:
    """Keep owner, status and next review."""
    improvement = _found(request, number)
    form = StandingForm(request.POST)
    if form.is_valid():
        told = form.cleaned_data
        try:
            facade.assign(request.workspace, number, told["owner"], told["next_review"])
            if told["status"] != improvement.status:
                facade.set_status(request.workspace, number, told["status"])
            messages.success(request, "Kept.")
        except ImprovementError as problem:
            messages.error(request, str(problem))
    else:
        messages.error(request, " ".join(str(each) for errors in form.errors.values() for each in errors))
    return redirect("improvement", number)


@require_http_methods(["GET", "HEAD", "POST"])
def launch_page(request: WorkspaceRequest, number: int) -> HttpResponse:
    """Say from when on whom the change reaches; the plan is fixed then."""
    improvement = _found(request, number)
    touchpoint = improvement.touchpoint_id
    known = facade.places(request.workspace, touchpoint)
    form = LaunchForm(request.POST or None, places=known, experiments=experiments(request.workspace))
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        groups = tuple(part.strip() for part in told["groups"].replace("\n", ",").split(",") if part.strip())
        asked = Asked(told["scope"], told["day"], told["group_key"], groups, told["experiment"])
        try:
            launched = facade.launch(request.workspace, number, asked)
        except ImprovementError as problem:
            form.add_error(None, str(problem))
        else:
            until = f"{launched.plan.read_on:%-d %B %Y}" if launched.plan.read_on else ""
            messages.success(request, f"Launched. Plan and decision rule are fixed; it is read on {until}.")
            return redirect("improvement", number)
    case = facade.case(request.workspace, number)
    context = {"improvement": improvement, "form": form, "case": case, "plan": _plan_section(case), "places": known}
    return render(request, "improvements/launch.html", context, status=400 if form.errors else 200)


@require_safe
def ledger_page(request: WorkspaceRequest) -> HttpResponse:
    """Promised beside realised, and how good our promises are."""
    ledger = facade.ledger(request.workspace)
    context = {
        "ledger": ledger,
        "rows": [
            {
                "row": row,
                "promised": _range(row.promised, row.launch.promised_currency),
                "realised": realised_words(row.verdict),
            }
            for row in ledger.rows
        ],
        "calibration": None if isinstance(ledger.calibration, CannotSay) else ledger.calibration,
        "realised": _range(ledger.realised_a_month, ledger.currency),
        "promised": _range(ledger.promised_a_month, ledger.currency),
    }
    return render(request, "improvements/ledger.html", context)


def _edited(
    request: WorkspaceRequest,
    improvement: Improvement,
    touchpoints: Iterable[Touchpoint],
    keep: Callable[[Workspace, Improvement], Improvement],
) -> HttpResponse:
    """A form of an improvement: shown, or kept and shown as its page."""
    form = ImprovementForm(
        request.POST or None,
        initial=filled(improvement),
        touchpoints=touchpoints,
        has_pain=bool(improvement.pain_id),
    )
    if request.method == "POST" and form.is_valid():
        try:
            kept = keep(request.workspace, form.improvement(improvement))
            return redirect("improvement", kept.number)
        except ImprovementError as problem:
            form.add_error(None, str(problem))
    context = {"improvement": improvement, "form": form}
    return render(request, "improvements/form.html", context, status=400 if form.errors else 200)


def _found(request: WorkspaceRequest, number: int) -> Improvement:
    try:
        return facade.improvement(request.workspace, number)
    except ImprovementError as problem:
        raise Http404(str(problem)) from None


def _line(line: Line) -> ShownLine:
    promised = line.promised
    if isinstance(promised, Amount):
        return ShownLine(line, STATUSES[line.improvement.status], _range(promised, line.currency), "")
    return ShownLine(line, STATUSES[line.improvement.status], "", promised.sentence)


def _range(amount: Amount | CannotSay | None, currency: str) -> str:
    if not isinstance(amount, Amount):
        return ""
    return f"{compact_money(amount.median, currency)}, {amount_words(amount, currency)}"


def _plan_section(case: facade.Case) -> ShownSection | None:
    return next((shown(each) for each in written_case(case).sections if each.id == "plan"), None)
