"""tickets.csv as Zendesk's classic export writes it: questions by chat and phone, some asked twice, some reopened."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from touchline.world.exports.rows import write_csv
from touchline.world.exports.zendesk import HEADER
from touchline.world.planted.exports.identity import mailbox, user_id
from touchline.world.planted.exports.moments import moments, spaced

if TYPE_CHECKING:
    from touchline.world.planted.world import PlantedWorld

FIRST_NUMBER = 7_001
SOLVED_AFTER_DAYS = 0.2
SUBJECTS = ("Wrong grind", "Change my address", "Invoice missing", "Machine leaks")


def write_tickets(world: PlantedWorld, path: Path) -> None:
    """Write one row per question; a repeated one is a second row within four days."""
    rng = np.random.default_rng([world.plan.seed, 3])
    visits, names = world.life.visits, world.plan.names
    place = [at for at, name in enumerate(names) if name.kind == "ticket"]
    here = np.flatnonzero(np.isin(visits.place, place))
    repeats = np.array([name.symptom == "repeat" for name in names])[visits.place[here]] & visits.bad[here]
    reopened = np.array([name.symptom == "reopened" for name in names])[visits.place[here]] & visits.bad[here]
    again = here[repeats]
    visit = np.concatenate([here, again])
    day = np.concatenate([visits.day[here], visits.day[again] + rng.uniform(0.6, 4.0, len(again))])
    reopens = np.concatenate([reopened, np.zeros(len(again), bool)])
    subject = rng.integers(len(SUBJECTS), size=len(here))
    subject = np.concatenate([subject, subject[repeats]])
    in_time = np.argsort(day, kind="stable")
    write_csv(path, HEADER, _rows(world, visit[in_time], day[in_time], reopens[in_time], subject[in_time]))


def _rows(
    world: PlantedWorld, visit: np.ndarray, day: np.ndarray, reopens: np.ndarray, subject: np.ndarray
) -> Iterator[dict[str, object]]:
    created, solved = spaced(moments(day)), spaced(moments(day + SOLVED_AFTER_DAYS))
    minutes = round(SOLVED_AFTER_DAYS * 24 * 60)
    person = world.life.journeys.person[world.life.visits.journey[visit]]
    vias = [world.plan.names[place].told_by for place in world.life.visits.place[visit].tolist()]
    for number, who in enumerate(person.tolist()):
        yield {
            "Summation column": 1, "Id": FIRST_NUMBER + number, "Requester": user_id(who), "Requester id": 10_000 + who,
            "Requester external id": user_id(who), "Requester email": mailbox(world.people, who, number),
            "Subject": SUBJECTS[subject[number]], "Status": "Solved", "Priority": "Normal", "Via": vias[number],
            "Ticket type": "Question", "Created at": created[number], "Updated at": solved[number],
            "Solved at": solved[number], "Satisfaction Score": "Offered", "Reopens": int(reopens[number]), "Replies": 1,
            "First resolution time in minutes": minutes, "Full resolution time in minutes": minutes,
        }  # fmt: skip
