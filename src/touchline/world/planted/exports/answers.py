"""Two Typeform files: a question after a step, and whether customers would recommend the shop."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from touchline.world.exports.rows import write_csv
from touchline.world.planted.exports.comments import comment, theme_of
from touchline.world.planted.exports.identity import user_id
from touchline.world.planted.exports.moments import moments, spaced
from touchline.world.planted.life import DAYS
from touchline.world.planted.people import LANGUAGES

if TYPE_CHECKING:
    from touchline.world.planted.world import PlantedWorld

Floats = NDArray[np.float64]

STEP_QUESTION: Final = "How satisfied were you with <strong>this step</strong>? (1–5)"
NPS_QUESTION: Final = "How likely are you to recommend us to a friend?"
_END = ("Response Type", "Start Date (UTC)", "Stage Date (UTC)", "Submit Date (UTC)", "Network ID", "Tags")
STEP_HEADER = ("#", STEP_QUESTION, "What could we do better?", "user_id", "touchpoint", "language", *_END)
NPS_HEADER = ("#", NPS_QUESTION, "user_id", *_END)
ANSWERS: Final = (0.02, 0.012, 0.03, 0.008)
"""Share of visits that are answered for, by segment."""
MOOD: Final = 0.9
"""Switch: how much likelier an answer becomes with a point of satisfaction (logarithm)."""
WRITES: Final = 0.5
ANSWERS_NPS: Final = 0.15
THEME_DAYS, THEME_TIMES = 14.0, 3.0


def felt(world: PlantedWorld, rng: np.random.Generator) -> Floats:
    """How satisfied customers were with each visit, 1..5: the place's own level, less what a bad visit takes, their liking, chance."""
    visits, plan = world.life.visits, world.plan
    liking = world.people.loyalty[world.life.journeys.person[visits.journey]]
    mean = plan.feeling[visits.place] - plan.price[visits.place] * visits.bad + 0.25 * liking
    drawn: Floats = mean + 0.7 * rng.standard_normal(len(visits))
    return np.clip(np.round(drawn), 1, 5)


def write_answers(world: PlantedWorld, step_path: Path, nps_path: Path) -> None:
    """Write both files."""
    rng = np.random.default_rng([world.plan.seed, 4])
    score = felt(world, rng)
    visits = world.life.visits
    segment = world.people.segment[world.life.journeys.person[visits.journey]]
    chance = np.asarray(ANSWERS)[segment]
    if world.switches.mood_answers:
        chance = chance * np.exp(MOOD * (score - score.mean()))
    asked = np.array([name.symptom != "order" for name in world.plan.names])[visits.place]
    answered = np.flatnonzero(asked & (rng.random(len(visits)) < chance))
    write_csv(step_path, STEP_HEADER, _steps(world, rng, answered, score))
    write_csv(nps_path, NPS_HEADER, _recommendations(world, rng))


def _steps(
    world: PlantedWorld, rng: np.random.Generator, answered: NDArray[np.int64], score: Floats
) -> Iterator[dict[str, object]]:
    visits = world.life.visits
    person = world.life.journeys.person[visits.journey[answered]]
    day = visits.day[answered] + 1 / 24 / 60
    times = spaced(moments(day))
    late = world.switches.theme & (day > DAYS - THEME_DAYS)
    for number, (visit, who) in enumerate(zip(answered.tolist(), person.tolist(), strict=True)):
        name, language = world.plan.names[visits.place[visit]], LANGUAGES[world.people.language[who]]
        theme = theme_of(rng, name.symptom, int(score[visit]), THEME_TIMES if late[number] else 1.0)
        yield {
            "#": f"s{number:07x}", STEP_QUESTION: int(score[visit]), "user_id": user_id(who), "touchpoint": name.words,
            "What could we do better?": comment(theme, language) if rng.random() < WRITES else "",
            "language": language, **_end(times[number], number),
        }  # fmt: skip


def _recommendations(world: PlantedWorld, rng: np.random.Generator) -> Iterator[dict[str, object]]:
    journeys = world.life.journeys
    bad = journeys.bad.sum(axis=1)
    likely = 7.6 + 0.8 * world.people.loyalty[journeys.person] - 0.7 * bad + 1.5 * rng.standard_normal(len(journeys))
    score = np.clip(np.round(likely), 0, 10).astype(np.int64)
    chance = np.full(len(journeys), ANSWERS_NPS)
    if world.switches.mood_answers:
        chance = chance * np.exp(0.25 * (score - score.mean()))
    day = journeys.ends + 1
    answered = np.flatnonzero((rng.random(len(journeys)) < chance) & (day < DAYS))
    times = spaced(moments(day[answered]))
    for number, journey in enumerate(answered.tolist()):
        yield {
            "#": f"n{number:07x}", NPS_QUESTION: int(score[journey]), "user_id": user_id(int(journeys.person[journey])),
            **_end(times[number], number),
        }  # fmt: skip


def _end(time: str, number: int) -> dict[str, object]:
    return {
        "Response Type": "completed",
        "Start Date (UTC)": time,
        "Submit Date (UTC)": time,
        "Network ID": f"{number:010x}",
    }
