"""What one unit of a target is worth, and how often a month it counts: what the money of a verdict rests on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from touchline.engine.workspace import Workspace
from touchline.formulas.cannot_say import CannotSay
from touchline.formulas.draws import Draws
from touchline.formulas.forecast_ledger import worth_of_a_point
from touchline.formulas.quantile_draws import quantile_draws
from touchline.improvements.questions.facts import pain_of
from touchline.improvements.rules.improvement import Improvement
from touchline.improvements.rules.reading import ReadFacts
from touchline.improvements.rules.target import PURCHASE_DAYS, change_words, interval_words
from touchline.improvements.rules.verdict import WEEKS_A_MONTH
from touchline.improvements.rules.weekly import WeeklyCounts
from touchline.pains.facade import MomentOfTruth, kept_pains
from touchline.value.facade import value_of_kept_customer

NO_MONEY = "Points of experience are no money: "
INSTEAD = "choose purchases as the target to be told an amount."
VISITS = "visits a month within the launch"
A_BUYER = "what a customer who buys is worth more than one who does not"


@dataclass(frozen=True)
class Worth:
    """What one unit of the target is worth."""

    draws: Draws
    currency: str
    rests_on: str
    times_a_month: float
    """How often it counts."""
    times_are: str
    is_lead: bool = False
    """Whether it leans on an association."""


def moment_at(workspace: Workspace, touchpoint_id: str) -> MomentOfTruth | None:
    """How buying goes along with the score of a touchpoint, as computed last; None where that is not known."""
    found = kept_pains(workspace)
    return next((each for each in found.moments if each.touchpoint == touchpoint_id), None) if found else None


def worth_of(workspace: Workspace, found: Improvement, facts: ReadFacts) -> Worth | CannotSay:
    """What one unit of the target is worth: a bad visit more (negative), a purchase more, or a point of score more."""
    visits_a_month = _counted_a_week(facts) * WEEKS_A_MONTH
    if facts.target.kind == "purchase":
        value = value_of_kept_customer(workspace, window_days=PURCHASE_DAYS)
        if isinstance(value, CannotSay):
            return value
        return Worth(value.amount.draws, value.currency, A_BUYER, visits_a_month, VISITS)
    if facts.target.kind == "experience":
        return _of_a_point(workspace, facts)
    hurting = pain_of(workspace, found)
    if hurting is None or hurting.money is None or hurting.bad_visits_a_month <= 0:
        return CannotSay(
            "no-amount", f"No amount: {hurting.money_why if hurting else 'the pain point is not known any more.'}"
        )
    loss = hurting.money.amount
    draws = quantile_draws(f"{hurting.id}: loss", loss.median, loss.low, loss.high) / hurting.bad_visits_a_month
    return Worth(-draws, hurting.money.currency, "what one bad visit costs", visits_a_month, VISITS)


def _of_a_point(workspace: Workspace, facts: ReadFacts) -> Worth | CannotSay:
    """By how many more customers buy where the score is a point higher; answers are fewer than visits, so customers count."""
    name = facts.target.touchpoint_name
    pains, moment = kept_pains(workspace), moment_at(workspace, facts.target.touchpoint_id)
    if pains is None or moment is None:
        return CannotSay(
            "points",
            f"{NO_MONEY}how buying goes along with the score of {name} is not known (pain points were not looked for, or too few "
            f"scores are followed by orders or none). Or {INSTEAD}",
        )
    value = value_of_kept_customer(workspace, window_days=pains.window_days)
    if isinstance(value, CannotSay):
        return CannotSay("points", f"{NO_MONEY}{value.sentence} Or {INSTEAD}")
    slope = moment.slope, moment.low, moment.high
    return Worth(
        worth_of_a_point(f"{moment.touchpoint}: score", slope, value.amount.draws),
        value.currency,
        f"the share more who buy within {pains.window_days} days for one point of score ({change_words(slope[0], 'share')}, 95% "
        f"interval {interval_words(slope[1], slope[2], 'share')}) × {A_BUYER}",
        moment.reach * _share_reached(facts),
        "customers a month within the launch",
        is_lead=True,
    )


def _counted_a_week(facts: ReadFacts) -> float:
    """Visits with the change per week after the launch; answers where scores are the target."""
    after = _after(facts)
    rows = _reached(facts, after.groups)
    return float(after.of_rows(rows).n.sum()) / facts.launch.plan.weeks


def _share_reached(facts: ReadFacts) -> float:
    """Share of what was counted after the launch that had the change."""
    after = _after(facts)
    everything = float(after.n.sum())
    return float(after.of_rows(_reached(facts, after.groups)).n.sum()) / everything if everything else 0.0


def _after(facts: ReadFacts) -> WeeklyCounts:
    counts = facts.counts
    return counts.of_columns(counts.before, counts.before + facts.launch.plan.weeks)


def _reached(facts: ReadFacts, groups: Sequence[str]) -> list[int]:
    """Rows of the groups that have the change; all of them where it was launched for everyone."""
    reached = {group for wave in facts.launch.waves for group in wave.groups}
    return [row for row, group in enumerate(groups) if not reached or group in reached]
