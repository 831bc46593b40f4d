"""How the worked tables of archetypes are recomputed."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np

from touchline.analyses.kinds.archetypes.kernel import Walks, walked, way_words
from touchline.formulas.agreement import adjusted_rand
from touchline.formulas.clustered_mean import PeopleSums, clustered_mean
from touchline.formulas.markov_mixture import bic

Row = dict[str, str]
Figures = dict[str, object]

GAP_DAYS = 30


def numbers(cell: str) -> list[float]:
    return [float(part.replace("−", "-")) for part in cell.replace(",", " ").split()]


def check_way(row: Row) -> Figures:
    visits = [word.split("@") for word in row["visits"].split()]
    names = sorted({name for name, _ in visits})
    touchpoint = np.array([names.index(name) for name, _ in visits])
    day = np.array([int(day) for _, day in visits])
    found = walked(np.zeros(len(visits), np.int64), day, day, touchpoint, GAP_DAYS)
    way, place, rank = Walks.of(found.way).first_visits()
    return {
        "way": " ".join(way_words(found.way[0], names)).replace("|", "/"),
        "journeys": int(Walks.of(found.way).journeys()[0]),
        "first visits": ", ".join(f"{names[at]} {number}" for _, at, number in zip(way, place, rank, strict=True)),
    }


def check_agreement(row: Row) -> Figures:
    return {"agreement": adjusted_rand([numbers(part) for part in row["people by old and new group"].split(";")])}


def check_bic(rows: list[Row]) -> list[Figures]:
    found = [
        bic(numbers(row["log-likelihood"])[0], int(row["archetypes"]), int(row["free chances"]), int(row["people"]))
        for row in rows
    ]
    return [{"BIC": each} for each in found]


def check_clustered_mean(row: Row) -> Figures:
    people = [numbers(part) for part in row["answers by person"].split(";")]
    pairs = [(len(given), sum(given)) for given in people]
    found = clustered_mean(
        PeopleSums(
            len(pairs),
            sum(n for n, _ in pairs),
            sum(total for _, total in pairs),
            sum(n * n for n, _ in pairs),
            sum(n * total for n, total in pairs),
            sum(total * total for _, total in pairs),
        ),
        -100,
        100,
    )
    return {"answers": found.answers, "mean": found.value, "low": found.low, "high": found.high}


ARCHETYPES: dict[str, Callable[[list[Row]], Iterable[Figures]]] = {
    "ways": lambda rows: [check_way(row) for row in rows],
    "archetype-agreement": lambda rows: [check_agreement(row) for row in rows],
    "archetype-bic": check_bic,
    "clustered-mean": lambda rows: [check_clustered_mean(row) for row in rows],
}
