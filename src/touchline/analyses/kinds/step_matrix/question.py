"""How the step matrix is counted."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from touchline.analyses.kinds.step_matrix.answer import MatrixRow, StepMatrixAnswer
from touchline.analyses.kinds.step_matrix.request import StepMatrixRequest
from touchline.analyses.questions.paths import Paths, members_of, paths_of, usual_nodes
from touchline.analyses.questions.reading import Reading
from touchline.analyses.rules.path_groups import Clusters
from touchline.analyses.rules.path_words import NOT_BEGUN, OVER
from touchline.analyses.rules.steps import Known
from touchline.analyses.rules.taken_paths import NOTHING, Whole


def usual(known: Known) -> StepMatrixRequest:
    """Around the most visited touchpoint of the stage in the middle."""
    if usual_nodes(known) == "event":
        return StepMatrixRequest(nodes="event", anchor=f"event:{known.names[0]}")
    stages = [stage for stage, _ in known.stages if any(known.touchpoints[at][2] == stage for at in known.visits)]
    middle = stages[len(stages) // 2]
    of_middle = [at for at in known.visits if known.touchpoints[at][2] == middle]
    return StepMatrixRequest(anchor=known.touchpoints[max(of_middle, key=lambda at: (known.visits[at], -at))][0])


def answer(reading: Reading, request: StepMatrixRequest) -> StepMatrixAnswer:
    """Count and judge. Raises QuestionError."""
    found = _found(reading, request)
    before = request.places if request.anchor else 0
    columns = found.steps.shape[1]
    clusters = Clusters.of(found.taken.unit)
    return StepMatrixAnswer(
        seen=found.seen,
        folded=found.folded,
        customers=clusters.sizes.size,
        places=tuple(range(-before, columns - before)) if request.anchor else tuple(range(1, columns + 1)),
        rows=tuple(_rows(found, clusters, before)) if found.steps.size else (),
    )


def members(reading: Reading, request: StepMatrixRequest, part: str) -> NDArray[np.int64]:
    """The customers who reached the anchor."""
    return members_of(reading, _found(reading, request).taken.unit)


def _found(reading: Reading, request: StepMatrixRequest) -> Paths:
    before, after = (request.places, request.places) if request.anchor else (0, request.places - 1)
    return paths_of(reading, request, before, after, "", from_end=False)


def _rows(found: Paths, clusters: Clusters, before: int) -> Iterator[MatrixRow]:
    """One row per step that occurs in either group, and one for each end."""
    names = (*found.names, NOT_BEGUN, OVER)
    not_begun, over = len(found.names), len(found.names) + 1
    cells = found.steps.astype(np.int64)
    places = np.arange(cells.shape[1])
    cells = np.where(cells == NOTHING, np.where(places < before, not_begun, over), cells)
    counts = np.bincount(cells.ravel(), minlength=len(names))
    occurs = counts + (0 if found.beside is None else _beside(found.beside, before, len(names)))
    shares = [clusters.shares(cells[:, place], len(names)) for place in places]
    anywhere = Clusters(np.repeat(clusters.unit, places.size), clusters.sizes)
    customers = anywhere.units(cells.ravel(), len(names))
    inner = sorted(range(len(found.names) - 1), key=lambda row: (-counts[row], names[row]))
    for row in (*inner, len(found.names) - 1, not_begun, over):
        if occurs[row]:
            yield MatrixRow(names[row], customers[row], tuple(column[row] for column in shares))


def _beside(steps: Whole, before: int, rows: int) -> Whole:
    """How often each step occurs in the other group, the two ends among them."""
    inside = np.bincount(steps[steps != NOTHING], minlength=rows)
    inside[-2] = (steps[:, :before] == NOTHING).sum()
    inside[-1] = (steps[:, before:] == NOTHING).sum()
    return inside
