"""How the worked tables of funnels are recomputed."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np

from touchline.analyses.kinds.funnel.kernel import NOT_TAKEN, Plan, Walk
from touchline.analyses.kinds.funnel.question import levels_of
from touchline.formulas.mean import mean, sample
from touchline.formulas.median import median
from touchline.formulas.multiplicity import findings, q_values
from touchline.formulas.odds_ratio import OddsRatio, odds_ratio
from touchline.formulas.proportion import share

Row = dict[str, str]
Figures = dict[str, object]

WINDOW_HOURS, END_OF_DATA = 10, 10**6
MEAN_WITHIN_HOURS = 144.0


def check_ways(rows: list[Row]) -> list[Figures]:
    return [check_way(row) for row in rows]


def check_way(row: Row) -> Figures:
    words = [(word[0], int(word[1:])) for word in row["rows"].split()]
    time = np.array([hour for _, hour in words], np.int64)
    mask = np.array([0 if letter == "." else 1 << "xabc".index(letter) for letter, _ in words], np.int64)
    barred = ((0, 1, 2),) if row["x excluded"] == "yes" else ()
    plan = Plan(row["order"], (1, 2, 3), (False,) * 3, WINDOW_HOURS, END_OF_DATA, barred)
    ways = Walk(np.zeros(len(words), np.int64), time, mask, plan).furthest()
    taken = [at for at in levels_of(ways, plan, len(words)).T.ravel() if at != NOT_TAKEN]
    return {"steps taken": len(taken), "hours of the steps": ", ".join(str(time[at]) for at in taken)}


def check_shares(rows: list[Row]) -> list[Figures]:
    found = []
    for row in rows:
        entered, before, reached = (int(row[name]) for name in ("entered", "reached before", "reached"))
        of_before = share(reached, before)
        found.append(
            {
                "of all": share(reached, entered).value,
                "of step before": of_before.value,
                "low": of_before.low,
                "high": of_before.high,
            }
        )
    return found


def check_times(rows: list[Row]) -> list[Figures]:
    found = []
    for row in rows:
        times = [float(each) for each in row["times"].split(",")]
        middle = median(times)
        average = mean(sample({each: times.count(each) for each in times}), 0.0, MEAN_WITHIN_HOURS)
        found.append(
            {
                "n": middle.n,
                "median": middle.value,
                "low": middle.low,
                "high": middle.high,
                "mean": average.value,
                "mean low": average.low,
                "mean high": average.high,
            }
        )
    return found


def odds_of(row: Row) -> OddsRatio:
    return odds_ratio(*(int(row[name]) for name in ("a", "got through", "c", "others")))


def check_odds(rows: list[Row]) -> list[Figures]:
    return [
        {"odds ratio": found.value, "low": found.low, "high": found.high, "p": found.p} for found in map(odds_of, rows)
    ]


def check_findings(rows: list[Row]) -> list[Figures]:
    p = [found.p if found.p is not None else 1.0 for found in map(odds_of, rows)]
    return [{"q": q, "finding": finding} for q, finding in zip(q_values(p), findings(p), strict=True)]


FUNNEL: dict[str, Callable[[list[Row]], Iterable[Figures]]] = {
    "funnel-ways": check_ways,
    "funnel-shares": check_shares,
    "median-time": check_times,
    "odds-ratio": check_odds,
    "odds-findings": check_findings,
}
