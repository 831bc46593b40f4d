"""How the worked tables of paths, the step matrix and clustered shares are recomputed."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np

from touchline.analyses.questions.paths import labels
from touchline.analyses.rules.taken_paths import ANCHOR, NOTHING, OUTCOME, Rows, TakenPaths, Window, take
from touchline.formulas.clustered import ClusteredShare, ClusterSums, clustered_share, compared

Row: TypeAlias = dict[str, str]
Figures: TypeAlias = dict[str, object]

NAMES = ("home", "product", "basket", "order", "help")
BASKET, ORDER = NAMES.index("basket"), NAMES.index("order")


def check_paths(rows: list[Row]) -> list[Figures]:
    taken = _around_the_basket(rows, 1, 1)
    found: dict[int, Figures] = {}
    for at, journey in enumerate(taken.unit.tolist()):
        found[journey] = {
            "path": " ".join(labels(taken.steps[at], NAMES, 1)),
            "times in a row": " ".join(map(str, taken.repeats[at])),
            "order later": bool(taken.reached[at]),
        }
    nothing = {"path": "none", "times in a row": "none", "order later": False}
    return [found.get(at, nothing) for at in range(len(rows))]


def check_step_matrix(rows: list[Row]) -> list[Figures]:
    taken = _around_the_basket(rows, 2, 1)
    places = ("−2", "−1", "0", "+1")
    return [
        {
            place: NAMES[step] if step != NOTHING else "(start)" if column < 2 else "(end)"
            for column, (place, step) in enumerate(zip(places, steps, strict=True))
        }
        for steps in taken.steps.tolist()
    ]


def _around_the_basket(rows: list[Row], before: int, after: int) -> TakenPaths:
    """Each row is a journey of a customer of its own."""
    steps = [(at, NAMES.index(name)) for at, row in enumerate(rows) for name in row["journey"].split()]
    unit, node = (np.array(column) for column in zip(*steps, strict=True))
    marks = np.select([node == BASKET, node == ORDER], [ANCHOR, OUTCOME]).astype(np.uint8)
    begins = np.append(True, unit[1:] != unit[:-1])
    window = Window("first", before, after, collapses=True)
    return take(Rows(unit, np.arange(unit.size), node, marks, begins), window, len(NAMES), open_after_us=2**40)


def check_clustered_share(rows: list[Row]) -> list[Figures]:
    found = [_share(row["customers"]) for row in rows]
    return [
        {
            "count": each.count,
            "of": each.of,
            "share": each.value,
            "design effect": each.design_effect,
            "low": each.low,
            "high": each.high,
        }
        for each in found
    ]


def check_clustered_differences(rows: list[Row]) -> list[Figures]:
    return [
        {
            "change": each.change.difference,
            "low": each.change.low,
            "high": each.change.high,
            "found": each.is_found,
        }
        for each in compared([(_share(row["first"]), _share(row["second"])) for row in rows])
    ]


def _share(cell: str) -> ClusteredShare:
    """'10 × 3/4, 2 × 0/1': ten clusters with three of four, two with none of one."""
    clusters = []
    for part in cell.split(","):
        times, _, counts = part.partition("×")
        x, _, n = counts.partition("/")
        clusters += [(int(x), int(n))] * int(times)
    x, n = np.array(clusters).T
    return clustered_share(
        ClusterSums(
            int(x.sum()), int(n.sum()), len(clusters), int((x * x).sum()), int((x * n).sum()), int((n * n).sum())
        )
    )


PATHS = {
    "paths": check_paths,
    "step-matrix": check_step_matrix,
    "clustered-share": check_clustered_share,
    "clustered-differences": check_clustered_differences,
}
