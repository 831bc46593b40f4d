"""Pages on the quality of identities: what they are worth, and the audit of sampled pairs."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from touchline.customers import facade, quality_words
from touchline.customers.forms import LinkForm
from touchline.customers.rules.quality import DIFFERENT, JUDGEMENTS, PairEnd, QualityError
from touchline.customers.rules.timeline import TYPE_NAMES
from touchline.events.facade import source_title
from touchline.formulas.identity_error import ALARM_NAMES, ALARM_ORDERS
from touchline.ui.requests import WorkspaceRequest


@require_safe
def identity(request: WorkspaceRequest) -> HttpResponse:
    """How good identities are."""
    quality = facade.identity_quality(request.workspace)
    audit = quality.audit
    most = max((band.customers for band in quality.sizes), default=0)
    context = {
        "quality": quality,
        "summary": quality_words.summary(quality),
        "headlines": list(quality_words.headline_words(quality.headlines)),
        "overall": quality_words.overall_words(audit.overall),
        "queue": quality_words.queue_words(audit),
        "rules": [
            (each, quality_words.rule_words(each.rule), quality_words.error_words(each.error)) for each in audit.rules
        ],
        "months": [
            (quality_words.month_words(each.month), quality_words.error_words(each.error)) for each in audit.months
        ],
        "refused": [(each, TYPE_NAMES.get(each.type, each.type)) for each in quality.refused],
        "examples": [(each, quality_words.refused_words(each)) for each in quality.refused_examples],
        "canaries": [
            (each, TYPE_NAMES[each.type], list(map(quality_words.rule_words, each.rules))) for each in quality.canaries
        ],
        "canary_rules": [(quality_words.rule_words(rule), count) for rule, count in quality.canaries_by_rule],
        "most": most,
        "alarm_names": ALARM_NAMES,
        "alarm_orders": ALARM_ORDERS,
    }
    return render(request, "customers/identity.html", context)


@require_safe
def audit(request: WorkspaceRequest) -> HttpResponse:
    """The next pair of this month's sample, and what to do about the one that was just judged not to be one person."""
    quality = facade.audit_of(request.workspace)
    pair = next(iter(facade.pairs_to_judge(request.workspace)), None)
    wrong = facade.judged_pair(request.workspace, request.GET.get("wrong", ""))
    context = {
        "audit": quality,
        "queue": quality_words.queue_words(quality),
        "pair": pair,
        "rule": quality_words.rule_words(pair.rule) if pair else "",
        "links": [(each, quality_words.via_words(each)) for each in pair.links] if pair else [],
        "ends": [_end(each) for each in (pair.a, pair.b)] if pair else [],
        "wrong": wrong,
        "wrong_links": [(each, quality_words.via_words(each)) for each in wrong.links] if wrong else [],
        "judgements": JUDGEMENTS.items(),
    }
    return render(request, "customers/identity_audit.html", context)


@require_POST
def judge_pair(request: WorkspaceRequest) -> HttpResponse:
    """Keep what somebody says of a pair."""
    key, judgement = request.POST.get("pair", ""), request.POST.get("judgement", "")
    try:
        facade.judge(request.workspace, key, judgement)
    except QualityError as problem:
        messages.error(request, str(problem))
        return redirect("identity-audit")
    return redirect(f"{reverse('identity-audit')}{f'?wrong={key}' if judgement == DIFFERENT else ''}")


@require_POST
def undo_pair(request: WorkspaceRequest) -> HttpResponse:
    """Take a link of a wrongly joined pair back."""
    form = LinkForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Which link to take back was not said.")
        return redirect("identity-audit")
    try:
        facade.undo_link(request.workspace, form.cleaned_data["a"], form.cleaned_data["b"])
        messages.success(request, "Taken back. Every report counts them as what they are without that link.")
    except facade.UnknownLinkError as problem:
        messages.error(request, str(problem))
    return redirect("identity-audit")


def _end(end: PairEnd) -> dict[str, object]:
    return {
        "name": end,
        "type": TYPE_NAMES[end.type],
        "sources": [source_title(each) for each in end.sources],
        "facts": [(key.replace("_", " "), quality_words.fact_words(value)) for key, value in end.facts],
    }
