"""Forms of strategy."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from touchline.improvements.facade import Improvement
from touchline.strategy.rules.answers import ANSWERS, Answer, Area
from touchline.strategy.rules.gap import STATES, Gap
from touchline.strategy.rules.problem import MAX_NAME_CHARACTERS, MAX_TEXT_CHARACTERS
from touchline.strategy.rules.quarter import Quarter
from touchline.strategy.rules.resource import KINDS, Resource

DAY = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
LINES = {"rows": 2}
LARGEST_TABLE_BYTES = 1_000_000


def _name(label: str, help_text: str = "", *, required: bool = False) -> forms.CharField:
    return forms.CharField(label=label, required=required, max_length=MAX_NAME_CHARACTERS, help_text=help_text)


def _text(label: str, help_text: str = "", *, required: bool = False) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=required,
        max_length=MAX_TEXT_CHARACTERS,
        widget=forms.Textarea(LINES),
        help_text=help_text,
    )


class AnswersForm(forms.Form):
    """An answer and a note for each question; fields are named 'answer-<id>' and 'note-<id>'."""

    who = _name("Answered by", "Kept with what you change.")

    def __init__(self, *args: Any, areas: Iterable[Area], answers: Iterable[Answer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        given = {each.question: each for each in answers}
        self.asked = tuple(question.id for area in areas for question in area.questions)
        for id_ in self.asked:
            found = given.get(id_)
            self.fields[f"answer-{id_}"] = forms.ChoiceField(
                label="Answer",
                required=False,
                choices=[("", "not answered"), *ANSWERS.items()],
                initial=found.answer if found else "",
            )
            self.fields[f"note-{id_}"] = forms.CharField(
                label="Note", required=False, max_length=MAX_TEXT_CHARACTERS, initial=found.note if found else ""
            )

    @property
    def given(self) -> list[tuple[str, str, str]]:
        """Question, answer and note of each that was sent. Call it on a valid form."""
        told = self.cleaned_data
        return [(id_, told[f"answer-{id_}"], told[f"note-{id_}"]) for id_ in self.asked if f"answer-{id_}" in self.data]


class TargetForm(forms.Form):
    """What every touchpoint is to reach."""

    target = forms.FloatField(
        label="Target for the experience score",
        required=False,
        min_value=-100,
        max_value=100,
        help_text="−100 to +100. Touchpoints whose whole 80% interval lies below are proposed as gaps. Empty: no target.",
    )


class CloseForm(forms.Form):
    """Closing an audit."""

    who = _name("Closed by")
    note = _text("Note")


class ResourceForm(forms.Form):
    """A line of the inventory."""

    kind = forms.ChoiceField(label="Kind", choices=list(KINDS.items()))
    name = _name("Name", required=True)
    owner = _name("Owner")
    serves = forms.MultipleChoiceField(
        label="Serves",
        required=False,
        widget=forms.SelectMultiple({"size": 6}),
        help_text="Touchpoints or whole stages.",
    )
    cost_a_year = forms.FloatField(label="Cost a year", required=False, min_value=0)
    days_a_quarter = forms.FloatField(
        label="Days of work a quarter",
        required=False,
        min_value=0,
        help_text="For teams: what they can give to improvements.",
    )
    note = _text("Note")

    def __init__(self, *args: Any, places: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["serves"] = forms.MultipleChoiceField(
            label="Serves",
            required=False,
            choices=list(places.items()),
            widget=forms.SelectMultiple({"size": 6}),
            help_text="Touchpoints or whole stages; hold Ctrl or Command to choose several.",
        )

    def resource(self, number: int) -> Resource:
        """The line as the form says it. Call it on a valid form."""
        told = self.cleaned_data
        return Resource(
            number,
            told["kind"],
            told["name"],
            told["owner"],
            tuple(told["serves"]),
            told["cost_a_year"],
            told["days_a_quarter"],
            told["note"],
        )


class TableForm(forms.Form):
    """A table of the inventory."""

    table = forms.FileField(label="CSV file", max_length=255)

    def clean_table(self) -> str:
        """Its text."""
        file = self.cleaned_data["table"]
        if file.size > LARGEST_TABLE_BYTES:
            raise forms.ValidationError(
                f"The file has {file.size:,} bytes; an inventory has up to {LARGEST_TABLE_BYTES:,}."
            )
        try:
            text: str = file.read().decode("utf-8-sig")
        except UnicodeDecodeError:
            raise forms.ValidationError("The file is not text in UTF-8. Save it as CSV UTF-8 and try again.") from None
        return text


class GapForm(forms.Form):
    """A gap in words."""

    place = _name("Place", "Touchpoint or area.")
    what_is = _text("What is", required=True)
    should_be = _text("What should be")
    owner = _name("Owner")
    improvement = forms.TypedChoiceField(
        label="Improvement that closes it", required=False, coerce=int, empty_value=None
    )
    state = forms.ChoiceField(label="State", choices=list(STATES.items()))
    reason = _text("Reason", "Needed to dismiss it; useful when it is closed.")

    def __init__(self, *args: Any, improvements: Iterable[Improvement], is_new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["improvement"] = forms.TypedChoiceField(
            label="Improvement that closes it",
            required=False,
            coerce=int,
            empty_value=None,
            choices=[("", "none yet"), *((each.number, f"{each.number}. {each.title}") for each in improvements)],
        )
        if is_new:
            del self.fields["state"], self.fields["reason"]

    def gap(self, before: Gap) -> Gap:
        """The gap as it was, with what the form says. Call it on a valid form."""
        told = self.cleaned_data
        return Gap(
            before.number,
            before.evidence,
            told["place"],
            told["what_is"],
            told["should_be"],
            told["owner"],
            told["improvement"],
            told.get("state", before.state),
            told.get("reason", before.reason),
            before.opened,
            before.ended,
        )


class DecideForm(forms.Form):
    """Keeping or dismissing a gap that the data propose."""

    evidence = forms.CharField(max_length=400)
    state = forms.ChoiceField(choices=[("kept", "Keep"), ("dismissed", "Dismiss")])
    reason = forms.CharField(required=False, max_length=MAX_TEXT_CHARACTERS)


class PlaceForm(forms.Form):
    """The quarter of an improvement."""

    improvement = forms.IntegerField(min_value=1, max_value=2**31 - 1)
    quarter = forms.ChoiceField(required=False)

    def __init__(self, *args: Any, quarters: Iterable[Quarter], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "no quarter"), *((str(each), each.name) for each in quarters)]
        self.fields["quarter"] = forms.ChoiceField(required=False, choices=choices)


class DecisionForm(forms.Form):
    """What was decided."""

    text = _text("Decision", required=True)
    who = _name("Decided by")
    day = forms.DateField(label="On", required=False, widget=DAY)
