"""Launching: saying from when on whom a change reaches, and fixing on that day how it will be measured."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime, timedelta

from touchline.engine.workspace import Workspace
from touchline.experiments.facade import Experiment, experiment
from touchline.formulas.cannot_say import CannotSay
from touchline.formulas.money_at_stake import Amount, amount_of
from touchline.formulas.quantile_draws import quantile_draws
from touchline.improvements.questions.facts import pain_of, plan_facts, removed_draws
from touchline.improvements.questions.kept import improvement, launch_of
from touchline.improvements.questions.weekly import places
from touchline.improvements.rules.improvement import Improvement, ImprovementError
from touchline.improvements.rules.launch import SCOPES, Launch, Wave
from touchline.improvements.rules.plan import (
    BEFORE_AFTER,
    EXPERIMENT,
    ROLL_OUT,
    SERIES,
    SYNTHETIC,
    MeasurementPlan,
    plan_digest,
)
from touchline.improvements.rules.planning import FEWEST_GROUPS, FEWEST_WEEKS_BEFORE, PlanFacts, decision_rule, plan_of
from touchline.pains.facade import Pain

INSERT = "insert into improvement_launches values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
FEWEST_WEEKS_FOR_SERIES = 12


@dataclass(frozen=True)
class Asked:
    """What whoever launches says."""

    scope: str
    day: date
    group_key: str = ""
    groups: tuple[str, ...] = ()
    experiment: str = ""


def launch(workspace: Workspace, number: int, asked: Asked, today: date | None = None) -> Launch:
    """Launch, or launch in further groups. Fixes plan, decision rule and promise on the first day.

    Raises ImprovementError with a sentence for what cannot be measured or meant.
    """
    found = improvement(workspace, number)
    before = launch_of(workspace, number)
    if before is not None:
        return _further_wave(workspace, number, before, asked)
    if found.target is None:
        raise ImprovementError(
            "It has no target metric, so nothing could be read afterwards. Say what is to move first."
        )
    if asked.scope not in SCOPES:
        raise ImprovementError(f"There is no scope “{asked.scope}”. There are: {', '.join(SCOPES)}.")
    facts = plan_facts(workspace, found, found.target)
    if facts is None:
        raise ImprovementError("There are no data yet: without a level from before, no change can be read.")
    drawn = _drawn_by(workspace, asked)
    reached = _share_that_gets(drawn) if drawn else _reached(facts, workspace, asked)
    plan = plan_of(facts, _rung(facts, asked))
    if isinstance(plan, CannotSay):
        raise ImprovementError(plan.sentence)
    plan = replace(plan, read_on=asked.day + timedelta(weeks=plan.weeks, days=found.target.follow_up_days))
    if drawn:
        plan = _as_drawn(plan, drawn)
    promised, currency = promise(pain_of(workspace, found), found, reached)
    digest = plan_digest(plan, asked.day, asked.scope)
    fixed = today or datetime.now(UTC).date()
    launched = Launch(
        asked.scope,
        (Wave(asked.day, asked.groups),),
        plan,
        digest,
        fixed,
        asked.group_key,
        asked.experiment if drawn else "",
        _share_that_gets(drawn) if drawn else None,
        promised,
        currency,
    )
    _write(workspace, number, launched)
    return launched


def promise(found: Pain | None, improvement: Improvement, reached: float) -> tuple[Amount | None, str]:
    """Money a month that the fix is to bring within a scope that reaches so much of the visits; None where none may be said."""
    if found is None or found.money is None or not found.money.is_firm:
        return None, ""
    loss = found.money.amount
    draws = quantile_draws(f"{found.id}: loss", loss.median, loss.low, loss.high)
    return amount_of(draws * removed_draws(improvement) * reached), found.money.currency


def _rung(facts: PlanFacts, asked: Asked) -> str:
    """How a launch can be measured, once it is said whom it reaches."""
    if asked.scope in ("share", "flag"):
        return EXPERIMENT
    if asked.scope == "groups":
        return ROLL_OUT if len(asked.groups) > 1 else SYNTHETIC
    return SERIES if facts.counts.weeks >= FEWEST_WEEKS_FOR_SERIES else BEFORE_AFTER


def _drawn_by(workspace: Workspace, asked: Asked) -> Experiment | None:
    """The experiment that draws who gets the change. Raises ImprovementError where it is not there or not begun."""
    if asked.scope not in ("share", "flag"):
        return None
    if not asked.experiment:
        raise ImprovementError("Name the experiment that draws who gets the change; it says later who had it.")
    found = experiment(workspace, asked.experiment)
    if found is None:
        raise ImprovementError(f"There is no experiment “{asked.experiment}”. Plan it on the page “Experiments” first.")
    if found.started is None:
        raise ImprovementError(f"The experiment “{found.name}” has not been started, so nobody is drawn yet.")
    if found.started.date() > asked.day:
        raise ImprovementError(f"The experiment “{found.name}” began on {found.started:%-d %B %Y}, after that day.")
    return found


def _share_that_gets(drawn: Experiment) -> float:
    return drawn.arms[1][1] / sum(buckets for _, buckets in drawn.arms) * drawn.included


def _as_drawn(plan: MeasurementPlan, drawn: Experiment) -> MeasurementPlan:
    """The plan of the experiment, which was fixed when it began."""
    metric = drawn.metric.words
    return replace(
        plan,
        target=metric,
        unit=drawn.metric.unit,
        baseline=None,
        smallest_effect=drawn.smallest_change,
        weeks=drawn.planned_weeks,
        decision_rule=decision_rule(metric, drawn.planned_weeks, is_better_up=True),
        read_on=drawn.read_on.date() if drawn.read_on else plan.read_on,
    )


def _reached(facts: PlanFacts, workspace: Workspace, asked: Asked) -> float:
    """The share of visits that a launch reaches. Raises ImprovementError where nobody would be left to compare with."""
    if facts.counts.weeks < FEWEST_WEEKS_BEFORE:
        raise ImprovementError(
            f"There {'is' if facts.counts.weeks == 1 else 'are'} {facts.counts.weeks} whole "
            f"week{'' if facts.counts.weeks == 1 else 's'} of data about “{facts.target.words}”; at least {FEWEST_WEEKS_BEFORE} "
            "before the launch are needed to read it."
        )
    if asked.scope == "everyone":
        return 1.0
    known = places(workspace, facts.target.touchpoint_id).get(asked.group_key.lower(), {})
    return _reached_groups(known, asked)


def _reached_groups(known: dict[str, int], asked: Asked) -> float:
    if not known:
        raise ImprovementError(
            f"Customers of this touchpoint are not divided by “{asked.group_key}”: no such fact is known about them, or it has "
            "one value only. With one region there is nobody to compare with."
        )
    strange = [each for each in asked.groups if each not in known]
    if not asked.groups or strange:
        named = (
            f"There is no {asked.group_key} “{strange[0]}”." if strange else f"Choose at least one {asked.group_key}."
        )
        raise ImprovementError(f"{named} There are: {', '.join(sorted(known)[:20])}.")
    if len(asked.groups) == len(known):
        raise ImprovementError(
            f"These are all values of “{asked.group_key}” there are: nobody is left to compare with. Launch for everyone, or "
            "leave some out until the reading."
        )
    if len(asked.groups) > 1 and len(known) < FEWEST_GROUPS:
        raise ImprovementError(
            f"“{asked.group_key}” has {len(known)} values; comparing them over time needs at least {FEWEST_GROUPS}. Launch for "
            "everyone and be read as a series, or draw a share of customers."
        )
    return sum(known[each] for each in asked.groups) / sum(known.values())


def _further_wave(workspace: Workspace, number: int, before: Launch, asked: Asked) -> Launch:
    if before.scope != "groups" or asked.scope != "groups" or asked.group_key.lower() != before.group_key.lower():
        raise ImprovementError(
            f"It was launched on {before.day:%-d %B %Y} already. Only further regions or groups can follow, and the plan stays."
        )
    reached = {group for wave in before.waves for group in wave.groups}
    new = tuple(group for group in asked.groups if group not in reached)
    if not new:
        raise ImprovementError("These groups have the change already.")
    if asked.day <= before.waves[-1].day:
        raise ImprovementError(f"A further wave comes after the last one, of {before.waves[-1].day:%-d %B %Y}.")
    launched = replace(before, waves=(*before.waves, Wave(asked.day, new)))
    with workspace.store.transaction() as writer:
        writer.execute("update improvement_launches set waves = ? where improvement = ?", [_waves(launched), number])
    return launched


def _write(workspace: Workspace, number: int, launched: Launch) -> None:
    promised = launched.promised
    quantiles = [promised.low, promised.median, promised.high, launched.promised_currency] if promised else None
    values = [
        number,
        launched.scope,
        _waves(launched),
        launched.group_key,
        launched.share,
        launched.experiment,
        json.dumps(asdict(launched.plan), default=str, ensure_ascii=False),
        launched.digest,
        datetime.combine(launched.fixed, datetime.min.time()),
        json.dumps(quantiles) if quantiles else "",
    ]
    with workspace.store.transaction() as writer:
        writer.execute(INSERT, values)
        writer.execute("update improvements set status = 'launched' where improvement = ?", [number])


def _waves(launched: Launch) -> str:
    return json.dumps([[wave.day.isoformat(), list(wave.groups)] for wave in launched.waves], ensure_ascii=False)
