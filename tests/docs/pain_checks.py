"""How the worked tables of pain points are recomputed."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np

from touchline.formulas.unusual import unusually_long
from touchline.pains.rules.as_of import Earlier
from touchline.pains.rules.computing import overlap_share
from touchline.pains.rules.rows import Moments

Row = dict[str, str]
Figures = dict[str, object]

ORDERS = Earlier(Moments(np.array([1, 1, 1]), np.array([10, 50, 80]), np.array([10.0, 20.0, 30.0])))


def number(cell: str) -> float:
    return float(cell.replace("−", "-"))


def check_as_of(rows: list[Row]) -> Iterable[Figures]:
    for row in rows:
        customer, day = np.array([1]), np.array([int(row["day of the visit"])])
        yield {
            "orders before": int(ORDERS.count(customer, day)[0]),
            "spend before": float(ORDERS.total(customer, day)[0]),
        }


def check_share_left(rows: list[Row]) -> Iterable[Figures]:
    for row in rows:
        yield {"share left": overlap_share(number(row["together"]), number(row["alone"]))}


def check_long_wait(rows: list[Row]) -> Iterable[Figures]:
    for row in rows:
        hours = np.array([1.0, 2.0, 4.0, 8.0, 16.0] * 5 + [number(row["hours"])] * 5)
        yield {"unusually long": bool(unusually_long(3600 * hours)[-1])}


PAINS: dict[str, Callable[[list[Row]], Iterable[Figures]]] = {
    "as-of": check_as_of,
    "share-left": check_share_left,
    "long-wait": check_long_wait,
}
