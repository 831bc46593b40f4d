"""The audit: the scorecard, the self-assessment, lenses, target and closing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib import messages
from django.forms import BoundField
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from touchline.documents.facade import Section
from touchline.documents.pages import ShownSection, shown
from touchline.journeys.pages import of_readable_journey
from touchline.strategy import facade
from touchline.strategy.facade import Answer, Area, Question, ScoreLine, StrategyError
from touchline.strategy.forms import AnswersForm, CloseForm, TargetForm
from touchline.strategy.rules.scorecard import score_words
from touchline.strategy.views.problems import say_problems
from touchline.strategy.writing.audit import change_words, scorecard_section
from touchline.ui.requests import WorkspaceRequest


@dataclass(frozen=True)
class ShownLine:
    """A line of the scorecard as its template writes it."""

    line: ScoreLine
    experience: str
    interval: str
    change: str


@dataclass(frozen=True)
class ShownQuestion:
    """A question with its fields."""

    question: Question
    answer: BoundField
    note: BoundField
    given: Answer | None


@dataclass(frozen=True)
class ShownArea:
    """An area with its questions."""

    area: Area
    counted: str
    questions: tuple[ShownQuestion, ...]


@require_safe
@of_readable_journey
def audit_page(request: WorkspaceRequest) -> HttpResponse:
    """Show what is measured and what was answered."""
    workspace = request.workspace
    card, areas, answers = facade.scorecard(workspace), facade.areas(workspace), facade.answers(workspace)
    form = AnswersForm(areas=areas, answers=answers)
    on = {lens.name for lens in facade.lenses_on(workspace)}
    target = facade.target(workspace)
    context = {
        "card": card,
        "lines": [_line(each) for each in card.lines],
        "chart": _chart(scorecard_section(card)),
        "areas": _areas(areas, answers, form),
        "who": form["who"],
        "lenses": [(lens, lens.name in on) for lens in facade.all_lenses()],
        "target_form": TargetForm(initial={"target": None if target is None else f"{target:g}"}),
        "close_form": CloseForm(prefix="close"),
        "audits": facade.audits(workspace),
    }
    return render(request, "strategy/audit.html", context)


@require_POST
@of_readable_journey
def keep_answers(request: WorkspaceRequest) -> HttpResponse:
    """Keep what was answered anew."""
    workspace = request.workspace
    form = AnswersForm(request.POST, areas=facade.areas(workspace), answers=facade.answers(workspace))
    if form.is_valid():
        try:
            changed = facade.answer(workspace, form.given, form.cleaned_data["who"])
            messages.success(
                request,
                f"Kept {changed} {'answer' if changed == 1 else 'answers'}." if changed else "Nothing was changed.",
            )
        except StrategyError as problem:
            messages.error(request, str(problem))
    else:
        say_problems(request, form)
    return redirect("/strategy#answers")


@require_POST
@of_readable_journey
def keep_target(request: WorkspaceRequest) -> HttpResponse:
    """Set the target for the experience score."""
    form = TargetForm(request.POST)
    if form.is_valid():
        score = form.cleaned_data["target"]
        facade.set_target(request.workspace, score)
        messages.success(request, "No target is set." if score is None else f"The target is {score_words(score)}.")
    else:
        say_problems(request, form)
    return redirect("strategy")


@require_POST
@of_readable_journey
def keep_lenses(request: WorkspaceRequest) -> HttpResponse:
    """Switch lenses on and off."""
    asked = set(request.POST.getlist("lens"))
    on = {lens.name for lens in facade.lenses_on(request.workspace)}
    for lens in facade.all_lenses():
        if (lens.name in asked) != (lens.name in on):
            facade.switch_lens(request.workspace, lens.name, is_on=lens.name in asked)
    messages.success(request, "Kept. Answers of lenses that are off stay, and come back with them.")
    return redirect("/strategy#lenses")


@require_POST
@of_readable_journey
def close(request: WorkspaceRequest) -> HttpResponse:
    """Close the audit: keep it as it is now."""
    form = CloseForm(request.POST, prefix="close")
    if form.is_valid():
        try:
            audit = facade.close_audit(request.workspace, form.cleaned_data["who"], form.cleaned_data["note"])
            messages.success(request, f"Closed audit {audit.number}. Later reviews compare with it.")
        except StrategyError as problem:
            messages.error(request, str(problem))
    else:
        say_problems(request, form)
    return redirect("/strategy#audits")


def _line(line: ScoreLine) -> ShownLine:
    felt = line.felt
    if felt is None:
        return ShownLine(line, "", line.felt_why, change_words(line))
    interval = f"{score_words(felt.low)} to {score_words(felt.high)}"
    return ShownLine(line, score_words(felt.value), f"{interval}, {felt.answers:,} answers", change_words(line))


def _chart(section: Section) -> ShownSection | None:
    return shown(section) if section.chart is not None else None


def _areas(areas: Iterable[Area], answers: tuple[Answer, ...], form: AnswersForm) -> list[ShownArea]:
    given = {each.question: each for each in answers}
    return [
        ShownArea(
            area,
            facade.counts(area, answers).words,
            tuple(
                ShownQuestion(each, form[f"answer-{each.id}"], form[f"note-{each.id}"], given.get(each.id))
                for each in area.questions
            ),
        )
        for area in areas
    ]
