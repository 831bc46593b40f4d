"""The form of a note."""

from __future__ import annotations

from django import forms

from touchline.events.facade import RESEARCH_METHODS
from touchline.research.rules import MAX_LABEL_CHARACTERS, MAX_TEXT_CHARACTERS


class NoteForm(forms.Form):
    """What research heard or saw at a step."""

    text = forms.CharField(
        label="What was said or seen", max_length=MAX_TEXT_CHARACTERS, widget=forms.Textarea({"rows": 3})
    )
    method = forms.ChoiceField(label="Method", choices=tuple(RESEARCH_METHODS.items()))
    participant = forms.CharField(
        label="Participant",
        required=False,
        max_length=MAX_LABEL_CHARACTERS,
        help_text="A pseudonym, such as P3; no name is needed.",
    )
    noted_by = forms.CharField(label="Noted by", required=False, max_length=MAX_LABEL_CHARACTERS)
    noted = forms.DateField(label="Day", required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
