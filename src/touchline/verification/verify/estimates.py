"""Effects by the formulas alone: what was planted goes to them as facts known before each visit, without files between.

It shows what the estimator can do; the rows that ask the whole product show what is left of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from touchline.formulas.cannot_say import CannotSay
from touchline.formulas.draws import DRAWS
from touchline.formulas.effects.learners import PLAIN, TERMS, Learner
from touchline.formulas.effects.visit_effect import VisitEffect, prepare, visit_effect
from touchline.formulas.effects.visits import Visits
from touchline.formulas.money_at_stake import Amount, Suffering, money_at_stake
from touchline.verification.verify.trial import Trial
from touchline.world.planted.life import DAYS, OUTCOME_DAYS
from touchline.world.planted.people import SEGMENTS
from touchline.world.planted.switches import Switches
from touchline.world.planted.world import PlantedWorld, make_planted_world

Floats = NDArray[np.float64]

SMALL_CUSTOMERS: Final = 4_000
"""Of worlds that are there for many intervals."""
ONE_ORDER: Final = np.ones(DRAWS)
"""What an order is worth where amounts are counted in orders."""
WHOLE: Final = 1.0
"""The time of the files, as one unit."""


@dataclass(frozen=True)
class Estimate:
    """What the formulas say about one touchpoint."""

    place: int
    effect: VisitEffect | None
    """None: bad and fine visits cannot be compared."""
    control_z: float | None
    """Of the negative control: orders from before the story; None where it was not asked or could not be."""
    why: str
    """Why there is no effect; '' where there is one."""


@dataclass(frozen=True)
class Facts:
    """By journey: what is known before it begins, what followed, and what the negative control looks at."""

    covariates: Floats
    names: tuple[str, ...]
    person: NDArray[np.int64]
    ordered: NDArray[np.bool_]
    past_orders: Floats
    counts: NDArray[np.bool_]
    """Whether its 90 days lie within the files."""


def facts_of(world: PlantedWorld) -> Facts:
    """Put together what a shop knows; what it does not know (loyalty, the hidden confounder) is not among it."""
    people, journeys = world.people, world.life.journeys
    who = journeys.person
    columns = {
        "spend before": people.standing[who],
        "new": people.novice[who],
        "mobile": people.device[who] == 1,
        "tablet": people.device[who] == 2,
        "begins with an order": journeys.after_order,
        "day": journeys.begins / DAYS,
        **{name: people.segment[who] == at for at, name in enumerate(SEGMENTS[1:], 1)},
    }
    return Facts(
        covariates=np.column_stack([np.asarray(column, np.float64) for column in columns.values()]),
        names=tuple(columns),
        person=who,
        ordered=journeys.orders,
        past_orders=people.past_orders[who].astype(np.float64),
        counts=journeys.begins + OUTCOME_DAYS <= DAYS,
    )


def estimates(trial: Trial, switches: Switches | None = None) -> list[Estimate]:
    """Effects of all touchpoints but the order itself on ordering within 90 days, each with its negative control."""
    chosen = switches if switches is not None else trial.usual()
    return trial.once(("estimates", chosen), lambda: _estimates(trial.large_world(chosen)))


def _estimates(world: PlantedWorld, learner: Learner = TERMS, *, with_control: bool = True) -> list[Estimate]:
    facts = facts_of(world)
    return [_estimate(world, facts, place, learner, with_control) for place in range(1, world.plan.touchpoints)]


def _estimate(world: PlantedWorld, facts: Facts, place: int, learner: Learner, with_control: bool) -> Estimate:
    journeys = world.life.journeys
    here = np.flatnonzero(journeys.visited[:, place] & facts.counts)
    visits = Visits(journeys.bad[here, place], facts.person[here], facts.covariates[here], facts.names)
    prepared = prepare(visits, learner)
    if isinstance(prepared, CannotSay):
        return Estimate(place, None, None, prepared.sentence)
    effect = visit_effect(prepared, facts.ordered[here])
    control = visit_effect(prepared, facts.past_orders[here]) if with_control else None
    return Estimate(
        place,
        None if isinstance(effect, CannotSay) else effect,
        control.z if isinstance(control, VisitEffect) else None,
        effect.sentence if isinstance(effect, CannotSay) else "",
    )


def small_estimates(trial: Trial) -> list[tuple[PlantedWorld, list[Estimate]]]:
    """Effects in so many small worlds that they have as many intervals as rows about coverage need.

    These worlds confound by sums only. A quick run learns without looking for thresholds and pairs of facts, for time.
    """
    return trial.once("small estimates", lambda: _small_estimates(trial))


def _small_estimates(trial: Trial) -> list[tuple[PlantedWorld, list[Estimate]]]:
    found: list[tuple[PlantedWorld, list[Estimate]]] = []
    intervals = 0
    while intervals < trial.repetitions:
        seed = int(np.random.SeedSequence([trial.seed, 6, len(found)]).generate_state(1)[0])
        world = make_planted_world(seed, SMALL_CUSTOMERS, Switches())
        several = _estimates(world, PLAIN if trial.is_quick else TERMS, with_control=False)
        intervals += sum(each.effect is not None for each in several)
        found.append((world, several))
    return found


def orders_at_stake(found: Estimate) -> Amount | None:
    """Orders lost to a touchpoint, over the whole of the files; None where its effect could not be estimated."""
    if found.effect is None:
        return None
    suffering = Suffering(found.effect.bad_visits, WHOLE, found.effect.effect, found.effect.error)
    amount = money_at_stake(f"{found.place}", suffering, ONE_ORDER)
    return None if isinstance(amount, CannotSay) else amount
