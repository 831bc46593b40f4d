"""The worked tables of fitness, deviations, and of a proposed journey's order and stages."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import combinations

import numpy as np

from touchline.analyses.kinds.conformance.alignments import aligned
from touchline.analyses.kinds.conformance.deviations import KIND_NAMES, NOTHING, course, deviations
from touchline.analyses.kinds.conformance.plan import ComparedPlan, ComparedStep
from touchline.analyses.kinds.conformance.rows import Journeys, Visits
from touchline.analyses.kinds.conformance.wording import deviation_words
from touchline.formulas.alignment import fitness
from touchline.formulas.stage_cut import best_cuts
from touchline.formulas.trophic import beyond_chance, trophic_levels

Row = dict[str, str]
Figures = dict[str, object]
LETTERS = "abcdxy"
FOUR = "abcd"


def plan_of(text: str) -> ComparedPlan:
    steps = tuple(
        ComparedStep(word[0], (LETTERS.index(word[0]),), optional="?" in word, repeatable="+" in word)
        for word in text.split()
    )
    return ComparedPlan(steps, (), tuple(LETTERS), (), by_stages=False)


def journey_of(text: str) -> Journeys:
    touchpoint = np.array([LETTERS.index(letter) for letter in text.split()])
    nobody, hours = np.zeros_like(touchpoint), np.arange(len(touchpoint))
    one = np.zeros(1, dtype=np.int64)
    return Journeys(Visits(nobody, nobody, hours, hours, touchpoint), nobody, one, one, hours[-1:], 0, 0)


def check_fitness(rows: list[Row]) -> list[Figures]:
    found = []
    for row in rows:
        steps = aligned(journey_of(row["visits"]), plan_of(row["plan"]))
        [cost], [worst] = steps.cost, steps.worst
        found.append({"cost": int(cost), "worst": int(worst), "fitness": fitness(int(cost), int(worst))})
    return found


def check_deviations(rows: list[Row]) -> list[Figures]:
    return [{"deviations": "; ".join(words_of(row["visits"], row["plan"]))} for row in rows]


def words_of(visits: str, text: str) -> list[str]:
    plan, journey = plan_of(text), journey_of(visits)
    steps = aligned(journey, plan)
    way = course(journey, steps, len(plan.steps) + 1)
    happened = deviations(journey, steps, way, plan.contains, np.array([step.optional for step in plan.steps]))
    names = ["", *(step.name for step in plan.steps)]
    return [
        deviation_words(KIND_NAMES[kind], "" if at == NOTHING else LETTERS[at], names[before], names[after])
        for kind, at, before, after in happened.key.tolist()
    ]


def check_trophic(rows: list[Row]) -> list[Figures]:
    moves = np.array([[float(row[f"to {letter}"]) for letter in FOUR] for row in rows])
    levels = zip(trophic_levels(moves), trophic_levels(beyond_chance(moves)), strict=True)
    return [{"level of W": float(plain), "level": float(level)} for plain, level in levels]


def check_stage_cut(rows: list[Row]) -> list[Figures]:
    moves = np.array([[0, 9, 0, 0], [9, 0, 2, 0], [0, 0, 0, 9], [0, 0, 9, 0]])
    cuts = best_cuts(moves, 2, most=len(list(combinations(FOUR, 1))))
    found = {
        f"{', '.join(FOUR[: cut.borders[0]])} / {', '.join(FOUR[cut.borders[0] :])}": (cut.gain, rank)
        for rank, cut in enumerate(cuts, 1)
    }
    return [{"gain": found[row["stages"]][0], "rank": found[row["stages"]][1]} for row in rows]


CONFORMANCE: dict[str, Callable[[list[Row]], Iterable[Figures]]] = {
    "fitness": check_fitness,
    "deviations": check_deviations,
    "trophic": check_trophic,
    "stage-cut": check_stage_cut,
}
