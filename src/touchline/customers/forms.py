"""Forms of customers."""

from __future__ import annotations

from django import forms

LARGEST_NUMBER = 2**31 - 1


class LinkForm(forms.Form):
    """A link, named by the numbers of the two identifiers it joins."""

    a = forms.IntegerField(min_value=1, max_value=LARGEST_NUMBER)
    b = forms.IntegerField(min_value=1, max_value=LARGEST_NUMBER)
