"""How the worked tables of retention, lifecycle, stickiness and sessions are recomputed."""

from __future__ import annotations

import re
from statistics import NormalDist
from typing import TypeAlias

import numpy as np

from touchline.analyses.kinds.lifecycle.kernel import STATES, count_states
from touchline.analyses.kinds.retention.kernel import count_cohorts
from touchline.analyses.kinds.sessions.kernel import Events, cut, engaged
from touchline.analyses.kinds.stickiness.kernel import Days, count_days
from touchline.analyses.questions.activity import Active
from touchline.formulas.ratio import ratio
from touchline.formulas.session_cut import bin_edges_s, session_cut

Row: TypeAlias = dict[str, str]
Figures: TypeAlias = dict[str, object]

SECOND_US = 1_000_000
WEEKS = 4


def numbers(cell: str) -> list[int]:
    return [int(part) for part in cell.split(",")]


def active_in(periods: list[int]) -> Active:
    """One customer, active in these periods, the first of which is 0."""
    bits = np.array([[sum(1 << period for period in periods)]], dtype=np.uint64)
    return Active(np.array([1]), np.array([min(periods)]), bits, bits)


def check_retention(row: Row) -> Figures:
    weeks = [week - 1 for week in numbers(row["weeks with a visit"])]
    found: Figures = {"group": min(weeks) + 1}
    for column, or_later in (("back exactly", False), ("back then or later", True)):
        counts = count_cohorts(active_in(weeks), WEEKS, WEEKS, WEEKS - 1, first_time=True, or_later=or_later)
        laters = np.flatnonzero(counts.came[min(weeks)]).tolist()
        found[column] = ", ".join(map(str, laters)) or "none"
    return found


def check_ratio(row: Row) -> Figures:
    found = ratio(*([float(each) for each in numbers(row[name])] for name in ("later", "first week")))
    return {"n": found.n, "value kept": found.value, "low": found.low, "high": found.high}


def check_lifecycle(row: Row) -> Figures:
    weeks = numbers(row["weeks with a visit"])  # week 0 is the one before the first that is counted
    counts = count_states(active_in(weeks), 6, 6).counts
    states = [[name for name, count in zip(STATES, week, strict=True) if count and name != "active"] for week in counts]
    return {f"week {at}": state[0] if state else "–" for at, state in enumerate(states, start=1)}


def check_stickiness(row: Row) -> Figures:
    days = Days(count=30, first_seen=0, stretches=((27, 30),), counted_in=None)
    counts = count_days(active_in([day - 1 for day in numbers(row["active on days"])]), days)
    return dict(zip(("DAU", "WAU", "MAU"), counts.active[:, 0].tolist(), strict=True))


def check_sessions(row: Row) -> Figures:
    typed = [re.fullmatch(r"(\d+):(\d\d) (\S+)", each.strip()) for each in row["events"].split(",")]
    events = [(60 * int(each[1]) + int(each[2]), each[3]) for each in typed if each]
    pages = list(dict.fromkeys(page for _, page in events))
    none = np.zeros(len(events), np.int64)
    found = cut(
        Events(
            unit=none,
            person=none,
            time_us=np.array([at * SECOND_US for at, _ in events]),
            place=np.array([pages.index(page) for _, page in events], np.int32),
            is_page=np.array([page != "*" for _, page in events]),
            is_view=none == 1,
            is_key=np.array([page == "*" for _, page in events]),
            device=none.astype(np.int8),
            campaign=none.astype(np.int32) - 1,
            own=none,
        ),
        30 * 60 * SECOND_US,
    )
    return {
        "sessions": found.unit.size,
        "engaged": int(engaged(found, 10 * SECOND_US).sum()),
        "pages": int(found.views.sum()),
        "seconds": int((found.end_us - found.start_us).max() // SECOND_US),
    }


def check_session_cut(row: Row) -> Figures:
    pauses_s: list[float] = []
    for column in ("short pauses", "long pauses"):
        many, middle_s, spread = re.findall(r"[\d.]+", row[column])
        spread_evenly = NormalDist(np.log10(float(middle_s)), float(spread))
        pauses_s += [10 ** spread_evenly.inv_cdf((at + 0.5) / int(many)) for at in range(int(many))]
    bins = np.searchsorted(bin_edges_s(), pauses_s, side="right") - 1
    found = session_cut(np.bincount(bins[bins >= 0], minlength=bin_edges_s().size).tolist())
    return {"cut in minutes": None if found.seconds is None else found.seconds / 60}


def each(check):
    return lambda rows: [check(row) for row in rows]


PERIODS = {
    "retention": each(check_retention),
    "ratio": each(check_ratio),
    "lifecycle": each(check_lifecycle),
    "stickiness": each(check_stickiness),
    "sessions": each(check_sessions),
    "session-cut": each(check_session_cut),
}
