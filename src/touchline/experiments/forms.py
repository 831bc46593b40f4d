"""Planning an experiment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from touchline.experiments.rules.experiment import LONGEST_NAME, MOST_DAYS, MOST_WEEKS, Plan
from touchline.experiments.rules.metric import METRIC_KINDS, from_shown

_NO_STEP = ("", "Anywhere")


class PlanForm(forms.Form):
    """What is tried, on whom, what it should move, and for how long."""

    title = forms.CharField(label="What you try", max_length=120, help_text="e.g. Reassurance at checkout.")
    hypothesis = forms.CharField(
        label="Why it should help",
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 2}),
        help_text="Written down before, so that nobody finds a reason afterwards.",
    )
    touchpoint = forms.ChoiceField(
        label="Where customers meet it", required=False, help_text="How many come by there says how long it takes."
    )
    metric = forms.ChoiceField(
        label="What it should move",
        choices=[(kind.name, kind.title) for kind in METRIC_KINDS.values()],
        help_text="One main outcome; the others are shown beside it.",
    )
    metric_touchpoint = forms.ChoiceField(
        label="Step to reach", required=False, help_text="Only for “Customers who reach a step”."
    )
    days = forms.IntegerField(
        label="Days each customer is followed",
        min_value=1,
        max_value=MOST_DAYS,
        initial=14,
        help_text="Only customers followed so long are counted.",
    )
    smallest_change = forms.FloatField(
        label="Smallest change worth finding",
        min_value=0.0001,
        max_value=1e9,
        initial=1,
        help_text="In percentage points for shares of customers, in currency for revenue, in points for the score.",
    )
    weeks = forms.IntegerField(
        label="Weeks it may run",
        min_value=1,
        max_value=MOST_WEEKS,
        initial=4,
        help_text="Whole weeks: weekdays differ.",
    )
    included_percent = forms.IntegerField(
        label="Customers in the experiment, %", min_value=1, max_value=100, initial=100
    )
    change_percent = forms.IntegerField(
        label="Of them get the change, %", min_value=5, max_value=95, initial=50, help_text="Half finds most."
    )
    change_name = forms.CharField(
        label="Name of the change in the page's code",
        max_length=LONGEST_NAME,
        initial="change",
        help_text="The other arm is called control.",
    )

    def __init__(self, data: Mapping[str, Any] | None, steps: Sequence[tuple[str, str]]) -> None:
        super().__init__(data)
        self.fields["touchpoint"].choices = [_NO_STEP, *steps]  # type: ignore[attr-defined]
        self.fields["metric_touchpoint"].choices = [("", "–"), *steps]  # type: ignore[attr-defined]

    def plan(self) -> Plan:
        """The plan of a valid form."""
        told = self.cleaned_data
        return Plan(
            told["title"],
            told["metric"],
            told["days"],
            told["metric_touchpoint"] if METRIC_KINDS[told["metric"]].needs_touchpoint else "",
            told["touchpoint"],
            from_shown(told["smallest_change"], told["metric"]),
            told["weeks"],
            told["included_percent"],
            told["change_percent"],
            told["change_name"],
            told["hypothesis"],
        )
