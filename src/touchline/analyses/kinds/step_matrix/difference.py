"""Where journeys of the second group are more or less often, step by step."""

from __future__ import annotations

from touchline.analyses.kinds.step_matrix.answer import StepMatrixAnswer
from touchline.analyses.kinds.step_matrix.present import place_names
from touchline.analyses.rules.path_differences import Pair, judged, shares_compared
from touchline.analyses.rules.presentation import Column, Heat, Presentation, Row, Table

CAPTION = "Second minus first, in points; blank: no detectable difference"


def difference(first: StepMatrixAnswer, second: StepMatrixAnswer) -> Presentation:
    """Second minus first in every cell; only what is found to differ is shown with a figure."""
    others = {row.name: row for row in second.rows}
    rows = [(row, others[row.name]) for row in first.rows if row.name in others]
    places = place_names(first)
    pairs = [
        Pair(f"{row.name} at {place}", row.shares[at], other.shares[at], (row.customers, other.customers))
        for row, other in rows
        for at, place in enumerate(places)
    ]
    listed = shares_compared("steps", "cells", "Step", pairs)
    if not pairs:
        return listed
    found = [each.change.difference if each.is_found else None for each in judged(pairs)]
    names = tuple(row.name for row, _ in rows)
    values = tuple(tuple(found[at : at + len(places)]) for at in range(0, len(found), len(places)))
    n = tuple(pair.n for pair in pairs[:: len(places)])
    heat = Heat("step-differences", CAPTION, names, places, values, "points", "differences", diverging=True, n=n)
    table = Table(
        "differences",
        CAPTION,
        (Column("Step"), *(Column(place, "points") for place in places)),
        tuple(Row((name, *row), n=one) for name, row, one in zip(names, values, n, strict=True)),
    )
    different = tuple(each for each in listed.tables if each.id == "steps-different")
    return Presentation(listed.sentence, charts=(heat,), tables=(table, *different))
