"""Putting the case for a change together from what is known now."""

from __future__ import annotations

from typing import Final

from touchline.engine.workspace import Workspace
from touchline.formulas.cannot_say import CannotSay
from touchline.formulas.evidence_grade import GRADES, EvidenceGrade
from touchline.formulas.money_at_stake import Amount, amount_of
from touchline.formulas.quantile_draws import quantile_draws
from touchline.formulas.worth_fixing import WorthFixing, worth_fixing
from touchline.improvements.questions.facts import pain_of, plan_of_now, removed_draws
from touchline.improvements.questions.kept import launch_of
from touchline.improvements.questions.verdicts import verdict_of
from touchline.improvements.questions.weekly import data_until
from touchline.improvements.rules.case import Case, Evidence
from touchline.improvements.rules.improvement import Improvement
from touchline.improvements.rules.law import law_of
from touchline.improvements.rules.plan import MeasurementPlan
from touchline.improvements.rules.target import TargetMetric, level_words
from touchline.pains.facade import Pain, UnknownPainError, pain, quotes_of
from touchline.value.facade import assumption_sentences, assumptions

MOST_QUOTES: Final = 3
NO_CLAIM: Final = "A change of our own accord: no pain point stands behind it."
NO_PAIN: Final = CannotSay(
    "no-pain",
    "No pain point stands behind it, so nothing is known yet about what doing nothing costs. It is a hypothesis until a verdict.",
)


def proposal_for(workspace: Workspace, pain_id: str) -> Improvement:
    """An improvement filled with what is known about a pain; not kept yet. Raises UnknownPainError."""
    found = pain(workspace, pain_id)
    return Improvement(
        number=0,
        title=f"Fix “{found.headline}”",
        pain_id=found.id,
        touchpoint_id=found.touchpoint,
        target=TargetMetric("bad-visits", found.touchpoint, found.touchpoint_name, found.id),
        options=("Do nothing: what it costs goes on.",),
        risks=_risks(found),
        law=law_of(found.symptom),
    )


def case_of(workspace: Workspace, improvement: Improvement) -> Case:
    """Everything the one page says."""
    hurting = pain_of(workspace, improvement)
    launched = launch_of(workspace, improvement.number)
    loss, currency = _loss(hurting)
    currency = currency or assumptions(workspace).currency or workspace.settings.currency
    is_firm = hurting is not None and hurting.money is not None and hurting.money.is_firm
    latest = data_until(workspace)
    plan = launched.plan if launched else plan_of_now(workspace, improvement)
    return Case(
        improvement=improvement,
        headline=hurting.claim_sentence if hurting else improvement.summary or NO_CLAIM,
        current_state=_state(hurting) if hurting else _own_state(improvement, plan),
        quotes=_quotes(workspace, improvement),
        grade=_grade(hurting),
        loss_a_month=loss,
        is_firm=is_firm,
        promised_a_month=promised_now(workspace, improvement)[1],
        worth=_worth(workspace, improvement, loss, is_firm, hurting),
        currency=currency,
        assumptions=assumption_sentences(workspace, currency) if isinstance(loss, Amount) else (),
        plan=plan,
        launch=launched,
        verdict=verdict_of(workspace, improvement) if launched else None,
        data_until=f"{latest:%-d %B %Y}" if latest else "",
    )


def promised_now(workspace: Workspace, improvement: Improvement) -> tuple[Pain | None, Amount | CannotSay, str]:
    """The pain behind an improvement, what fixing it promises a month (as fixed at launch, once launched), and the currency."""
    hurting = pain_of(workspace, improvement)
    launched = launch_of(workspace, improvement.number)
    if launched is not None:
        return hurting, launched.promised or _not_firm(hurting), launched.promised_currency
    loss, currency = _loss(hurting)
    is_firm = hurting is not None and hurting.money is not None and hurting.money.is_firm
    return hurting, _promised(improvement, loss, is_firm), currency


