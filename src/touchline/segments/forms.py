"""The choice of a scope: period, comparison, channels and devices, and whose journeys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.http import QueryDict

from touchline.events.facade import CHANNEL_NAMES
from touchline.segments.questions import SavedFilter
from touchline.segments.rules.period import (
    DATES,
    EVERYTHING,
    LAST_DAYS,
    NOTHING,
    PREVIOUS,
    DataSpan,
    usual_period,
    with_comparison,
    with_period,
)
from touchline.segments.rules.problem import FilterError
from touchline.segments.rules.scope import Scope
from touchline.segments.wording import filter_words

PERIODS = (
    *(
        (name, "Last 12 months" if days == LAST_DAYS["365"] else f"Last {days} days")
        for name, days in LAST_DAYS.items()
    ),
    (EVERYTHING, "Everything"),
    (DATES, "These days"),
)
COMPARISONS = ((PREVIOUS, "The period before"), (NOTHING, "Nothing"), (DATES, "These days"))
DEVICES = (("desktop", "Desktop"), ("mobile", "Mobile"), ("tablet", "Tablet"), ("unknown", "Unknown"))
_DAYS = ("start", "end", "compare_start", "compare_end")


def _day(label: str) -> forms.DateField:
    return forms.DateField(label=label, required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))


class ScopeForm(forms.Form):
    """Which part of the data a page is about; sent as GET, so that any answer has an address."""

    use_required_attribute = False
    data: QueryDict

    period = forms.ChoiceField(choices=PERIODS, widget=forms.RadioSelect)
    start = _day("From")
    end = _day("To, inclusive")
    compare = forms.ChoiceField(choices=COMPARISONS, widget=forms.RadioSelect)
    compare_start = _day("From")
    compare_end = _day("To, inclusive")
    channel = forms.MultipleChoiceField(
        choices=tuple(CHANNEL_NAMES.items()), required=False, widget=forms.CheckboxSelectMultiple
    )
    device = forms.MultipleChoiceField(choices=DEVICES, required=False, widget=forms.CheckboxSelectMultiple)
    intent = forms.ChoiceField(label="Journeys that began with", required=False)
    saved = forms.ChoiceField(label="A filter kept by name", required=False)
    filter = forms.CharField(
        label="Customers for whom this holds",
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 3, "spellcheck": "false"}),
    )

    def __init__(
        self,
        asked: QueryDict,
        span: DataSpan | None,
        saved: Sequence[SavedFilter],
        usual_compare: str = PREVIOUS,
    ) -> None:
        super().__init__(_with_usual(asked, span, usual_compare), auto_id="scope-%s")
        self.span = span
        self._saved = {each.name: each.expression for each in saved}
        self.offer_intents({})
        self._choices("saved", {"": "None"} | {name: name for name in self._saved})

    def offer_intents(self, names: Mapping[str, str]) -> None:
        """Offer what journeys began with, by its name; what was asked for is always among them."""
        asked = self.data.get("intent", "")
        self._choices("intent", {"": "Anything"} | ({asked: asked} if asked else {}) | dict(names))

    def clean(self) -> dict[str, Any]:
        """Check that periods are whole and the filter can be read."""
        filled = dict(super().clean() or {})
        for period, start, end in (("period", "start", "end"), ("compare", "compare_start", "compare_end")):
            self._check_days(filled, period, start, end)
        expression = self._saved.get(filled.get("saved", ""), "") or filled.get("filter", "")
        if expression.strip():
            try:
                filter_words(expression)
            except FilterError as problem:
                self.add_error("filter", str(problem))
        return {**filled, "expression": expression}

    def scope(self) -> Scope:
        """What the answers mean; only of a valid form."""
        filled = self.cleaned_data
        days = {name: filled.get(name) for name in _DAYS}
        scope = Scope(
            **days,
            channels=tuple(filled["channel"]),
            devices=tuple(filled["device"]),
            intent=filled["intent"],
            filter=filled["expression"],
        )
        return with_comparison(with_period(scope, filled["period"], self.span), filled["compare"], self.span)

    @property
    def period_words(self) -> str:
        """The period in a few words, for the closed menu."""
        return self._period_words("period", PERIODS, "start", "end")

    @property
    def compare_words(self) -> str:
        """What is compared with, in a few words."""
        if self.data.get("compare") == NOTHING or self.data.get("period") == EVERYTHING:
            return "Compared with nothing"
        return f"vs {self._period_words('compare', COMPARISONS, 'compare_start', 'compare_end').lower()}"

    @property
    def narrows_channels(self) -> bool:
        """Whether not every channel and device is in."""
        return bool(self.data.getlist("channel") or self.data.getlist("device"))

    @property
    def channel_words(self) -> str:
        """Channels and devices in a few words."""
        asked = [CHANNEL_NAMES.get(each, each) for each in self.data.getlist("channel")]
        asked += [each.capitalize() for each in self.data.getlist("device")]
        return f"{', '.join(asked[:2])}{f' +{len(asked) - 2}' if len(asked) > 2 else ''}" or "All channels"

    @property
    def narrows_customers(self) -> bool:
        """Whether not every customer is in."""
        return any(self.data.get(name) for name in ("intent", "saved", "filter"))

    @property
    def customer_words(self) -> str:
        """Whose journeys, in a few words."""
        return self.data.get("saved") or ("Some customers" if self.narrows_customers else "All customers")

    def _period_words(self, name: str, choices: tuple[tuple[str, str], ...], start: str, end: str) -> str:
        asked = self.data.get(name, "")
        if asked == DATES:
            return f"{self.data.get(start) or '…'} to {self.data.get(end) or '…'}"
        return dict(choices).get(asked, "Period")

    def _check_days(self, filled: dict[str, Any], period: str, start: str, end: str) -> None:
        if filled.get(period) != DATES:
            return
        first, last = filled.get(start), filled.get(end)
        if first is None or last is None:
            self.add_error(period, "Give both days.")
        elif first > last:
            self.add_error(period, f"{first} lies after {last}.")

    def _choices(self, name: str, offered: dict[str, str]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = tuple(offered.items())


def _with_usual(asked: QueryDict, span: DataSpan | None, usual_compare: str) -> QueryDict:
    """What was not asked for is as usual; days without the name of a period are meant as they stand."""
    filled = asked.copy()
    if "period" not in filled:
        filled["period"] = DATES if filled.get("start") or filled.get("end") else usual_period(span)
    if "compare" not in filled:
        compared = filled.get("compare_start") or filled.get("compare_end")
        filled["compare"] = DATES if compared else usual_compare
    return filled
