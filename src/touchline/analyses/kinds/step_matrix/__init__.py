"""Step matrix: where customers are so many steps before and after a step, or from the beginning of their journey on."""

from __future__ import annotations

from touchline.analyses.kinds.step_matrix.answer import StepMatrixAnswer
from touchline.analyses.kinds.step_matrix.difference import difference
from touchline.analyses.kinds.step_matrix.present import present
from touchline.analyses.kinds.step_matrix.question import answer, members, usual
from touchline.analyses.kinds.step_matrix.request import StepMatrixRequest
from touchline.analyses.rules import path_parameters as common
from touchline.analyses.rules.kind import Kind
from touchline.analyses.rules.parameters import Whole

KIND = Kind(
    name="step-matrix",
    title="Step matrix",
    asks="Where are customers so many steps before and after a step?",
    icon="grid-3x3",
    order=31,
    request=StepMatrixRequest,
    answer_type=StepMatrixAnswer,
    parameters=(
        common.NODES,
        common.ANCHOR,
        Whole("places", "Steps on either side", "How many steps before and after the anchor. Usual: 4.", 1, 10),
        common.OCCURRENCE,
        common.BOUNDS,
        common.SESSION_MINUTES,
        common.COLLAPSE,
        common.FOLD,
    ),
    usual=usual,
    answer=answer,
    present=present,
    difference=difference,
    methods=("step-matrix", "clustered-share"),
    members=members,
    parts=(("anchor", "customers who reached the anchor"),),
)
