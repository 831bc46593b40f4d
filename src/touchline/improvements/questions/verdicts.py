"""Counting what a verdict needs, and what its money rests on."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

from touchline.engine.question import run
from touchline.engine.remembering import Memory
from touchline.engine.sums import Sums
from touchline.engine.workspace import Workspace
from touchline.formulas.cannot_say import CannotSay
from touchline.formulas.draws import Draws
from touchline.formulas.forecast_ledger import realised_amount
from touchline.formulas.quantile_draws import quantile_draws
from touchline.improvements.questions.experiment_verdicts import experiment_verdict
from touchline.improvements.questions.facts import pain_of
from touchline.improvements.questions.kept import improvements, launch_of
from touchline.improvements.questions.weekly import WEEK, data_until, weekly
from touchline.improvements.rules.improvement import Improvement, ImprovementError
from touchline.improvements.rules.launch import Launch
from touchline.improvements.rules.reading import OtherLaunch, ReadFacts, read_roll_out
from touchline.improvements.rules.target import PURCHASE_DAYS, TargetMetric
from touchline.improvements.rules.verdict import WEEKS_A_MONTH, Verdict
from touchline.improvements.rules.weekly import EVERYBODY, WeeklyCounts, weekly_counts
from touchline.value.facade import assumptions, value_of_kept_customer

ELSEWHERE: Final = f"""
select '', {WEEK}, count(*), sum(v.experience)
from responses v
where v.touchpoint <> $touchpoint and v.experience is not null and {{bucket}}
group by all
"""
"""Experience at all other touchpoints: a change at one of them should leave it where it was."""

_verdicts: Memory[Verdict] = Memory()


def verdict_of(workspace: Workspace, found: Improvement) -> Verdict:
    """What a launched improvement did; a sentence where that cannot be read."""
    launched = launch_of(workspace, found.number)
    key = (found, launched, assumptions(workspace), pain_of(workspace, found))
    return _verdicts.recall(workspace, ("verdict", repr(key)), lambda: _verdict(workspace, found, launched))


def _verdict(workspace: Workspace, found: Improvement, launched: Launch | None) -> Verdict:
    now = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
    latest = data_until(workspace)
    if found.target is None:
        return Verdict(found.number, "cannot say", "It has no target metric, so there is nothing to read.", now)
    if launched is None:
        return Verdict(
            found.number, "too early", "It was not launched yet: say when and for whom, and it is measured.", now
        )
    if latest is None:
        return Verdict(found.number, "cannot say", "There are no data.", now)
    if launched.experiment:
        return experiment_verdict(workspace, found, launched, now)
    try:
        counts = weekly(workspace, found.target, launched.day, launched.group_key)
    except ImprovementError as problem:
        return Verdict(found.number, "cannot say", str(problem), now)
    others = _others(workspace, found)
    unmoved = _elsewhere(workspace, found.target, counts, latest) if launched.scope == "everyone" else None
    facts = ReadFacts(found.number, found.target, launched, counts, latest, now, unmoved, others)
    return _with_money(workspace, found, facts, read_roll_out(facts))


def _others(workspace: Workspace, found: Improvement) -> tuple[OtherLaunch, ...]:
    launched = [
        (each, launch_of(workspace, each.number))
        for each in improvements(workspace)
        if each.number != found.number and each.touchpoint_id == found.touchpoint_id
    ]
    return tuple(OtherLaunch(each.number, each.title, launch.day) for each, launch in launched if launch)


def _elsewhere(
    workspace: Workspace, target: TargetMetric, counts: WeeklyCounts, latest: datetime
) -> WeeklyCounts | None:
    if target.kind == "purchase":
        return None  # whoever is helped at one touchpoint buys after visits to others too
    position = workspace.store.value("select position from touchpoints where id = ?", [target.touchpoint_id])
    asked = Sums(ELSEWHERE, 2, {"anchor": counts.anchor, "touchpoint": position})
    found = run(asked, workspace.store)
    cells = {(EVERYBODY, week): figures for (_, week), figures in found.items()}
    return weekly_counts(counts.anchor, cells, counts.day(0), latest.date())


def _with_money(workspace: Workspace, found: Improvement, facts: ReadFacts, read: Verdict) -> Verdict:
    """The verdict with what the change brings a month within its scope."""
    if not read.is_read or read.grade is None or read.effect is None or read.low is None or read.high is None:
        return read
    worth = _worth_of_one(workspace, found)
    if isinstance(worth, CannotSay):
        return replace(read, money_sentence=worth.sentence)
    draws, currency, rests_on = worth
    visits_a_month = _visits_a_week(facts) * WEEKS_A_MONTH
    measured = read.effect, read.low, read.high
    realised = realised_amount(f"improvement {found.number}", measured, visits_a_month, draws)
    shown = "" if read.grade.may_be_summed else " With this grade it is a range only, and it enters no sum."
    return replace(
        read,
        realised=realised if read.grade.has_money else None,
        currency=currency,
        money_sentence=f"The measured change × {visits_a_month:,.0f} visits a month within the launch × {rests_on}.{shown}",
    )


def _visits_a_week(facts: ReadFacts) -> float:
    """Visits with the change per week after the launch."""
    counts, plan = facts.counts, facts.launch.plan
    after = counts.of_columns(counts.before, counts.before + plan.weeks)
    reached = {group for wave in facts.launch.waves for group in wave.groups}
    rows = [row for row, group in enumerate(after.groups) if not reached or group in reached]
    return float(after.of_rows(rows).n.sum()) / plan.weeks


def _worth_of_one(workspace: Workspace, found: Improvement) -> tuple[Draws, str, str] | CannotSay:
    """What one unit of the target is worth: a bad visit more (negative), or a purchase more."""
    kind = found.target.kind if found.target else ""
    if kind == "purchase":
        value = value_of_kept_customer(workspace, window_days=PURCHASE_DAYS)
        if isinstance(value, CannotSay):
            return value
        return value.amount.draws, value.currency, "what a customer who buys is worth more than one who does not"
    if kind == "experience":
        return CannotSay(
            "points", "Points of experience are no money: choose purchases as the target to be told an amount."
        )
    hurting = pain_of(workspace, found)
    if hurting is None or hurting.money is None or hurting.bad_visits_a_month <= 0:
        return CannotSay(
            "no-amount", f"No amount: {hurting.money_why if hurting else 'the pain point is not known any more.'}"
        )
    loss = hurting.money.amount
    draws = quantile_draws(f"{hurting.id}: loss", loss.median, loss.low, loss.high) / hurting.bad_visits_a_month
    return -draws, hurting.money.currency, "what one bad visit costs"
