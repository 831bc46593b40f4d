"""Forms of boards and cards."""

from __future__ import annotations

from django import forms

from touchline.boards.rules import MAX_NAME_CHARACTERS, MAX_NOTE_CHARACTERS


class BoardForm(forms.Form):
    """A board's name."""

    name = forms.CharField(label="Name", max_length=MAX_NAME_CHARACTERS)


class CardForm(forms.Form):
    """What a card says beside its answer."""

    title = forms.CharField(label="Title", max_length=MAX_NAME_CHARACTERS)
    note = forms.CharField(
        label="Note", required=False, max_length=MAX_NOTE_CHARACTERS, widget=forms.Textarea({"rows": 3})
    )
    noted = forms.DateField(
        label="The note is about this day", required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
