"""Which way of measuring a change is the best there is, what it can see, and how long it takes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import isfinite, sqrt
from typing import Final

import numpy as np

from touchline.formulas.cannot_say import CannotSay
from touchline.formulas.evidence import MINIMUM_N
from touchline.formulas.experiments.power import smallest_change_of_mean, smallest_change_of_share
from touchline.formulas.smallest_effect import smallest_effect_of_roll_out, smallest_effect_of_series
from touchline.improvements.rules.plan import (
    BEFORE_AFTER,
    EXPERIMENT,
    ROLL_OUT,
    RUNGS,
    SERIES,
    SYNTHETIC,
    MeasurementPlan,
    RungOffer,
)
from touchline.improvements.rules.target import TargetMetric, change_words
from touchline.improvements.rules.weekly import WeeklyCounts, changes_by_group

WEEKS_TRIED: Final = (4, 6, 8, 12, 16, 26)
"""How long after a launch one may wait for an answer; longer than half a year everything else changes too."""
USUAL_WEEKS: Final = 8
FEWEST_WEEKS_BEFORE: Final = 4
FEWEST_GROUPS: Final = 6
FEWEST_FOR_SYNTHETIC: Final = 11
"""One group with the change and ten to make its double of."""
ROUNDING: Final = 1e-9
"""A metric that never moved tells nothing about how far it strays."""
WEB_SHARE: Final = 0.5
"""Of visits in a channel where software can draw who gets the change."""


@dataclass(frozen=True)
class PlanFacts:
    """What is known before a launch."""

    target: TargetMetric
    counts: WeeklyCounts
    """All customers together, up to now."""
    by_place: Mapping[str, WeeklyCounts]
    """The same divided by each fact that says where customers are."""
    web_share: float
    """Share of visits on the web or in the app, 0..1."""
    expected_effect: float | None = None
    """What is hoped for, on the target's scale."""


def plan_of(facts: PlanFacts, rung: str = "") -> MeasurementPlan | CannotSay:
    """The plan with the best rung there is, or with the one that a launch leaves; a sentence where nothing was counted."""
    baseline = facts.counts.level()
    if baseline is None or facts.counts.weeks < 1 or facts.counts.n.sum() < MINIMUM_N:
        return CannotSay(
            "no-data",
            f"{facts.target.words} was counted {int(facts.counts.n.sum())} times in whole weeks so far; without a level "
            "from before, no change can be planned for or read.",
        )
    offers = tuple(OFFERS[each](facts) for each in RUNGS)
    chosen = next((each for each in offers if each.rung == rung), None) or _best(offers, facts.expected_effect)
    weeks = chosen.weeks or USUAL_WEEKS
    return MeasurementPlan(
        rung=chosen.rung,
        target=facts.target.words,
        unit=facts.target.unit,
        baseline=baseline,
        smallest_effect=chosen.smallest_effect,
        expected_effect=facts.expected_effect,
        weeks=weeks,
        decision_rule=decision_rule(facts.target.words, weeks, is_better_up=facts.target.is_better_up),
        certainty_lost=certainty_lost(offers, facts.target.unit),
        offers=offers,
    )


def decision_rule(metric: str, weeks: int, *, is_better_up: bool) -> str:
    """What the reading will lead to, said before anybody can know it."""
    better, worse = ("above", "below") if is_better_up else ("below", "above")
    return (
        f"Read once, {weeks} weeks after the launch. Keep the change if the 95% interval of what it did to “{metric}” "
        f"lies wholly {better} zero; take it back if it lies wholly {worse} zero; otherwise no effect was shown and no money "
        "is counted for it."
    )


def certainty_lost(offers: tuple[RungOffer, ...], unit: str) -> str:
    """What is given up when nobody is held back: the best rung with a comparison beside the best without one."""
    held = [each for each in offers if each.is_available and each.rung in (EXPERIMENT, ROLL_OUT, SYNTHETIC)]
    free = next(each for each in offers if each.is_available and each.rung in (SERIES, BEFORE_AFTER))
    if not held:
        return f"Nobody can be held back with the data there are, so “{free.name}” is what is left: grade {free.best_grade} at best."
    best = held[0]
    sees = f", and it sees changes from {_size(best, unit)} on" if best.smallest_effect is not None else ""
    blind = f" that sees changes from {_size(free, unit)} on" if free.smallest_effect is not None else ""
    return (
        f"Launching for everyone at once leaves “{free.name}”{blind}: grade {free.best_grade} at best, and only if no other "
        f"change comes with it. Holding some back for “{best.name}” can earn grade {best.best_grade}{sees}."
    )


def _best(offers: tuple[RungOffer, ...], expected: float | None) -> RungOffer:
    """The first rung that is there and sees what is expected; else the first that is there."""
    there = [each for each in offers if each.is_available]
    seeing = [
        each
        for each in there
        if expected is not None and each.smallest_effect is not None and each.smallest_effect <= abs(expected)
    ]
    return (seeing or there)[0]


def _experiment(facts: PlanFacts) -> RungOffer:
    if facts.web_share < WEB_SHARE:
        return RungOffer(
            EXPERIMENT,
            is_available=False,
            why=f"{facts.web_share:.0%} of these visits are on the web or in the app, where software can draw who gets the "
            "change; elsewhere customers cannot be drawn one by one.",
        )

    def smallest(weeks: int) -> float | CannotSay:
        each = int(facts.counts.n.sum() / facts.counts.weeks * weeks / 2)
        if each < MINIMUM_N:
            return CannotSay("few", "Too few visits.")
        found = _smallest_of_arms(facts, each)
        return found if isfinite(found) else CannotSay("few", "Too few visits.")

    effect, weeks = _when_seen(smallest, facts.expected_effect)
    if effect is None:
        return RungOffer(EXPERIMENT, is_available=False, why="Too few visits come by for any difference to be found.")
    return RungOffer(
        EXPERIMENT,
        True,
        "Draw half of the customers who come by; the others go on as now until the reading.",
        effect,
        weeks,
    )


