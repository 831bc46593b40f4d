"""Planned against actual: how far journeys follow the planned order, and where they leave it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from touchline.analyses.kinds.conformance.answer import Compared
from touchline.analyses.kinds.conformance.difference import difference
from touchline.analyses.kinds.conformance.judging import judged, most_frequent
from touchline.analyses.kinds.conformance.members import PARTS, find_members
from touchline.analyses.kinds.conformance.plan import compared_plan
from touchline.analyses.kinds.conformance.present import present
from touchline.analyses.kinds.conformance.question import CountConformance
from touchline.analyses.kinds.conformance.request import Conformance
from touchline.analyses.kinds.conformance.spans import span_of
from touchline.analyses.questions.reading import Reading
from touchline.analyses.rules.kind import Kind
from touchline.analyses.rules.parameters import StepList, Whole
from touchline.analyses.rules.problem import QuestionError
from touchline.analyses.rules.steps import Known


def _usual(known: Known) -> Conformance:
    if not known.visits:
        raise QuestionError(
            "No event of a customer belongs to a touchpoint yet, so there is nothing to compare with a plan. See what is "
            "unmapped: touchline journey unmapped; or let one be proposed: touchline journey propose."
        )
    return Conformance()


def _counted(reading: Reading, request: Conformance) -> CountConformance:
    plan = compared_plan(reading.definition, reading.known, request.order)
    followed = reading.within(replace(reading.scope, start=None, end=None))
    return CountConformance(followed.visits(), plan, span_of(reading))


def _answer(reading: Reading, request: Conformance) -> Compared:
    counted = _counted(reading, request)
    counts = reading.ask(counted)
    beside = [] if reading.beside is None else [reading.beside.ask(_counted(reading.beside, request))]
    return judged(counts, counted.plan, most_frequent([counts, *beside], request.most), reading.unit)


def _members(reading: Reading, request: Conformance, part: str) -> NDArray[np.int64]:
    return reading.ask(find_members(_counted(reading, request), part))


KIND = Kind(
    name="conformance",
    title="Planned against actual",
    asks="Do journeys go as planned, and where do they leave the plan?",
    icon="list-checks",
    order=50,
    request=Conformance,
    answer_type=Compared,
    parameters=(
        StepList(
            "order",
            "Planned order",
            "Steps in their order instead of those of the journey definition, such as basket, product+, review?, "
            "'search | browse'.",
            at_least=0,
            at_most=30,
        ),
        Whole("most", "Deviations listed", "How many deviations to list. Default: 12.", 1, 200),
    ),
    usual=_usual,
    answer=_answer,
    present=present,
    difference=difference,
    methods=("fitness", "deviations"),
    members=_members,
    parts=PARTS,
)
