"""Row 13: a repair in 4 of 12 regions, measured by difference-in-differences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from touchline.formulas.cannot_say import CannotSay
from touchline.formulas.roll_outs.collapsed_did import collapsed_did
from touchline.formulas.roll_outs.panel import panel
from touchline.verification.verify.line import Line, fact_line, share_line
from touchline.verification.verify.row import Row
from touchline.verification.verify.trial import Trial
from touchline.world.planted.life import DAYS, FIXED_REGIONS, LAUNCH_DAY, OUTCOME_DAYS, bad_chances
from touchline.world.planted.people import REGIONS
from touchline.world.planted.plan import LATE_DELIVERY
from touchline.world.planted.world import PlantedWorld

Floats = NDArray[np.float64]

PERIODS, START, SERIAL = 24, 12, 0.6
LEAST_COVERED = 0.93
PERIOD_DAYS = 30.0
STARTS: list[int | None] = [START] * FIXED_REGIONS + [None] * (len(REGIONS) - FIXED_REGIONS)


@dataclass(frozen=True)
class Seen:
    """Intervals that hold what was planted, in series that remember and in the world; whether a wrong question is refused."""

    covered: int
    of: int
    world_holds: bool | None
    """None: the world is too small to be measured."""
    refused: bool


def look(trial: Trial) -> Seen:
    """Series with memory, the planted repair, and starts at different dates."""
    rng = trial.rng(13)
    covered = 0
    for _ in range(trial.repetitions):
        effect = rng.uniform(-1, 1)
        measured = collapsed_did(panel(REGIONS, _series(rng, effect), STARTS))
        covered += not isinstance(measured, CannotSay) and measured.low <= effect <= measured.high
    staggered: list[int | None] = [8, 8, 14, 14, *STARTS[4:]]
    refusal = collapsed_did(panel(REGIONS, _series(rng, 0.5), staggered))
    return Seen(
        covered,
        trial.repetitions,
        _world_holds(trial),
        isinstance(refusal, CannotSay) and refusal.reason == "staggered",
    )


def _series(rng: np.random.Generator, effect: float) -> Floats:
    """Regions with a level each, a season in common, and errors that remember."""
    noise = rng.standard_normal((len(REGIONS), PERIODS))
    for period in range(1, PERIODS):
        noise[:, period] = SERIAL * noise[:, period - 1] + np.sqrt(1 - SERIAL**2) * noise[:, period]
    values = noise + rng.standard_normal((len(REGIONS), 1)) + rng.standard_normal(PERIODS)
    values[:FIXED_REGIONS, START:] += effect
    return values


def _world_holds(trial: Trial) -> bool | None:
    """Whether the interval for ordering again after a parcel holds what the repair truly gave."""
    world = trial.large_world(trial.usual(regional_fix=True))
    journeys, place = world.life.journeys, world.plan.place(LATE_DELIVERY)
    counts = journeys.visited[:, place] & (journeys.begins + OUTCOME_DAYS <= DAYS)
    period = ((journeys.begins - LAUNCH_DAY) // PERIOD_DAYS).astype(np.int64)
    counts &= period >= -int(LAUNCH_DAY // PERIOD_DAYS) + 1
    region = world.people.region[journeys.person]
    first, last = int(period[counts].min()), int(period[counts].max())
    cell = region * (last - first + 1) + period - first
    size = len(REGIONS) * (last - first + 1)
    of = np.bincount(cell[counts], minlength=size)
    if of.min() == 0:
        return None
    shares = (np.bincount(cell[counts], journeys.orders[counts], size) / of).reshape(len(REGIONS), -1)
    measured = collapsed_did(panel(REGIONS, shares, [-first] * FIXED_REGIONS + [None] * (len(REGIONS) - FIXED_REGIONS)))
    if isinstance(measured, CannotSay):
        return None
    treated = counts & (region < FIXED_REGIONS) & (journeys.begins >= LAUNCH_DAY)
    return measured.low <= _given(world, treated, place) <= measured.high


def _given(world: PlantedWorld, treated: NDArray[np.bool_], place: int) -> float:
    """Mean gain in the chance of ordering again: how much less likely a bad parcel was, times what it costs."""
    journeys = world.life.journeys
    asked = (world.plan, world.people)
    who, begins = journeys.person[treated], journeys.begins[treated]
    fixed = bad_chances(*asked, world.switches, who, begins)[:, place]
    unfixed = bad_chances(*asked, replace(world.switches, regional_fix=False), who, begins)[:, place]
    others = journeys.bad[treated].copy()
    others[:, place] = False
    calm = journeys.calm[treated] + others @ world.plan.effect
    cost = 1 / (1 + np.exp(-calm)) - 1 / (1 + np.exp(-(calm + world.plan.effect[place])))
    return float(((unfixed - fixed) * cost).mean())


def judge(seen: Sequence[Seen]) -> list[Line]:
    """Coverage, the repair itself, and the refusal."""
    held = [each.world_holds for each in seen if each.world_holds is not None]
    lines = [
        share_line(
            "intervals that hold",
            [each.covered for each in seen],
            [each.of for each in seen],
            least=LEAST_COVERED,
        )
    ]
    if held:
        lines.append(share_line("repair in interval", held, [1] * len(held), least=LEAST_COVERED))
    lines.append(fact_line("TWFE refused", 1, min(each.refused for each in seen), 0, digits=0))
    return lines


ROW = Row(13, "regional fix", look, judge)