def _smallest_of_arms(facts: PlanFacts, each: int) -> float:
    level = facts.counts.level() or 0.0
    if facts.target.unit == "share":
        return smallest_change_of_share(level if facts.target.is_better_up else 1 - level, each, each)
    weekly = facts.counts.series()
    counted = facts.counts.n.sum(axis=0)
    steps = np.diff(weekly[np.isfinite(weekly)])  # from week to week: a trend is no noise
    spread = float(steps.std()) / sqrt(2) * sqrt(float(counted.mean())) if steps.size else 0.0
    return smallest_change_of_mean(spread, each, each) if spread > 0 else 0.0


def _roll_out(facts: PlanFacts) -> RungOffer:
    key, groups = _most_groups(facts)
    if groups < FEWEST_GROUPS:
        return RungOffer(ROLL_OUT, is_available=False, why=_few_groups(key, groups, FEWEST_GROUPS))
    effect, weeks = _of_groups(facts, key, groups // 2)
    return RungOffer(
        ROLL_OUT,
        True,
        f"Launch in half of the {groups} values of “{key}” first, drawn by lot; the others follow after the reading.",
        effect,
        weeks,
    )


def _synthetic(facts: PlanFacts) -> RungOffer:
    key, groups = _most_groups(facts)
    if groups < FEWEST_FOR_SYNTHETIC:
        return RungOffer(SYNTHETIC, is_available=False, why=_few_groups(key, groups, FEWEST_FOR_SYNTHETIC))
    effect, weeks = _of_groups(facts, key, 1)
    return RungOffer(
        SYNTHETIC,
        True,
        f"Launch in one value of “{key}”; a mixture of the other {groups - 1} that moved like it before shows what would "
        "have been.",
        effect,
        weeks,
    )


def _series(facts: PlanFacts) -> RungOffer:
    levels = facts.counts.series()
    known = levels[np.isfinite(levels)]
    effect, weeks = _when_seen(lambda after: smallest_effect_of_series(list(known), after), facts.expected_effect)
    if effect is None:
        return RungOffer(
            SERIES,
            is_available=False,
            why=f"There are {known.size} weeks with data; at least 12 are needed to know the trend and how far weeks stray.",
        )
    return RungOffer(
        SERIES,
        True,
        "Launch for everyone and look for a step that no made-up date shows. Whatever else changes in that week is in it, too.",
        effect,
        weeks,
    )


def _before_after(_: PlanFacts) -> RungOffer:
    return RungOffer(
        BEFORE_AFTER,
        is_available=True,
        why="Compare the weeks before with those after. Nothing tells the change from anything else that happened since.",
        weeks=USUAL_WEEKS,
    )


OFFERS: Final[Mapping[str, Callable[[PlanFacts], RungOffer]]] = {
    EXPERIMENT: _experiment,
    ROLL_OUT: _roll_out,
    SYNTHETIC: _synthetic,
    SERIES: _series,
    BEFORE_AFTER: _before_after,
}


def _when_seen(smallest: Callable[[int], float | CannotSay], expected: float | None) -> tuple[float | None, int | None]:
    """The smallest effect and the weeks it takes: until what is expected can be seen, else as long as is sensible."""
    tried = {weeks: smallest(weeks) for weeks in WEEKS_TRIED}
    found = {
        weeks: effect for weeks, effect in tried.items() if not isinstance(effect, CannotSay) and effect > ROUNDING
    }
    if not found:
        return None, None
    if expected is None:
        weeks = USUAL_WEEKS if USUAL_WEEKS in found else max(found)
    else:
        weeks = next((each for each, effect in found.items() if effect <= abs(expected)), max(found))
    return found[weeks], weeks


def _of_groups(facts: PlanFacts, key: str, treated: int) -> tuple[float | None, int | None]:
    def smallest(weeks: int) -> float | CannotSay:
        if facts.by_place[key].weeks < 2 * weeks:
            return CannotSay("few-weeks", "Too few weeks.")
        return smallest_effect_of_roll_out(changes_by_group(facts.by_place[key], weeks), treated)

    effect, weeks = _when_seen(smallest, facts.expected_effect)
    return effect, weeks or USUAL_WEEKS


def _most_groups(facts: PlanFacts) -> tuple[str, int]:
    """The place that divides customers into most groups, counted in every one of the last weeks."""
    sizes = {key: len(_recent(counts).complete().groups) for key, counts in facts.by_place.items()}
    best = max(sizes, key=lambda key: sizes[key], default="")
    return best, sizes.get(best, 0)


def _recent(counts: WeeklyCounts) -> WeeklyCounts:
    return counts.named().of_columns(max(counts.weeks - FEWEST_WEEKS_BEFORE, 0), counts.weeks)


def _few_groups(key: str, groups: int, needed: int) -> str:
    if not key:
        return (
            "No fact about customers says where they are, such as a region or a store, so the change cannot reach some places "
            "first. Send it as a trait and it is offered."
        )
    return f"Of “{key}”, {groups} {'value is' if groups == 1 else 'values are'} seen every week; at least {needed} are needed."


def _size(offer: RungOffer, unit: str) -> str:
    return change_words(offer.smallest_effect or 0.0, unit).lstrip("+±")
