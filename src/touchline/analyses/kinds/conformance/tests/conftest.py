"""Workspaces whose journeys are typed out: each word is a touchpoint, visited an hour after the one before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import pyarrow as pa
import pytest

from touchline.engine.workspace import Settings, Workspace, create_workspace
from touchline.journeys.facade import refresh

START = datetime.fromisoformat("2026-01-05")
JOURNEY = """\
name = "Typed"
gap_days = 30

[planned]
order = ["ad", "shop+", "pay", "deliver", "review?"]
anywhere = ["mail"]

[[stage]]
id = "before"
name = "Before"

[[stage]]
id = "after"
name = "After"
"""
TOUCHPOINTS = {"ad": "Ad", "shop": "Shop", "pay": "Payment", "deliver": "Delivery", "review": "Review",
               "help": "Support contact", "mail": "E-mail"}  # fmt: skip


@dataclass(frozen=True)
class Course:
    """One journey: touchpoints by id, in order; 'answer=60' is an experience score given an hour after the last visit."""

    who: int
    steps: str
    day: float = 0.0
    device: str = "desktop"


def journey_toml() -> str:
    blocks = [
        f'[[stage.touchpoint]]\nid = "{id_}"\nname = "{name}"\nany = [{{ label = "{id_}" }}]\n'
        for id_, name in TOUCHPOINTS.items()
    ]
    return JOURNEY + "\n" + "\n".join(blocks)


def fill(workspace: Workspace, courses: Sequence[Course]) -> None:
    """Store the events of journeys, and one of somebody else long after them: all journeys are over."""
    names = list(TOUCHPOINTS)
    rows = []
    for course in [*courses, Course(9_999_999, "mail", 400.0)]:
        for hour, step in enumerate(course.steps.split()):
            label, _, score = step.partition("=")
            moment = START + timedelta(days=course.day, hours=hour)
            kind = names.index(label) if label in names else len(names)
            rows.append((len(rows) + 1, moment, course.who, kind, float(score) if score else None, course.device))
    people = sorted({row[2] for row in rows})
    events = pa.table(
        dict(zip(("id", "time", "who", "kind", "score", "device"), map(list, zip(*rows, strict=True)), strict=True))
    )
    with workspace.store.transaction() as writer:
        for kind, label in enumerate([*names, None]):
            name = "Survey Answered" if label is None else "Contact"
            writer.execute("insert into kinds values (?, ?, 'web', null, ?, 'table')", [kind, name, label])
        with writer.staged("people", pa.table({"who": people})):
            writer.execute("insert into identifiers select who, 'user_id', who::varchar from people")
        with writer.staged("typed", events):
            writer.execute(
                "insert into events by name select nextval('event_seq') as seq, id, time, time as received, who, kind, device,"
                " case when score is not null then 'nps' end as metric, score, -100.0 as score_min, 100.0 as score_max,"
                " 1 as import_id, id as line from typed"
            )


@pytest.fixture(scope="module")
def workspace_of(tmp_path_factory: pytest.TempPathFactory) -> Iterator[object]:
    """Make a workspace out of journeys."""
    made: list[Workspace] = []

    def make(courses: Sequence[Course]) -> Workspace:
        folder = tmp_path_factory.mktemp("typed") / "workspace"
        made.append(create_workspace(folder, Settings("Typed"), journey_toml()))
        fill(made[-1], courses)
        refresh(made[-1])
        return made[-1]

    yield make
    for workspace in made:
        workspace.close()


@pytest.fixture(scope="module")
def course() -> type[Course]:
    return Course
