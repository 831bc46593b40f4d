"""A name to keep a filter under."""

from __future__ import annotations

from django import forms


class KeepFilterForm(forms.Form):
    """A filter to keep by name."""

    name = forms.CharField(max_length=80)
    expression = forms.CharField(max_length=2000)
