"""Weekly retention, twelve weeks each followed for twelve: beside the same question asked of raw events in plain DuckDB.

The SQL does by hand what the visits hold already: who is one customer, and which events are contacts. Both count customers
by the week of their very first contact and by the weeks in which they came again; their figures must agree. Sessions of all
events stand below: nothing was asked of them, and no peer is asked.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

from benchmarks.measuring import Clock, Row, Sizes, Work, in_child, in_turns, millions
from benchmarks.stores import Stores, opened
from touchline.analyses.facade import all_kinds, answered, usual_question

BAR_SECONDS = 0.6
WEEKS = 12
FIRST_DAY, LAST_DAY = "2026-01-05", "2026-06-21"
"""Twenty-four whole weeks: the first twelve are followed for twelve each."""
ASKED = {"periods": [f"{WEEKS}"], "start": [FIRST_DAY], "end": [LAST_DAY]}

DIFFERENT_AT_MOST, DIFFERENT_AT_LEAST = 0.001, 10
"""Of the customers counted, or so many where they are few: a visit that goes on past Sunday night counts in the week in
which it began."""

Cells = dict[tuple[int, int], int]

PLAIN = """
with contacts as (
  select i.customer, date_trunc('week', e.time) as week
  from events e
  join identities i on i.identifier = e.who
  join (select distinct kind from kind_touchpoints where is_visit) k on k.kind = e.kind
  where e.time < ?::timestamp + interval 1 day
),
began as (select customer, min(week) as began from contacts group by customer),
came as (select distinct customer, week from contacts)
select date_diff('week', ?::timestamp, began) as group_, date_diff('week', began, week) as later, count(*)
from came join began using (customer)
where began >= ?::timestamp and date_diff('week', began, week) between 0 and ?
group by 1, 2
"""


def measure(sizes: Sizes, stores: Stores) -> list[Row]:
    """Measure in turns; raises RuntimeError when the answers differ."""
    works: dict[str, Work] = {
        "ours": partial(in_child, ask_for_retention, stores.built),
        "plain": partial(in_child, ask_in_plain_sql, stores.built),
        "sessions": partial(in_child, ask_for_sessions, stores.built),
    }
    found = in_turns(sizes.rounds, works)
    ours, plain, sessions = found["ours"], found["plain"], found["sessions"]
    _compare(ours.found, plain.found)
    seconds, size = ours.seconds["retention"], millions(sizes.events)
    return [
        Row(
            f"weekly retention {WEEKS} × {WEEKS}, {size} events, cold",
            seconds,
            ours.peak_bytes,
            f"≤ {BAR_SECONDS} s",
            seconds <= BAR_SECONDS if sizes.store_as_asked else None,
            "plain DuckDB on raw events",
            plain.seconds["retention"],
        ),
        Row(f"sessions of all events by web and app, {size} events", sessions.seconds["sessions"], sessions.peak_bytes),
    ]


def ask_for_retention(store: Path) -> tuple[Clock, Cells]:
    """Ask a store just opened: customers by group and by how many weeks later, 0 being the group itself."""
    workspace = opened(store)
    all_kinds()  # loading the program is not measured
    clock = Clock()
    with clock("retention"):
        answer = answered(workspace, usual_question(workspace, "retention", ASKED)).answer
    workspace.close()
    cells = {(at, 0): cohort.n for at, cohort in enumerate(answer.cohorts)}
    for at, cohort in enumerate(answer.cohorts):
        cells |= {(at, later): cell.count for later, cell in enumerate(cohort.cells, start=1)}
    return clock, {place: count for place, count in cells.items() if count}


def ask_in_plain_sql(store: Path) -> tuple[Clock, Cells]:
    """Ask the raw events of a store just opened in one SQL statement."""
    workspace = opened(store)
    clock = Clock()
    with clock("retention"):
        rows = workspace.store.rows(PLAIN, [LAST_DAY, FIRST_DAY, FIRST_DAY, WEEKS])
    workspace.close()
    return clock, {(group, later): count for group, later, count in rows}


def ask_for_sessions(store: Path) -> tuple[Clock, int]:
    """Cut all events of a store just opened into sessions; says how many there are."""
    workspace = opened(store)
    all_kinds()
    clock = Clock()
    with clock("sessions"):
        answer = answered(workspace, usual_question(workspace, "sessions", {"period": ["all"]})).answer
    workspace.close()
    return clock, int(answer.overall.sessions)


def _compare(ours: Cells, plain: Cells) -> None:
    different = sum(abs(ours.get(place, 0) - plain.get(place, 0)) for place in ours | plain)
    if different > max(DIFFERENT_AT_MOST * sum(plain.values()), DIFFERENT_AT_LEAST):
        raise RuntimeError(f"Our retention and that of plain SQL differ by {different} customers.")
