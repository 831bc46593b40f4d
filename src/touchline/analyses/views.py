"""The page of questions, a page for each kind, and answers as files."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse, HttpResponseBadRequest
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from touchline.analyses import facade
from touchline.analyses.exports.files import WRITERS, endings, write_answer
from touchline.analyses.facade import Answered, Kind, Question, QuestionError
from touchline.analyses.forms import STEPS_ID, QuestionForm, known_steps
from touchline.analyses.page import shown
from touchline.segments.facade import NOTHING, data_span, intents, saved_filters
from touchline.segments.pages import ScopeForm
from touchline.ui.requests import WorkspaceRequest


@require_safe
def questions_page(request: WorkspaceRequest) -> HttpResponse:
    """List the kinds of questions."""
    return render(
        request, "analyses/questions.html", {"kinds": facade.all_kinds(), "span": data_span(request.workspace)}
    )


@require_safe
def question_page(request: WorkspaceRequest, name: str) -> HttpResponse:
    """Ask, and show the answer below what was asked."""
    kind = _kind(name)
    workspace = request.workspace
    span = data_span(workspace)
    kept = saved_filters(workspace)
    scope_form = ScopeForm(request.GET, span, kept, NOTHING)
    scope_form.offer_intents({intent: intent for intent in intents(workspace)})
    context: dict[str, Any] = {"kind": kind, "form": scope_form, "saved_filters": kept, "steps_id": STEPS_ID}
    if span is None:
        return render(request, "analyses/question.html", context | {"is_empty": True})
    if not scope_form.is_valid():
        problems = [str(each) for errors in scope_form.errors.values() for each in errors]
        return _refused(request, kind, context, QuestionError(" ".join(problems), "filter"))
    try:
        question = facade.usual_question(workspace, name, dict(request.GET.lists()))
    except QuestionError as problem:
        return _refused(request, kind, context, problem)
    context["known_steps"] = known_steps(facade.known(workspace))
    context["question_form"] = QuestionForm(kind, question)
    try:
        answered = facade.answered(workspace, question)
    except QuestionError as problem:
        return _refused(request, kind, context, problem)
    context["kept_query"] = request.GET.urlencode()
    return render(request, "analyses/question.html", context | _answer_context(kind, answered))


@require_safe
def answer_file(request: WorkspaceRequest, name: str, suffix: str) -> HttpResponse:
    """Give an answer as a file."""
    kind = _kind(name)
    if suffix not in WRITERS:
        raise Http404
    try:
        question = facade.usual_question(request.workspace, name, dict(request.GET.lists()))
        media_type, content = write_answer(facade.answered(request.workspace, question), suffix)
    except QuestionError as problem:
        return HttpResponseBadRequest(str(problem), content_type="text/plain; charset=utf-8")
    answer = HttpResponse(content, media_type)
    answer["Content-Disposition"] = content_disposition_header(True, f"{kind.name}.{suffix}") or ""
    return answer


def _kind(name: str) -> Kind[Any, Any]:
    try:
        return facade.kind_named(name)
    except QuestionError:
        raise Http404 from None


def _answer_context(kind: Kind[Any, Any], answered: Answered) -> dict[str, Any]:
    asked = urlencode(facade.question_pairs(answered.question))
    return {
        "answered": answered,
        "shown": shown(answered),
        "asked": asked,
        "exports": tuple(
            (suffix, f"{reverse('answer-file', args=[kind.name, suffix])}?{asked}") for suffix in endings(answered)
        ),
    }


def _refused(
    request: WorkspaceRequest, kind: Kind[Any, Any], context: dict[str, Any], problem: QuestionError
) -> HttpResponse:
    """Show what is wrong, with everything that was asked still in the form where it can be read."""
    if "question_form" not in context:
        context["known_steps"] = known_steps(facade.known(request.workspace))
        context["question_form"] = QuestionForm(kind, _as_asked(request, kind), (problem.parameter, str(problem)))
    return render(request, "analyses/question.html", context | {"problem": str(problem)})


def _as_asked(request: WorkspaceRequest, kind: Kind[Any, Any]) -> Question:
    """The question as far as it can be read: each parameter on its own."""
    try:
        question = facade.usual_question(request.workspace, kind.name)
    except QuestionError:
        question = Question(kind.name, kind.request())
    for parameter in kind.parameters:
        values = request.GET.getlist(parameter.name)
        if not values:
            continue
        try:
            read = parameter.read(values)
        except QuestionError:
            read = tuple(value for value in values if value.strip()) if len(values) > 1 else values[0]
        question = replace(question, request=replace(question.request, **{parameter.name: read}))
    return question
