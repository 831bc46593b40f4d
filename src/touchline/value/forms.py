"""The form of assumptions."""

from __future__ import annotations

from django import forms

from touchline.value.rules.assumptions import LONGEST_NOTE, MEANINGS, MODELS, Assumptions

_MEANS = {each.name: each for each in MEANINGS}


class AssumptionsForm(forms.Form):
    """What amounts rest on; shares in per cent."""

    margin = forms.FloatField(
        label="Gross margin, %", min_value=0, max_value=100, widget=forms.NumberInput({"step": "any"})
    )
    discount_a_year = forms.FloatField(
        label="Discount a year, %", min_value=0, max_value=100, widget=forms.NumberInput({"step": "any"})
    )
    horizon_months = forms.IntegerField(label="Horizon, months", min_value=1, max_value=120)
    contact_cost = forms.FloatField(
        label="Cost of a contact", min_value=0, max_value=1_000_000, widget=forms.NumberInput({"step": "any"})
    )
    currency = forms.RegexField(
        r"^[A-Za-z]{3}$",
        label="Currency",
        required=False,
        error_messages={"invalid": "A currency is three letters such as EUR, or empty for that of most orders."},
        widget=forms.TextInput({"spellcheck": "false", "autocapitalize": "characters"}),
    )
    model = forms.ChoiceField(label="Model of buying", choices=tuple(MODELS.items()))
    note = forms.CharField(
        label="Where these figures are from",
        required=False,
        max_length=LONGEST_NOTE,
        help_text="e.g. annual accounts 2025, page 12. Kept with what you change.",
    )

    use_required_attribute = False

    @classmethod
    def showing(cls, held: Assumptions) -> AssumptionsForm:
        """The form filled with what is in force."""
        shares = {"margin": f"{100 * held.margin:g}", "discount_a_year": f"{100 * held.discount_a_year:g}"}
        rest = {name: getattr(held, name) for name in ("horizon_months", "contact_cost", "currency", "model")}
        return cls(initial={**shares, **rest, "contact_cost": f"{held.contact_cost:g}"})

    def __init__(self, *arguments: object, **named: object) -> None:
        super().__init__(*arguments, **named)  # type: ignore[arg-type]
        for name, meaning in _MEANS.items():
            self.fields[name].help_text = meaning.tells

    @property
    def changes(self) -> dict[str, str | float]:
        """What was entered, as set_assumptions takes it. Call it on a valid form."""
        entered = dict(self.cleaned_data)
        entered.pop("note")
        return {
            **entered,
            "margin": f"{entered['margin']}%",
            "discount_a_year": f"{entered['discount_a_year']}%",
        }
