"""The page about value: what customers are worth, and the assumptions behind every amount."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_http_methods

from touchline.ui.drawing.theme import PAGE
from touchline.ui.requests import WorkspaceRequest
from touchline.value import contract_wording, facade, wording
from touchline.value.drawing import BUYING, RUNNING, CurveWords, Point, draw_curve
from touchline.value.forms import AssumptionsForm
from touchline.value.rules.contracts import ContractFigures
from touchline.value.rules.report import GroupFigures, ValueReport


@require_http_methods(["GET", "HEAD", "POST"])
def value_page(request: WorkspaceRequest) -> HttpResponse:
    """Show value; set assumptions, whereupon amounts follow at once."""
    form = AssumptionsForm.showing(facade.assumptions(request.workspace))
    if request.method == "POST":
        form = AssumptionsForm(request.POST)
        if form.is_valid():
            try:
                facade.set_assumptions(request.workspace, form.changes, form.cleaned_data["note"])
            except facade.AssumptionError as problem:
                form.add_error(None, str(problem))
            else:
                messages.success(request, "Changed. Every amount of money follows these assumptions from now on.")
                return redirect("value")
    report = facade.value_report(request.workspace)
    context = {"form": form, "report": report, "assumptions": report.assumptions, **_shown(report)}
    return render(request, "value/value.html", context, status=400 if form.is_bound else 200)


def _shown(report: ValueReport) -> dict[str, object]:
    """Figures as they are written."""
    horizon = next(each.shown for each in report.assumptions if each.name == "horizon_months")
    contracts = _contracts(report.contracts, horizon) if report.contracts else {}
    if report.everybody is None:
        return contracts
    return {
        **contracts,
        "summary": wording.summary(report),
        "horizon": horizon,
        "tiles": wording.tiles(report, horizon),
        "by_orders": [_row(each, report) for each in report.by_orders],
        "segments": [_row(each, report) for each in report.segments],
        "bought_for": wording.bought_for_words(report),
        "curve": _drawn([each.days for each in report.curve], report.curve, BUYING),
        "listed": [
            (day, f"{100 * point.share:.1f}%", wording.band_words(point), point.followed)
            for day, point in wording.listed(report.curve)
        ],
    }


def _contracts(found: ContractFigures, horizon: str) -> dict[str, object]:
    return {
        "contracts": contract_wording.contract_sentences(found, horizon),
        "contract_heads": contract_wording.HEADS,
        "contract_rows": tuple(contract_wording.contract_rows(found)),
        "contract_curve": _drawn([each.months for each in found.curve], found.curve, RUNNING),
    }


def _drawn(times: Sequence[float], points: Sequence[Point], told: CurveWords) -> str:
    return mark_safe(draw_curve(times, points, told, PAGE)) if points else ""  # noqa: S308 - drawn and escaped by us


def _row(group: GroupFigures, report: ValueReport) -> dict[str, object]:
    return {
        "name": group.name,
        "customers": group.customers,
        "each": wording.amount_words(group.each, report.currency),
        "together": wording.large_amount_words(group.together, report.currency),
        "lapsed": wording.share_words(group.lapsed),
        "hardly": wording.share_words(group.hardly),
        "longer": wording.longer_words(group, report.within_days),
        "why": group.why,
    }
