"""What a measurement plan is made of."""

from __future__ import annotations

from datetime import timedelta

from touchline.engine.remembering import Memory
from touchline.engine.workspace import Workspace
from touchline.events.facade import CHANNELS
from touchline.formulas.cannot_say import CannotSay
from touchline.formulas.draws import Draws
from touchline.formulas.quantile_draws import quantile_draws
from touchline.improvements.questions.weekly import POSITION, data_until, places, weekly
from touchline.improvements.rules.improvement import Improvement, ImprovementError
from touchline.improvements.rules.plan import MeasurementPlan
from touchline.improvements.rules.planning import PlanFacts, plan_of
from touchline.improvements.rules.target import TargetMetric
from touchline.pains.facade import Pain, UnknownPainError, pain

ON_THE_WEB = ("web", "app")
CHANNEL_COUNTS = "select channel, count(*) from visits where touchpoint = ? group by channel"

_plans: Memory[MeasurementPlan | CannotSay] = Memory()


def pain_of(workspace: Workspace, improvement: Improvement) -> Pain | None:
    """The pain point an improvement is for; None where there is none, or none any more."""
    if not improvement.pain_id:
        return None
    try:
        return pain(workspace, improvement.pain_id)
    except UnknownPainError:
        return None


def plan_facts(workspace: Workspace, improvement: Improvement, target: TargetMetric) -> PlanFacts | None:
    """What is known up to now; None where there are no data. Raises ImprovementError."""
    latest = data_until(workspace)
    if latest is None:
        return None
    anchor = latest.date() - timedelta(days=target.follow_up_days)
    divided = places(workspace, target.touchpoint_id)
    return PlanFacts(
        target,
        weekly(workspace, target, anchor),
        {key: weekly(workspace, target, anchor, key) for key in divided},
        _web_share(workspace, target.touchpoint_id),
        expected_effect(pain_of(workspace, improvement), improvement, target),
    )


def expected_effect(found: Pain | None, improvement: Improvement, target: TargetMetric) -> float | None:
    """What the fix should do to the target, from how many suffer, how badly, and how much of it is to go away."""
    if found is None:
        return None
    fewer = found.rate.value * sum(improvement.removes) / 2
    if target.kind == "bad-visits":
        return -fewer
    if target.kind == "experience":
        return -fewer * found.score_gap.value if found.score_gap else None
    return -fewer * found.effect.value if found.effect else None


def plan_of_now(workspace: Workspace, proposed: Improvement) -> MeasurementPlan | CannotSay:
    """The best measurement plan there is for an improvement, from the data of now."""
    if proposed.target is None:
        return CannotSay(
            "no-target", "It has no target metric yet: say what is to move, and the measurement plan is made of it."
        )
    target = proposed.target
    key = ("plan", target, proposed.removes, repr(pain_of(workspace, proposed)))
    return _plans.recall(workspace, key, lambda: _plan(workspace, proposed, target))


def _plan(workspace: Workspace, proposed: Improvement, target: TargetMetric) -> MeasurementPlan | CannotSay:
    try:
        facts = plan_facts(workspace, proposed, target)
    except ImprovementError as problem:
        return CannotSay("gone", str(problem))
    if facts is None:
        return CannotSay("no-data", "There are no data yet, so no change can be planned for or read.")
    return plan_of(facts)


def removed_draws(improvement: Improvement) -> Draws:
    """Draws of the share of the pain that goes away."""
    low, high = improvement.removes
    return quantile_draws(f"improvement {improvement.number}: removes", (low + high) / 2, low, high).clip(0.0, 1.0)


def _web_share(workspace: Workspace, touchpoint_id: str) -> float:
    position = workspace.store.value(POSITION, [touchpoint_id])
    counted = {CHANNELS[channel]: int(visits) for channel, visits in workspace.store.rows(CHANNEL_COUNTS, [position])}
    return sum(counted.get(each, 0) for each in ON_THE_WEB) / max(sum(counted.values()), 1)
