"""The form of a question, made of its kind's parameters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.text import capfirst

from touchline.analyses.questions.asked import Question
from touchline.analyses.rules.kind import Kind
from touchline.analyses.rules.parameters import AnyParameter, Choice, Number, OneStep, StepList, Switch, Whole, written
from touchline.analyses.rules.steps import Known

STEPS_ID = "known-steps"
EMPTY_LINES = 2
"""Lines offered for further steps."""
UNIT_NAMES = {"customer": "Customers", "account": "Accounts", "case": "Cases"}


@dataclass(frozen=True)
class StepLines:
    """A list of steps, one line each."""

    name: str
    label: str
    help_text: str
    lines: tuple[str, ...]
    problem: str = ""


class QuestionForm(forms.Form):
    """Every parameter but lists of steps, which are `step_lists`; shows what was asked, checks nothing itself."""

    use_required_attribute = False

    def __init__(self, kind: Kind[Any, Any], question: Question, problem: tuple[str, str] = ("", "")) -> None:
        texts = {each.name: written(getattr(question.request, each.name)) for each in kind.parameters}
        initial = {name: values[-1] if values else "" for name, values in texts.items()}
        initial |= {"unit": question.unit, "against": question.against, "breakdown": question.breakdown}
        super().__init__(initial=initial, auto_id="question-%s")
        self.problem = problem
        self.step_lists: tuple[StepLines, ...] = tuple(
            self._lines(each, texts[each.name]) for each in kind.parameters if isinstance(each, StepList)
        )
        for parameter in kind.parameters:
            if not isinstance(parameter, StepList):
                self.fields[parameter.name] = _field(parameter)
        self.fields["unit"] = forms.ChoiceField(label="Whose steps", choices=list(UNIT_NAMES.items()))
        self.fields["breakdown"] = forms.CharField(
            label="Broken down by", required=False, help_text="channel, device, intent, or a fact such as country"
        )
        self.fields["against"] = forms.CharField(
            label="Compared with customers for whom",
            required=False,
            help_text='a filter, e.g. country = "DE"',
            widget=forms.TextInput({"spellcheck": "false"}),
        )

    def _lines(self, parameter: StepList, given: Sequence[str]) -> StepLines:
        room = max(0, parameter.at_most - len(given))
        lines = (*given, *("" for _ in range(min(EMPTY_LINES, room))))
        problem = self.problem[1] if self.problem[0] == parameter.name else ""
        return StepLines(parameter.name, parameter.label, parameter.help, lines, problem)


def known_steps(known: Known) -> tuple[tuple[str, str], ...]:
    """What can be written as a step, with what it is; offered while typing."""
    occurring = [known.touchpoints[position] for position in sorted(known.visits)]
    touchpoints = [(id_, name) for id_, name, _ in occurring]
    with_visits = {stage for _, _, stage in occurring}
    stages = [(f"stage:{id_}", f"{name}, any touchpoint") for id_, name in known.stages if id_ in with_visits]
    events = [(f"event:{name}", "event") for name in sorted(known.events, key=lambda name: -known.events[name])]
    return (*touchpoints, *stages, *events)


def _field(parameter: AnyParameter) -> forms.Field:
    said: dict[str, Any] = {"label": capfirst(parameter.label), "help_text": parameter.help, "required": False}
    if isinstance(parameter, Choice):
        return forms.ChoiceField(choices=parameter.choices, **said)
    if isinstance(parameter, Switch):
        return forms.ChoiceField(choices=(("1", "Yes"), ("0", "No")), **said)
    if isinstance(parameter, Whole):
        limits = {"min": parameter.low, "max": parameter.high, "step": "1"}
        return forms.CharField(widget=forms.NumberInput(limits), **said)
    if isinstance(parameter, Number):
        return forms.CharField(widget=forms.NumberInput({"max": parameter.high, "step": "any"}), **said)
    options = {"list": STEPS_ID, "spellcheck": "false"} if isinstance(parameter, OneStep) else {"spellcheck": "false"}
    return forms.CharField(widget=forms.TextInput(options), **said)
