"""Forms of improvements."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from touchline.experiments.facade import Experiment
from touchline.improvements.rules.improvement import (
    MAX_TEXT_CHARACTERS,
    MAX_TITLE_CHARACTERS,
    STATUSES,
    USUAL_REMOVED,
    Improvement,
)
from touchline.improvements.rules.launch import SCOPES
from touchline.improvements.rules.target import TARGET_KINDS, TargetMetric
from touchline.journeys.facade import Touchpoint

DAY = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
PER_CENT = 100
NO_TARGET = ("", "none yet")


def _lines(label: str, help_text: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        max_length=MAX_TEXT_CHARACTERS,
        widget=forms.Textarea({"rows": 3}),
        help_text=help_text,
    )


class ImprovementForm(forms.Form):
    """What whoever proposes it says; the rest of the page is measured."""

    title = forms.CharField(label="What is to change", max_length=MAX_TITLE_CHARACTERS)
    summary = forms.CharField(
        label="How", required=False, max_length=MAX_TEXT_CHARACTERS, widget=forms.Textarea({"rows": 3})
    )
    touchpoint = forms.ChoiceField(label="Touchpoint")
    target = forms.ChoiceField(
        label="Target metric", required=False, help_text="What is to move. Without one, nothing can be read afterwards."
    )
    removes_low = forms.FloatField(
        label="Takes away at least, %", min_value=0, max_value=100, initial=PER_CENT * USUAL_REMOVED[0]
    )
    removes_high = forms.FloatField(
        label="and at most, % of the pain",
        min_value=0,
        max_value=100,
        initial=PER_CENT * USUAL_REMOVED[1],
        help_text="A range in which you would be right eight times of ten; the ledger keeps count.",
    )
    cost = forms.FloatField(label="Cost, once", required=False, min_value=0)
    running_cost = forms.FloatField(label="Cost a month", required=False, min_value=0)
    effort_days = forms.FloatField(label="Effort, days of work", required=False, min_value=0)
    owner = forms.CharField(label="Owner", required=False, max_length=MAX_TITLE_CHARACTERS)
    next_review = forms.DateField(label="Next review", required=False, widget=DAY)
    options = _lines("Options", "One a line: what else was looked at.")
    risks = _lines("Risks", "One a line.")
    law = forms.CharField(
        label="Law or standard",
        required=False,
        max_length=MAX_TEXT_CHARACTERS,
        widget=forms.Textarea({"rows": 2}),
        help_text="Where one asks for it.",
    )

    def __init__(self, *args: Any, touchpoints: Iterable[Touchpoint], has_pain: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._names = {each.id: each.name for each in touchpoints}
        kinds = [kind for kind in TARGET_KINDS.values() if has_pain or kind.name != "bad-visits"]
        self.fields["touchpoint"] = forms.ChoiceField(label="Touchpoint", choices=list(self._names.items()))
        self.fields["target"] = forms.ChoiceField(
            label="Target metric",
            required=False,
            choices=[NO_TARGET, *((kind.name, kind.words.format(touchpoint="the touchpoint")) for kind in kinds)],
            help_text="What is to move. Without one, nothing can be read afterwards.",
        )
        if not has_pain:
            del self.fields["removes_low"], self.fields["removes_high"]

    def improvement(self, before: Improvement) -> Improvement:
        """The improvement as it was, with what the form says."""
        told = self.cleaned_data
        touchpoint = told["touchpoint"]
        kind = told["target"]
        low, high = told.get("removes_low"), told.get("removes_high")
        return Improvement(
            number=before.number,
            title=told["title"],
            pain_id=before.pain_id,
            touchpoint_id=touchpoint,
            owner=told["owner"],
            status=before.status,
            next_review=told["next_review"],
            target=TargetMetric(kind, touchpoint, self._names[touchpoint], before.pain_id) if kind else None,
            removes=before.removes if low is None or high is None else (low / PER_CENT, high / PER_CENT),
            cost=told["cost"],
            running_cost_a_month=told["running_cost"] or 0.0,
            effort_days=told["effort_days"],
            summary=told["summary"],
            options=tuple(told["options"].splitlines()),
            risks=tuple(told["risks"].splitlines()),
            law=told["law"],
            made=before.made,
        )


def filled(improvement: Improvement) -> dict[str, Any]:
    """What the form begins with."""
    return {
        "title": improvement.title,
        "summary": improvement.summary,
        "touchpoint": improvement.touchpoint_id,
        "target": improvement.target.kind if improvement.target else "",
        "removes_low": round(PER_CENT * improvement.removes[0], 1),
        "removes_high": round(PER_CENT * improvement.removes[1], 1),
        "cost": improvement.cost,
        "running_cost": improvement.running_cost_a_month or None,
        "effort_days": improvement.effort_days,
        "owner": improvement.owner,
        "next_review": improvement.next_review,
        "options": "\n".join(improvement.options),
        "risks": "\n".join(improvement.risks),
        "law": improvement.law,
    }


class StandingForm(forms.Form):
    """Who looks after it, where it stands, when it is looked at next."""

    owner = forms.CharField(label="Owner", required=False, max_length=MAX_TITLE_CHARACTERS)
    status = forms.ChoiceField(label="Status", choices=list(STATUSES.items()))
    next_review = forms.DateField(label="Next review", required=False, widget=DAY)


class LaunchForm(forms.Form):
    """From when on whom the change reaches."""

    day = forms.DateField(label="From", widget=DAY)
    scope = forms.ChoiceField(label="For", choices=list(SCOPES.items()))
    group_key = forms.ChoiceField(label="Divided by", required=False)
    groups = forms.CharField(
        label="Which of them",
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text="With commas between, such as North, South. Leave some out until the reading.",
    )
    experiment = forms.CharField(label="Experiment that draws them", required=False, max_length=MAX_TITLE_CHARACTERS)

    def __init__(self, *args: Any, places: Iterable[str], experiments: Iterable[Experiment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["group_key"] = forms.ChoiceField(
            label="Divided by", required=False, choices=[("", "nothing"), *((key, key) for key in places)]
        )
        running = [(each.name, each.title) for each in experiments if each.started is not None]
        self.fields["experiment"] = forms.ChoiceField(
            label="Experiment that draws them",
            required=False,
            choices=[("", "none"), *running],
            help_text="For a share or a flag: one that was started.",
        )
