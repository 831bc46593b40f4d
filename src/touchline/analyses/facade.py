"""What others may do with analyses: ask questions of every kind, and show, write and compare the answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from touchline.analyses.actions import segments
from touchline.analyses.actions.segments import Segment, delete_segment, kept_segments
from touchline.analyses.drawing.charts import draw_chart
from touchline.analyses.exports.leaving import leaving
from touchline.analyses.kinds.catalogue import all_kinds, kind_named
from touchline.analyses.questions.asked import Question, question_from, question_pairs
from touchline.analyses.questions.breakdowns import groups
from touchline.analyses.questions.reading import Reading, what_is_known
from touchline.analyses.questions.units import UNITS
from touchline.analyses.rules.grouping import Group, grouped
from touchline.analyses.rules.kind import Kind
from touchline.analyses.rules.parameters import written
from touchline.analyses.rules.presentation import (
    Bars,
    Chart,
    Column,
    Figure,
    Heat,
    Lines,
    Presentation,
    Row,
    Series,
    Table,
)
from touchline.analyses.rules.problem import QuestionError, what_exists
from touchline.analyses.rules.steps import Known
from touchline.analyses.wording import cell_words, figure_words, rests_on
from touchline.engine.remembering import Memory
from touchline.engine.workspace import Workspace
from touchline.events.facade import UNDATED
from touchline.journeys.facade import load_definition, refresh
from touchline.segments.facade import FilterError, Scope, compile_scope, scope_asked, sentence

__all__ = [
    "Answered",
    "Bars",
    "Chart",
    "Column",
    "Figure",
    "Heat",
    "Kind",
    "Lines",
    "Presentation",
    "Question",
    "QuestionError",
    "Row",
    "Segment",
    "Series",
    "Table",
    "all_kinds",
    "answered",
    "answered_from",
    "bring_segments_up_to_date",
    "cell_words",
    "delete_segment",
    "draw_chart",
    "figure_words",
    "keep_segment",
    "kept_segments",
    "kind_named",
    "known",
    "leaving",
    "question_from",
    "question_pairs",
    "reading",
    "rests_on",
    "usual_question",
    "written",
]


@dataclass(frozen=True)
class Answered:
    """A question with everything that was found."""

    question: Question
    answer: Any
    """Of the kind's answer type."""
    second: Any
    """The second group's answer; None where nothing is compared."""
    presentation: Presentation
    difference: Presentation | None
    groups: Presentation | None
    """The figures by breakdown."""
    words: str
    """Whom and when the answer is about."""
    second_words: str
    data_until: datetime | None

    @property
    def presentations(self) -> tuple[Presentation, ...]:
        """Everything that is shown, in order: the answer, its breakdown, its comparison."""
        found = (self.presentation, self.groups, self.difference)
        return tuple(each for each in found if each is not None)


LAST_EVENT = "select max(time) from events where who is not null and time <> ?"

_answers: Memory[Answered] = Memory()


def usual_question(workspace: Workspace, kind: str, given: Mapping[str, Sequence[str]] | None = None) -> Question:
    """A question of a kind with what was given as texts, the rest as is usual in this workspace.

    Raises QuestionError where something given is not as it must be, or there are no data to ask about.
    """
    found = kind_named(kind)
    definition = load_definition(workspace)
    refresh(workspace)
    asked = given or {}
    try:
        scope = scope_asked(workspace, asked)
    except FilterError as problem:
        raise QuestionError(str(problem)) from None
    return question_from(found, asked, found.usual(what_is_known(workspace, definition)), scope)


def known(workspace: Workspace) -> Known:
    """What there is to ask about."""
    return what_is_known(workspace, load_definition(workspace))


def answered(workspace: Workspace, question: Question) -> Answered:
    """Answer a question. Raises QuestionError with a sentence that says what is wrong and what exists."""
    _check_unit(question)
    definition = load_definition(workspace)
    refresh(workspace)
    bring_segments_up_to_date(workspace)
    try:
        return _answers.recall(workspace, (str(definition), question), lambda: _answer(workspace, question))
    except FilterError as problem:
        raise QuestionError(str(problem), "filter") from None


def keep_segment(workspace: Workspace, name: str, kind: str, given: Mapping[str, Sequence[str]], part: str) -> Segment:
    """Keep the customers of one part of a question under a name, for filters: segment("..."). Raises QuestionError."""
    return segments.keep_segment(workspace, name, kind, given, part, partial(_members, workspace))


def bring_segments_up_to_date(workspace: Workspace) -> None:
    """Count the members of kept segments again where the data have changed since."""
    segments.count_again(workspace, partial(_members, workspace))


def _members(workspace: Workspace, kind: str, given: Mapping[str, Sequence[str]], part: str) -> NDArray[np.int64]:
    question = usual_question(workspace, kind, given)
    _check_unit(question)
    find = kind_named(kind).members
    if find is None:
        raise QuestionError(f"A {kind} names no customers that could be kept as a segment.")
    try:
        return np.unique(find(reading(workspace, question), question.request, part))
    except FilterError as problem:
        raise QuestionError(str(problem), "filter") from None


def answered_from(sent: Mapping[str, Any]) -> Answered:
    """Make an answer again of what another process sent as JSON."""
    kind = kind_named(sent["question"]["kind"])
    second = None if sent["second"] is None else msgspec.convert(sent["second"], kind.answer_type)
    found = msgspec.convert({**sent, "answer": None, "second": None}, Answered)
    request = msgspec.convert(sent["question"]["request"], kind.request)
    return replace(
        found,
        question=replace(found.question, request=request),
        answer=msgspec.convert(sent["answer"], kind.answer_type),
        second=second,
    )


def reading(workspace: Workspace, question: Question, scope: Scope | None = None) -> Reading:
    """What a question reads from; its scope, or another one, must have its days filled in. Raises FilterError."""
    asked = scope or question.scope
    definition = load_definition(workspace)
    return Reading(
        workspace=workspace,
        definition=definition,
        scope=asked,
        clause=compile_scope(workspace, asked),
        unit=question.unit,
        known=what_is_known(workspace, definition),
        data_until=workspace.store.value(LAST_EVENT, [UNDATED.replace(tzinfo=None)]),
    )


def _check_unit(question: Question) -> None:
    if question.unit not in UNITS:
        raise QuestionError(what_exists("unit", question.unit, list(UNITS)), "unit")


def _answer(workspace: Workspace, question: Question) -> Answered:
    kind = kind_named(question.kind)
    first = reading(workspace, question)
    if first.data_until is None:
        raise QuestionError("There are no data yet. Import the exports you have; then ask again.")
    second_scope = question.second
    other = reading(workspace, question, second_scope) if second_scope else None
    answer = kind.answer(replace(first, beside=other), question.request)
    second = kind.answer(replace(other, beside=first), question.request) if other else None
    return Answered(
        question=question,
        answer=answer,
        second=second,
        presentation=kind.present(answer),
        difference=kind.difference(answer, second) if second is not None else None,
        groups=_by_group(kind, question, first) if question.breakdown else None,
        words=sentence(replace(question.scope, compare_start=None, compare_end=None)).removesuffix("."),
        second_words=sentence(second_scope).removesuffix(".") if second_scope else "",
        data_until=first.data_until,
    )


def _by_group(kind: Kind[Any, Any], question: Question, whole: Reading) -> Presentation:
    found = [
        Group(name, kind.present(kind.answer(each, question.request)))
        for name, each in groups(whole, question.breakdown)
    ]
    return grouped(question.breakdown, found)
