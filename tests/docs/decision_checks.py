"""How the worked tables of decisions are recomputed: who is one customer, what is one visit, where an answer belongs."""

from __future__ import annotations

import tempfile
from datetime import timedelta
from pathlib import Path
from typing import TypeAlias

import numpy as np

from touchline.customers.rules.guards import TYPES
from touchline.customers.rules.joining import join
from touchline.customers.rules.link_graph import LinkGraph
from touchline.engine.workspace import Settings, create_workspace
from touchline.journeys.facade import DEFAULT_JOURNEY_TOML, load_definition, refresh
from touchline.journeys.tests.stores import START, Happened, know, store
from touchline.research.rules import Step, step_of

Row: TypeAlias = dict[str, str]
Figures: TypeAlias = dict[str, object]

VISIT_MINUTES, JOURNEY_DAYS = 30, 30


def check_customers(rows: list[Row]) -> list[Figures]:
    """`seen with` lists the numbers of earlier identifiers that stood on a row together with this one."""
    links = [(int(row["number"]), int(other)) for row in rows for other in row["seen with"].split(",") if other.strip()]
    graph = LinkGraph.of(
        np.array([int(row["number"]) for row in rows]),
        np.array([TYPES.index(row["type"]) for row in rows], dtype=np.int8),
        np.array([a for a, _ in links]),
        np.array([b for _, b in links]),
    )
    return [{"customer": int(customer)} for customer in join(graph).customers]


def check_research_steps(rows: list[Row]) -> list[Figures]:
    steps = (Step("cart", "Basket"), Step("pay", "Payment"))
    found = [step_of(row["the table says"], row["put by hand on"] or None, steps) for row in rows]
    return [{"is on": step.id if step else "no step"} for step in found]


def check_visits(rows: list[Row]) -> list[Figures]:
    """One customer's contacts: `after` is the time since the one before, in minutes or days."""
    moments, minute = [], 0.0
    for row in rows:
        amount, unit = row["after"].split()
        minute += float(amount) * (24 * 60 if unit.startswith("day") else 1)
        moments.append(minute)
    happened = [
        Happened(number, 1, at, row["event"], page=row["page"] if row["page"].startswith("/") else None)
        for number, (at, row) in enumerate(zip(moments, rows, strict=True), start=1)
    ]
    visits = _derived(happened, "select touchpoint, time, ended, journey from visits order by time")
    figures = []
    for at in (START + timedelta(minutes=moment) for moment in moments):
        number, (touchpoint, _, _, journey) = next(
            (number, visit) for number, visit in enumerate(visits, start=1) if visit[1] <= at <= visit[2]
        )
        figures.append({"touchpoint": touchpoint, "visit": number, "journey": journey + 1})
    return figures


def check_answers(rows: list[Row]) -> list[Figures]:
    """Each row is a customer of their own, who did what `before` says so many days before answering."""
    happened = []
    for number, row in enumerate(rows, start=1):
        answered = 90 * 24 * 60
        if row["before"] != "nothing":
            days = float(row["days"]) * 24 * 60
            happened.append(Happened(1000 + number, number, answered - days, row["before"]))
        label = None if row["label"] == "none" else row["label"]
        happened.append(
            Happened(
                number, number, answered, row["answer"], label=label, source=row["file"], score=(row["metric"], 4, 1, 5)
            )
        )
    placed = dict(_derived(happened, "select event, touchpoint from responses"))
    return [{"touchpoint": placed[number] or "nowhere"} for number in range(1, len(rows) + 1)]


def _derived(happened: list[Happened], sql: str) -> list[tuple]:
    """Store, refresh and ask, with touchpoints by name."""
    with tempfile.TemporaryDirectory() as folder:
        workspace = create_workspace(Path(folder) / "w", Settings("Example"), DEFAULT_JOURNEY_TOML)
        know(workspace, {each.who: "email" for each in happened if each.who})
        store(workspace, *happened)
        refresh(workspace)
        names = [touchpoint.name for touchpoint in load_definition(workspace).touchpoints]
        columns = sql.split(" from ")[0].removeprefix("select ").split(", ")
        at = columns.index("touchpoint")
        rows = workspace.store.rows(sql)
        workspace.close()
    return [(*row[:at], None if row[at] is None else names[row[at]], *row[at + 1 :]) for row in rows]


DECISIONS = {
    "customers": check_customers,
    "visits": check_visits,
    "answers": check_answers,
    "research-steps": check_research_steps,
}