def _risks(found: Pain) -> tuple[str, ...]:
    risks = []
    if found.grade in ("C", "D"):
        risks.append("What sufferers lost may have another cause that no data show; the verdict will tell.")
    if found.intervened:
        risks.append(
            "Somebody acts on bad visits already (refunds, follow-up): what was measured is the effect of both."
        )
    return tuple(risks)


def _state(found: Pain) -> tuple[Evidence, ...]:
    link = f"/pains/{found.id}"
    rate = found.rate
    state = [
        Evidence(
            f"How many: {found.bad_visits:,} of {found.visits:,} visits, {rate.value:.1%} (95% interval {rate.low:.1%} to "
            f"{rate.high:.1%}); elsewhere in {found.stage_name} {found.baseline.value:.1%}. {found.sufferers:,} customers.",
            f"{link}#how-many",
            found.visits,
        )
    ]
    gap = found.score_gap
    if gap is not None:
        said = f"{gap.value:+.0f} points of experience (95% interval {gap.low:+.0f} to {gap.high:+.0f})".replace(
            "-", "−"
        )
        state.append(Evidence(f"How bad: sufferers score {said}.", f"{link}#how-bad", gap.answers + gap.others))
    else:
        state.append(Evidence(f"How bad: {found.score_gap_why}", f"{link}#how-bad"))
    state.append(Evidence(f"What it costs: {found.claim_sentence}", f"{link}#what-it-costs", found.claim.n))
    if not found.is_supported:
        state.append(Evidence(f"No longer supported: {found.status_why}", link))
    return tuple(state)


def _own_state(improvement: Improvement, plan: MeasurementPlan | CannotSay) -> tuple[Evidence, ...]:
    if isinstance(plan, CannotSay) or plan.baseline is None:
        return ()
    link = f"/?touchpoint={improvement.touchpoint_id}"
    return (Evidence(f"{plan.target}: {level_words(plan.baseline, plan.unit)} before.", link),)


def _quotes(workspace: Workspace, improvement: Improvement) -> tuple[str, ...]:
    if not improvement.pain_id:
        return ()
    try:
        return tuple(quote.text for quote in quotes_of(workspace, improvement.pain_id, most=MOST_QUOTES))
    except UnknownPainError:
        return ()


def _grade(found: Pain | None) -> EvidenceGrade:
    letter = found.grade if found else "E"
    return next(each for each in GRADES if each.letter == letter)


def _loss(found: Pain | None) -> tuple[Amount | CannotSay, str]:
    if found is None:
        return NO_PAIN, ""
    if found.money is None:
        return CannotSay("no-amount", found.money_why), ""
    kept = found.money.amount
    return amount_of(quantile_draws(f"{found.id}: loss", kept.median, kept.low, kept.high)), found.money.currency


def _promised(improvement: Improvement, loss: Amount | CannotSay, is_firm: bool) -> Amount | CannotSay:
    if isinstance(loss, CannotSay):
        return loss
    return amount_of(loss.draws * removed_draws(improvement)) if is_firm else _RANGE_ONLY


_RANGE_ONLY: Final = CannotSay(
    "range-only", "With this grade nothing is promised: what it costs is a range, and a lead only."
)


def _not_firm(found: Pain | None) -> CannotSay:
    return _RANGE_ONLY if found else NO_PAIN


def _worth(
    workspace: Workspace, improvement: Improvement, loss: Amount | CannotSay, is_firm: bool, found: Pain | None
) -> WorthFixing | CannotSay:
    if isinstance(loss, CannotSay):
        return loss
    if not is_firm:
        return _not_firm(found)
    if improvement.cost is None:
        return CannotSay("no-cost", "Say what the fix costs, and whether and when it pays is said here.")
    rests = assumptions(workspace)
    return worth_fixing(
        loss,
        improvement.cost,
        share_avoided=removed_draws(improvement),
        running_cost_a_month=improvement.running_cost_a_month,
        horizon_months=rests.horizon_months,
        discount_a_year=rests.discount_a_year,
    )
