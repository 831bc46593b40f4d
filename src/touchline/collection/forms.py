"""Forms of write keys and of the rejection log."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any

from django import forms

from touchline.collection.actions.write_keys import OVERLAP_DAYS
from touchline.collection.questions.rejections import RejectionFilter
from touchline.collection.rules.limits import MOST_BATCH_BYTES
from touchline.collection.rules.problems import EVENT_PROBLEMS
from touchline.collection.rules.write_keys import EVENTS_PER_SECOND, OriginError, WriteKey, origin_of

_OVERLAPS = ((0, "end at once"), (1, "go on for a day"), (7, "go on for 7 days"), (30, "go on for 30 days"))
MOST_CORRECTION_CHARACTERS = MOST_BATCH_BYTES


class SendersForm(forms.Form):
    """Which pages may send with a key, and how much."""

    origins = forms.CharField(
        label="Sites whose pages may send",
        required=False,
        max_length=4000,
        widget=forms.Textarea({"rows": 2, "placeholder": "https://shop.example", "spellcheck": "false"}),
        help_text="One a line, as they stand in the address bar; * for any. None: only servers and apps may send.",
    )
    events_per_second = forms.IntegerField(
        label="Events a second at most",
        min_value=1,
        max_value=1_000_000,
        initial=EVENTS_PER_SECOND,
        help_text="Ten seconds' worth may come at once. What is beyond it is asked to come back later.",
    )

    def clean_origins(self) -> tuple[str, ...]:
        """Each in the spelling browsers send."""
        try:
            return tuple(origin_of(line) for line in self.cleaned_data["origins"].splitlines() if line.strip())
        except OriginError as problem:
            raise forms.ValidationError(str(problem)) from None


class AddressForm(forms.Form):
    """Where senders reach this workspace."""

    address = forms.CharField(
        label="Address at which senders reach Touchline",
        max_length=300,
        widget=forms.TextInput({"spellcheck": "false"}),
        help_text="Written into the lines to copy. Behind a proxy it is the proxy's, e.g. https://events.shop.example.",
    )

    def clean_address(self) -> str:
        """Scheme and host."""
        try:
            found = origin_of(self.cleaned_data["address"])
        except OriginError:
            found = ""
        if "//" not in found:
            raise forms.ValidationError("Expected scheme and host, e.g. https://events.shop.example.")
        return found


class KeyForm(SendersForm, AddressForm):
    """A new write key."""

    field_order = ("name", "origins", "events_per_second", "address")

    name = forms.CharField(
        label="What sends with it", max_length=80, help_text="e.g. Shop website, iOS app, Till server."
    )


class RotationForm(AddressForm):
    """A new token for a key."""

    field_order = ("overlap_days", "address")

    overlap_days = forms.TypedChoiceField(
        label="The tokens it has now", choices=_OVERLAPS, coerce=int, initial=OVERLAP_DAYS, required=True
    )


class RejectionFilterForm(forms.Form):
    """Which rejected events are shown. What cannot be read chooses nothing."""

    code = forms.ChoiceField(label="Problem", required=False)
    key = forms.TypedChoiceField(label="Sent by", required=False, coerce=int, empty_value=None)
    contains = forms.CharField(label="Holds the text", required=False, max_length=200)
    since = forms.DateField(
        label="From day", required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    until = forms.DateField(label="To day", required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    state = forms.ChoiceField(label="Show", required=False, choices=(("", "waiting"), ("all", "dealt with too")))

    def __init__(self, data: Mapping[str, Any], keys: list[WriteKey], codes: Mapping[str, int]) -> None:
        super().__init__(data)
        told = {code: f"{code} ({codes[code]:,})" if code in codes else code for code in EVENT_PROBLEMS}
        self.fields["code"].choices = [("", "any"), *told.items()]  # type: ignore[attr-defined]
        self.fields["key"].choices = [("", "any"), *((key.id, key.name) for key in keys)]  # type: ignore[attr-defined]

    @property
    def which(self) -> RejectionFilter:
        """The filter; days are those of UTC, both included."""
        self.full_clean()
        chosen = self.cleaned_data
        since, until = chosen.get("since"), chosen.get("until")
        return RejectionFilter(
            chosen.get("code") or None,
            chosen.get("key"),
            chosen.get("contains") or None,
            datetime.combine(since, time()) if since else None,
            datetime.combine(until, time()) + timedelta(days=1) if until and until.year < 9999 else None,
            waiting=chosen.get("state") != "all",
        )


class CorrectionForm(forms.Form):
    """A rejected event as it should have been."""

    content = forms.CharField(
        label="The event, to be corrected",
        max_length=MOST_CORRECTION_CHARACTERS,
        strip=False,
        widget=forms.Textarea({"rows": 12, "spellcheck": "false"}),
    )


class HookForm(AddressForm):
    """A new webhook."""

    field_order = ("kind", "name", "secret", "address")

    kind = forms.ChoiceField(label="Who sends")
    name = forms.CharField(label="What you call it", max_length=80, help_text="e.g. Shopify orders, Help desk.")
    secret = forms.CharField(
        label="Signing secret",
        required=False,
        max_length=500,
        widget=forms.PasswordInput({"autocomplete": "off", "spellcheck": "false"}),
        help_text="As the sender shows it. Leave it empty if the sender shows it only later; for any other JSON one is made.",
    )

    def __init__(self, data: Mapping[str, Any] | None, kinds: list[tuple[str, str]], **other: Any) -> None:
        super().__init__(data, **other)
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]


class SecretForm(forms.Form):
    """Another secret for a webhook."""

    secret = forms.CharField(
        label="New signing secret",
        required=False,
        max_length=500,
        widget=forms.PasswordInput({"autocomplete": "off", "spellcheck": "false"}),
        help_text="As the sender shows it; for any other JSON leave it empty, and one is made.",
    )
    overlap_days = forms.TypedChoiceField(
        label="The secrets it has now", choices=_OVERLAPS, coerce=int, initial=1, required=True
    )
