"""What happens: every customer goes through journeys, and at the end of each orders again or does not.

A journey begins with an order (or, after a long silence, without one) and visits touchpoints as its archetype's Markov chain
leads. Whether the next order follows depends on loyalty, on being new, and on the true drivers that went badly on the way.
It comes 31 to 45 days after the last visit and at most 90 days after the first; who does not order is silent for at least
95 days. So "ordered within 90 days of the visit" is exactly what is planted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from touchline.world.planted.people import People
from touchline.world.planted.plan import LATE_DELIVERY, SURVIVORS, Plan
from touchline.world.planted.switches import Switches

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
Flags = NDArray[np.bool_]

DAYS: Final = 600.0
OUTCOME_DAYS: Final = 90.0
LONGEST_JOURNEY_DAYS: Final = 40.0
MOST_VISITS: Final = 30
MOST_JOURNEYS: Final = 12
COMES_BACK: Final = 0.3
"""Share of those who did not order who begin a journey again, 95 to 180 days later."""
LAUNCH_DAY: Final = 330.0
"""The regional fix."""
FIXED_REGIONS: Final = 4
FIXED_RATE: Final = 8 / 18
BASE, LOYALTY, NOVICE, HIDDEN, SEGMENT = 0.7, 0.7, -0.5, -1.1, (0.0, 0.3, 0.4, -0.3)
"""Logit of ordering again."""


@dataclass(frozen=True)
class Journeys:
    """One entry per journey."""

    person: Whole
    begins: Floats
    """Day."""
    after_order: Flags
    """Whether it begins with an order."""
    ends: Floats
    orders: Flags
    """Whether an order follows."""
    chance: Floats
    """Probability of it."""
    calm: Floats
    """Logit of it if nothing had gone badly."""
    bad: Flags
    """By journey and place: visited, and it went badly."""
    visited: Flags

    def __len__(self) -> int:
        return len(self.person)


@dataclass(frozen=True)
class Visits:
    """One entry per visit, in order of journey and time."""

    journey: Whole
    place: Whole
    day: Floats
    bad: Flags

    def __len__(self) -> int:
        return len(self.journey)


@dataclass(frozen=True)
class Life:
    """All that happened."""

    journeys: Journeys
    visits: Visits


def live(rng: np.random.Generator, plan: Plan, people: People, switches: Switches) -> Life:
    """Let everybody live until day `DAYS`; what would come later is cut off."""
    rounds: list[Journeys] = []
    visits: list[Visits] = []
    before, going = 0, _first_journeys(people)
    for _ in range(MOST_JOURNEYS):
        going = going.where(going.begins < DAYS)
        if not len(going.person):
            break
        journeys, seen = _feel(
            rng, plan, people, switches, _walk(rng, plan, people.archetype[going.person], going, switches), going
        )
        rounds.append(journeys)
        visits.append(Visits(seen.journey + before, seen.place, seen.day, seen.bad))
        before += len(journeys)
        going = _next_journeys(rng, going, journeys, switches)
    return _cut(_together(rounds), visits)


@dataclass(frozen=True)
class _Going:
    """Who begins a journey, and when."""

    person: Whole
    begins: Floats
    after_order: Flags
    orders: Whole
    """Of this person within the story so far."""

    def where(self, chosen: Flags) -> _Going:
        return _Going(self.person[chosen], self.begins[chosen], self.after_order[chosen], self.orders[chosen])


def _first_journeys(people: People) -> _Going:
    count = len(people)
    return _Going(np.arange(count), people.enters, np.ones(count, dtype=bool), np.ones(count, dtype=np.int64))


def _next_journeys(rng: np.random.Generator, going: _Going, journeys: Journeys, switches: Switches) -> _Going:
    count = len(journeys)
    wait = np.where(journeys.orders, rng.uniform(31, 45, count), rng.uniform(95, 180, count))
    after_order = journeys.orders | switches.chains_only
    again = _Going(going.person, journeys.ends + wait, after_order, going.orders + journeys.orders)
    return again.where(journeys.orders | (rng.random(count) < COMES_BACK))


def _walk(rng: np.random.Generator, plan: Plan, archetype: Whole, setting_out: _Going, switches: Switches) -> Whole:
    """The places of each journey, step by step; −1 where it takes none."""
    count, last = len(setting_out.person), plan.touchpoints
    upto = np.cumsum(plan.moves, axis=2)
    first = np.cumsum(plan.start, axis=1)[archetype]
    here = np.where(setting_out.after_order, 0, (rng.random(count)[:, None] > first).sum(axis=1).clip(max=last - 1))
    survivors = np.isin(plan.number, SURVIVORS) & (not switches.chains_only)
    steps: Whole = np.full((count, MOST_VISITS), -1)
    steps[:, 0] = here
    going = np.arange(count)
    for step in range(1, MOST_VISITS):
        drawn = rng.random(len(going))[:, None]
        to = (drawn > upto[archetype[going], here[going]]).sum(axis=1).clip(max=last)
        barred = np.append(survivors, False)[to] & (setting_out.orders[going] < 2)
        going, to = going[(to < last) & ~barred], to[(to < last) & ~barred]
        here[going] = to
        steps[going, step] = to
        if not len(going):
            break
    return steps if switches.chains_only else _once(plan, steps, setting_out.after_order)


def _once(plan: Plan, steps: Whole, after_order: Flags) -> Whole:
    """Take out the second parcel, payment or question of a journey, and parcels where nothing was ordered."""
    for place, name in enumerate(plan.names):
        if not name.once:
            continue
        here = steps == place
        again = here & (np.cumsum(here, axis=1) > 1)
        if name.kind == "delivery":
            again |= here & ~after_order[:, None]
        steps[again] = -1
    deliveries = np.isin(steps, [place for place, name in enumerate(plan.names) if name.kind == "delivery"])
    steps[deliveries & (np.cumsum(deliveries, axis=1) > 1)] = -1
    return steps


def _feel(
    rng: np.random.Generator, plan: Plan, people: People, switches: Switches, walk: Whole, going: _Going
) -> tuple[Journeys, Visits]:
    person, begins, count = going.person, going.begins, len(going.person)
    gaps = np.where(walk >= 0, rng.exponential(1.1, walk.shape).clip(0.05, 6), 0.0)
    gaps[:, 0] = 0.0
    days = np.cumsum(gaps, axis=1)
    days *= np.minimum(1.0, LONGEST_JOURNEY_DAYS / np.maximum(days[:, -1:], 1e-9))
    journey, step = np.nonzero(walk >= 0)
    place = walk[journey, step]
    visited: Flags = np.zeros((count, plan.touchpoints), dtype=bool)
    visited[journey, place] = True
    chance_of_bad = bad_chances(plan, people, switches, person, begins)
    bad = visited & (rng.random(visited.shape) < chance_of_bad)
    calm = _calm(people, switches, person)
    chance = 1 / (1 + np.exp(-(calm + bad @ plan.effect)))
    journeys = Journeys(
        person=person,
        begins=begins,
        after_order=going.after_order,
        ends=begins + days[:, -1],
        orders=rng.random(count) < chance,
        chance=chance,
        calm=calm,
        bad=bad,
        visited=visited,
    )
    return journeys, Visits(journey, place, begins[journey] + days[journey, step], bad[journey, place])


def bad_chances(plan: Plan, people: People, switches: Switches, person: Whole, begins: Floats) -> Floats:
    """How likely a visit goes badly, by journey and place: by what files tell of the customer, and by the hidden confounder."""
    mobile, novice, standing = people.device[person] == 1, people.novice[person], people.standing[person]
    weak = -standing + novice
    if switches.interactions:
        weak = 2.4 * ((standing < -0.4) & mobile) + 1.4 * (novice & ~mobile) + 0.6 * (standing < -1.2) - 0.7
    logit = np.log(plan.rate / (1 - plan.rate)) + np.outer(weak, plan.confounding) + 0.15 * mobile[:, None]
    logit -= 0.45 * (plan.confounding > 0)
    for number in (LATE_DELIVERY, 31):
        logit[:, plan.place(number)] += 1.3 * people.hidden[person] - 0.55 * switches.hidden_confounder
    chances: Floats = 1 / (1 + np.exp(-logit))
    chances[:, 0] = 0.0
    if switches.regional_fix:
        fixed = (people.region[person] < FIXED_REGIONS) & (begins >= LAUNCH_DAY)
        chances[fixed, plan.place(LATE_DELIVERY)] *= FIXED_RATE
    return chances


def _calm(people: People, switches: Switches, person: Whole) -> Floats:
    novice, standing = people.novice[person], people.standing[person]
    logit = BASE + LOYALTY * people.loyalty[person] + NOVICE * novice + HIDDEN * people.hidden[person]
    logit += np.asarray(SEGMENT)[people.segment[person]]
    if switches.interactions:
        mobile = people.device[person] == 1
        logit += -0.9 * ((standing < -0.4) & mobile) - 0.5 * (novice & ~mobile) + 0.2
    return logit


def _columns(record: Journeys | Visits) -> tuple[NDArray[Any], ...]:
    return tuple(vars(record).values())


def _together(rounds: list[Journeys]) -> Journeys:
    return Journeys(*(np.concatenate(each) for each in zip(*map(_columns, rounds), strict=True)))


def _cut(journeys: Journeys, rounds: list[Visits]) -> Life:
    """Leave out what lies after the last day of the files."""
    visits = Visits(*(np.concatenate(each) for each in zip(*map(_columns, rounds), strict=True)))
    kept = visits.day < DAYS
    return Life(journeys, Visits(*(column[kept] for column in _columns(visits))))
