"""Counting what a verdict needs, and what its money rests on."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Final

from touchline.engine.question import run
from touchline.engine.remembering import Memory
from touchline.engine.sums import Sums
from touchline.engine.workspace import Workspace
from touchline.formulas.cannot_say import CannotSay
from touchline.formulas.forecast_ledger import realised_amount
from touchline.improvements.questions.experiment_verdicts import experiment_verdict
from touchline.improvements.questions.facts import pain_of
from touchline.improvements.questions.kept import improvements, launch_of
from touchline.improvements.questions.weekly import WEEK, data_until, weekly
from touchline.improvements.questions.worths import moment_at, worth_of
from touchline.improvements.rules.improvement import Improvement, ImprovementError
from touchline.improvements.rules.launch import Launch
from touchline.improvements.rules.reading import OtherLaunch, ReadFacts, read_roll_out
from touchline.improvements.rules.target import PURCHASE_DAYS, TargetMetric
from touchline.improvements.rules.verdict import Verdict
from touchline.improvements.rules.weekly import EVERYBODY, WeeklyCounts, weekly_counts
from touchline.value.facade import assumptions

ELSEWHERE: Final = f"""
select '', {WEEK}, count(*), sum(v.experience)
from responses v
where v.touchpoint <> $touchpoint and v.experience is not null and {{bucket}}
group by all
"""
"""Experience at all other touchpoints: a change at one of them should leave it where it was."""

UNTOUCHED: Final = f"""
with orders as (
  select i.customer, e.time from events e join kinds k using (kind) join identities i on i.identifier = e.who
  where lower(k.name) in ('order completed', 'purchase')
),
came as (select distinct customer from visits where touchpoint = $touchpoint)
select '', {WEEK}, count(*),
  sum(exists (
    select 1 from orders o
    where o.customer = v.customer and o.time > v.time and o.time <= v.time + interval {PURCHASE_DAYS} days
  )::integer)
from visits v anti join came using (customer)
where v.time < $until and {{bucket}}
group by all
"""
"""Purchases after visits of customers who never came to a touchpoint: a change there cannot have reached them."""

_verdicts: Memory[Verdict] = Memory()


def verdict_of(workspace: Workspace, found: Improvement) -> Verdict:
    """What a launched improvement did; a sentence where that cannot be read."""
    launched = launch_of(workspace, found.number)
    moment = moment_at(workspace, found.touchpoint_id)
    key = (found, launched, assumptions(workspace), pain_of(workspace, found), moment)
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
    unmoved = unmoved_weeks(workspace, found.target, counts, latest) if launched.scope == "everyone" else None
    facts = ReadFacts(found.number, found.target, launched, counts, latest, now, unmoved, others)
    return _with_money(workspace, found, facts, read_roll_out(facts))


def _others(workspace: Workspace, found: Improvement) -> tuple[OtherLaunch, ...]:
    launched = [
        (each, launch_of(workspace, each.number))
        for each in improvements(workspace)
        if each.number != found.number and each.touchpoint_id == found.touchpoint_id
    ]
    return tuple(OtherLaunch(each.number, each.title, launch.day) for each, launch in launched if launch)


def unmoved_weeks(
    workspace: Workspace, target: TargetMetric, counts: WeeklyCounts, latest: datetime
) -> WeeklyCounts | None:
    """What a change at the touchpoint cannot have moved, week by week."""
    position = workspace.store.value("select position from touchpoints where id = ?", [target.touchpoint_id])
    until = latest.date() - timedelta(days=target.follow_up_days)
    values = {"anchor": counts.anchor, "touchpoint": position, "until": datetime.combine(until, time.min)}
    # Whoever is helped at one touchpoint buys after visits to others too: only those who never came are left as they were.
    found = run(Sums(UNTOUCHED if target.kind == "purchase" else ELSEWHERE, 2, values), workspace.store)
    cells = {(EVERYBODY, week): figures for (_, week), figures in found.items()}
    return weekly_counts(counts.anchor, cells, counts.day(0), until)


def _with_money(workspace: Workspace, found: Improvement, facts: ReadFacts, read: Verdict) -> Verdict:
    """The verdict with what the change brings a month within its scope."""
    if not read.is_read or read.grade is None or read.effect is None or read.low is None or read.high is None:
        return read
    worth = worth_of(workspace, found, facts)
    if isinstance(worth, CannotSay):
        return replace(read, money_sentence=worth.sentence)
    measured = read.effect, read.low, read.high
    realised = realised_amount(f"improvement {found.number}", measured, worth.times_a_month, worth.draws)
    priced = replace(
        read,
        realised=realised if read.grade.has_money else None,
        currency=worth.currency,
        money_is_lead=worth.is_lead,
    )
    told = f"The measured change × {worth.times_a_month:,.0f} {worth.times_are} × {worth.rests_on}."
    return replace(priced, money_sentence=f"{told}{_why_a_range(priced)}")


def _why_a_range(priced: Verdict) -> str:
    if priced.money_may_be_summed:
        return ""
    if priced.money_is_lead:
        return " How buying goes along with scores is an association, so this is a range only, and it enters no sum."
    return " With this grade it is a range only, and it enters no sum."
