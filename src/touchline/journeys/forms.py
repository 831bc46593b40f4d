"""Forms of the definition page: a journey, its stages, its touchpoints and the rules that recognise them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from touchline.events.facade import CHANNELS
from touchline.journeys.rules.definition import JourneyDefinition, Pattern, Stage, Touchpoint


class LinesField(forms.CharField):
    """Several values, one a line."""

    widget = forms.Textarea(attrs={"rows": 2})

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, **options)

    def clean(self, value: Any) -> tuple[str, ...]:
        """Return the lines that hold something."""
        return tuple(line.strip() for line in (super().clean(value) or "").splitlines() if line.strip())


class PropertiesField(LinesField):
    """Top-level properties, one `name = value` a line."""

    def clean(self, value: Any) -> Any:
        """Return name -> value. Raises ValidationError for a line without an equals sign."""
        found = {}
        for line in super().clean(value):
            key, sign, wanted = line.partition("=")
            if not sign or not key.strip():
                raise forms.ValidationError(f"Expected name = value, found {line!r}.")
            found[key.strip()] = wanted.strip()
        return found


class JourneyForm(forms.Form):
    """The journey as a whole."""

    name = forms.CharField(label="Name of the journey", max_length=80)
    gap_days = forms.FloatField(
        label="A journey ends after", min_value=0.01, max_value=3650, help_text="days in which nothing happens"
    )
    visit_minutes = forms.FloatField(
        label="One visit lasts while contacts are closer than",
        min_value=0,
        max_value=60 * 24 * 30,
        help_text="minutes, at the same touchpoint",
    )


class PlannedForm(forms.Form):
    """The intended order."""

    order = LinesField(
        label="Steps in their order",
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false"}),
        help_text="one a line: product+ may be repeated, review? left out, (search | browse)+ means any of them",
    )
    anywhere = LinesField(
        label="May happen at any time",
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
        help_text="touchpoints that are no deviation wherever they come, one a line",
    )


class TextForm(forms.Form):
    """The definition as text."""

    text = forms.CharField(
        label="journey.toml", strip=False, widget=forms.Textarea(attrs={"rows": 32, "spellcheck": "false"})
    )


class StageForm(forms.Form):
    """One stage."""

    name = forms.CharField(label="Name, in the customer's words", max_length=60)
    owner = forms.CharField(label="Owner", max_length=80, required=False)
    note = forms.CharField(label="Note", required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def stage(self, id_: str) -> Stage:
        """Return what was filled in."""
        return Stage(id_, self.cleaned_data["name"], self.cleaned_data["owner"], self.cleaned_data["note"])


class TouchpointForm(forms.Form):
    """One touchpoint, without its rules."""

    name = forms.CharField(label="Name", max_length=60)
    stage = forms.ChoiceField(label="Stage")
    icon = forms.CharField(
        label="Icon", max_length=40, required=False, initial="dot", help_text="a Lucide icon, such as shopping-cart"
    )
    owner = forms.CharField(label="Owner", max_length=80, required=False)
    note = forms.CharField(label="Note", required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *fields: Any, definition: JourneyDefinition, **options: Any) -> None:
        super().__init__(*fields, **options)
        self.fields["stage"].choices = [(stage.id, stage.name) for stage in definition.stages]  # type: ignore[attr-defined]

    def touchpoint(self, id_: str, patterns: tuple[Pattern, ...]) -> Touchpoint:
        """Return what was filled in, with its rules."""
        filled = self.cleaned_data
        return Touchpoint(
            id_, filled["name"], filled["stage"], patterns, filled["icon"] or "dot", filled["owner"], filled["note"]
        )


class PatternForm(forms.Form):
    """One alternative: everything filled in must hold; several lines of one field are alternatives."""

    event = LinesField(label="Event names", help_text="one a line, such as Product Viewed; empty: any")
    page = LinesField(label="Pages", help_text="paths, * stands for anything: /products/*")
    not_page = LinesField(label="But not these pages", help_text="paths, * stands for anything")
    label = LinesField(label="Called in the file", help_text="what the export itself names the touchpoint")
    properties = PropertiesField(label="Properties", help_text="name = value, one a line")
    source = LinesField(label="Kinds of file", help_text="such as zendesk_tickets")
    occurrence = forms.ChoiceField(
        label="Which time",
        choices=[("", "any"), ("first", "the customer's first ever"), ("repeat", "any later one")],
        required=False,
    )
    after = forms.CharField(label="Only after this event", required=False, max_length=120)
    within_hours = forms.FloatField(label="at most this many hours before", required=False, min_value=0)
    channel = forms.MultipleChoiceField(
        label="Channels",
        choices=[(each, each) for each in CHANNELS],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    remove = forms.BooleanField(label="Remove this rule", required=False)

    def clean(self) -> dict[str, Any]:
        """Refuse a rule that would take every event, and half a condition about time."""
        filled = super().clean() or {}
        if bool(filled.get("after")) != bool(filled.get("within_hours")):
            raise forms.ValidationError("Fill in both the event before and the hours, or neither.")
        return filled

    @property
    def is_blank(self) -> bool:
        """Whether nothing restricts it: such a rule is left out rather than taking every event."""
        return not any(
            self.cleaned_data.get(name) for name in ("event", "channel", "page", "label", "properties", "source")
        )

    def pattern(self) -> Pattern:
        """Return what was filled in."""
        filled = self.cleaned_data
        return Pattern(
            event=filled["event"],
            channel=tuple(filled["channel"]),
            page=filled["page"],
            not_page=filled["not_page"],
            label=filled["label"],
            source=filled["source"],
            property=filled["properties"],
            occurrence=filled["occurrence"],
            after=filled["after"],
            within_hours=filled["within_hours"] or 0.0,
        )


def as_initial(pattern: Pattern) -> Mapping[str, Any]:
    """Return what a form shows for a rule."""
    lines = {name: "\n".join(getattr(pattern, name)) for name in ("event", "page", "not_page", "label", "source")}
    return {
        **lines,
        "channel": list(pattern.channel),
        "properties": "\n".join(f"{key} = {value}" for key, value in pattern.property.items()),
        "occurrence": pattern.occurrence,
        "after": pattern.after,
        "within_hours": pattern.within_hours or None,
    }


PatternFormSet = forms.formset_factory(PatternForm, extra=1, max_num=40)


def patterns_of(rules: Any) -> tuple[Pattern, ...]:
    """Return the rules filled in and not removed."""
    return tuple(form.pattern() for form in rules if not form.cleaned_data.get("remove") and not form.is_blank)
