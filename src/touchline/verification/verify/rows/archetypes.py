"""Row 3: the four kinds of customers, by the question that the product asks for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from touchline.analyses.facade import kind_named, reading, usual_question
from touchline.formulas.agreement import adjusted_rand
from touchline.verification.verify.line import Line, share_line, value_line
from touchline.verification.verify.persons import persons
from touchline.verification.verify.row import Row
from touchline.verification.verify.trial import ALL_DAYS, Trial
from touchline.world.planted.plan import SHARES
from touchline.world.planted.world import PlantedWorld

LEAST_AGREEMENT, SHARE_WITHIN = 0.95, 0.03
ENOUGH_VISITS = 15
"""Who they are is judged among customers who came so often: of the others nobody can tell, not even who knows the chains."""


@dataclass(frozen=True)
class Seen:
    """What one world's archetypes came out as."""

    found: int
    adjusted_rand: float
    farthest_share: float
    """Largest distance of a share from the planted one, the largest kind beside the largest."""


def look(trial: Trial) -> Seen:
    """Ask how many archetypes there are and who belongs to them."""
    world = trial.walking_world()
    workspace, people = trial.through(world), world.people
    often = _visits(world) >= ENOUGH_VISITS
    question = usual_question(workspace, "archetypes", {"start": [f"{ALL_DAYS.start}"], "end": [f"{ALL_DAYS.end}"]})
    kind = kind_named("archetypes")
    read = reading(workspace, question)
    answer = kind.answer(read, question.request)
    found = len(answer.archetypes)
    table = np.zeros((len(SHARES), max(found, 1)))
    members = kind.members
    who = persons(workspace)
    for number in range(found if members is not None else 0):
        assert members is not None  # noqa: S101 this kind of question names customers
        for customer in members(read, question.request, f"archetype-{number + 1}").tolist():
            if customer in who and often[who[customer]]:
                table[people.archetype[who[customer]], number] += 1
    planted, recovered = (np.sort(table.sum(axis=axis) / max(table.sum(), 1.0))[::-1] for axis in (1, 0))
    farthest = np.abs(recovered - planted).max() if found == len(SHARES) else 1.0
    return Seen(found, adjusted_rand(table), float(farthest))


def _visits(world: PlantedWorld) -> NDArray[np.int64]:
    """How often each person came."""
    return np.bincount(world.life.journeys.person[world.life.visits.journey], minlength=len(world.people))


def judge(seen: Sequence[Seen]) -> list[Line]:
    """How many, who, and how large."""
    return [
        share_line("four kinds are found", [each.found == len(SHARES) for each in seen], [1] * len(seen), least=0.95),
        value_line("who (Rand index)", [each.adjusted_rand for each in seen], LEAST_AGREEMENT, np.inf, planted="1"),
        value_line("share off by", [each.farthest_share for each in seen], 0.0, SHARE_WITHIN, planted="0"),
    ]


ROW = Row(3, "archetypes", look, judge)
