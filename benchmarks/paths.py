"""The fifty most frequent paths of five steps: beside the same question asked of raw events in plain DuckDB.

The SQL does by hand what the visits hold already: who is one customer, what belongs to a touchpoint, where a journey
begins, what is a repeat. Orders and refunds are one step each in it, because telling a first order from the others takes
the rules of the journey definition; all other paths must agree.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

from benchmarks.measuring import Clock, Row, Sizes, Work, in_child, in_turns, millions
from benchmarks.stores import Stores, opened
from touchline.analyses.facade import answered, usual_question
from touchline.engine.workspace import Workspace

MOST, LENGTH, BAR_SECONDS = 50, 5, 1.2
ASKED = {"length": [f"{LENGTH}"], "top": [f"{MOST}"], "fold": ["0"], "period": ["all"]}
OVER = "(end)"
TOLD_APART = ("first-order", "repeat-order", "cancellation", "return")
"""Touchpoints that only the definition's rules can tell apart."""

PLAIN = """
with steps as (
  select i.customer, e.time, e.id, k.touchpoint
  from events e
  join identities i on i.identifier = e.who
  join (select kind, min(touchpoint) as touchpoint from kind_touchpoints where is_visit group by kind) k
    on k.kind = e.kind
),
before as (
  select customer, time, id, touchpoint,
    lag(time) over each as previous_time, lag(touchpoint) over each as previous_touchpoint
  from steps window each as (partition by customer order by time, id)
),
begun as (
  select *, previous_time is null or time - previous_time > interval 30 days as begins from before
),
journeys as (
  select *, sum(begins::int) over (partition by customer order by time, id rows unbounded preceding) as journey
  from begun
),
numbered as (
  select customer, journey, touchpoint, row_number() over (partition by customer, journey order by time, id) as place
  from journeys where begins or touchpoint <> previous_touchpoint
),
paths as (
  select list(touchpoint order by place) as path from numbered where place <= 5 group by customer, journey
)
select path, count(*) as n from paths group by path order by n desc, path limit 200
"""


def measure(sizes: Sizes, stores: Stores) -> list[Row]:
    """Measure in turns; raises RuntimeError when the answers differ."""
    works: dict[str, Work] = {
        "ours": partial(in_child, ask_for_paths, stores.built),
        "plain": partial(in_child, ask_in_plain_sql, stores.built),
    }
    found = in_turns(sizes.rounds, works)
    ours, plain = found["ours"], found["plain"]
    _compare(ours.found, plain.found)
    seconds = ours.seconds["paths"]
    return [
        Row(
            f"top {MOST} paths of {LENGTH}, {millions(sizes.events)} events",
            seconds,
            ours.peak_bytes,
            f"≤ {BAR_SECONDS} s",
            seconds <= BAR_SECONDS if sizes.store_as_asked else None,
            "plain DuckDB on raw events",
            plain.seconds["paths"],
        )
    ]


def ask_for_paths(store: Path) -> tuple[Clock, dict[tuple[str, ...], int]]:
    """Ask a store just opened for the most frequent paths of all its journeys."""
    workspace = opened(store)
    names = {name: id_ for id_, name in workspace.store.rows("select id, name from touchpoints")}
    question = usual_question(workspace, "paths", ASKED)
    clock = Clock()
    with clock("paths"):
        answer = answered(workspace, question).answer
    workspace.close()
    return clock, {tuple(names[step] for step in path.steps if step != OVER): path.share.count for path in answer.paths}


def ask_in_plain_sql(store: Path) -> tuple[Clock, dict[tuple[str, ...], int]]:
    """Ask the raw events of a store just opened in one SQL statement."""
    workspace = opened(store)
    ids = _ids(workspace)
    clock = Clock()
    with clock("paths"):
        rows = workspace.store.rows(PLAIN)
    workspace.close()
    return clock, {tuple(ids[step] for step in path): count for path, count in rows}


def _ids(workspace: Workspace) -> dict[int, str]:
    return dict(workspace.store.rows("select position, id from touchpoints"))


def _compare(ours: dict[tuple[str, ...], int], plain: dict[tuple[str, ...], int]) -> None:
    compared = {path: count for path, count in ours.items() if not set(path) & set(TOLD_APART)}
    different = {path: (count, plain.get(path)) for path, count in compared.items() if plain.get(path) != count}
    if different or len(compared) < MOST // 2:
        raise RuntimeError(f"Our paths and those of plain SQL differ: {different}.")
