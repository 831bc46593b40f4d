"""Row 2: touchpoints in the order in which they were planted, cut where the stages were."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from touchline.formulas.agreement import adjusted_rand
from touchline.journeys.facade import propose_journey
from touchline.verification.verify.line import Line, value_line
from touchline.verification.verify.row import Row
from touchline.verification.verify.trial import Trial

LEAST_ORDER, LEAST_CUT = 0.97, 0.95


@dataclass(frozen=True)
class Seen:
    """How one proposal agrees with what was planted."""

    spearman: float
    adjusted_rand: float
    touchpoints: int


def look(trial: Trial) -> Seen:
    """Ask for a proposal with as many stages as there are."""
    world = trial.walking_world()
    plan = world.plan
    stages = int(plan.stage.max()) + 1
    proposal = propose_journey(trial.through(world), stages)
    place = {name.id: at for at, name in enumerate(plan.names)}
    order = [
        (place[placed.candidate.touchpoint.id], number)
        for number, stage in enumerate(proposal.stages)
        for placed in stage.touchpoints
    ]
    table = np.zeros((stages, stages))
    for at, stage in order:
        table[plan.stage[at], stage] += 1
    places = np.argsort(np.argsort([at for at, _ in order]))
    return Seen(float(np.corrcoef(places, np.arange(len(order)))[0, 1]), adjusted_rand(table), len(order))


def judge(seen: Sequence[Seen]) -> list[Line]:
    """Order and cut."""
    return [
        value_line("order (Spearman)", [each.spearman for each in seen], LEAST_ORDER, np.inf, planted="1"),
        value_line("stages (Rand index)", [each.adjusted_rand for each in seen], LEAST_CUT, np.inf, planted="1"),
    ]


ROW = Row(2, "order and cut of stages", look, judge)
