"""The form in which a proposed mapping is corrected: what each column means, and how its cells are read."""

from __future__ import annotations

from collections.abc import Mapping as MappingOf
from dataclasses import dataclass, replace
from typing import Any
from zoneinfo import available_timezones

from django import forms

from touchline.engine.workspace import Settings
from touchline.events.actions.recognising import Proposal
from touchline.events.mapping import ROLES, Mapping, MappingProposal, correct_mapping
from touchline.events.mapping.moments import FORMATS
from touchline.events.vocabulary import CHANNELS, SCALES

NOTHING = ""
_FROM_CELLS = ("", "as the cells look")


@dataclass(frozen=True)
class ColumnRow:
    """One column as the page shows it."""

    header: str
    samples: tuple[str, ...]
    field: Any
    """The bound field in which its meaning is chosen."""
    confidence: float | None
    """0..1; None where nothing was proposed."""
    reason: str


class MappingForm(forms.Form):
    """What the columns mean. Fields left as they are keep what the proposal decided."""

    name = forms.CharField(
        label="What each row is called", required=False, max_length=120, help_text="where no column says what happened"
    )
    channel = forms.ChoiceField(
        label="Channel", choices=[(each, each) for each in CHANNELS], help_text="where no column names one"
    )
    time_format = forms.ChoiceField(label="How times are written", required=False)
    time_zone = forms.CharField(label="Time zone of times without one", required=False, help_text="e.g. Europe/Berlin")
    currency = forms.CharField(label="Currency", required=False, max_length=3, help_text="where no column names one")
    metric = forms.ChoiceField(label="The score answers", required=False)
    one_event_per = forms.ChoiceField(
        label="One event for each", choices=[("row", "row"), ("order", "order, whatever rows it has")], required=False
    )

    def __init__(self, data: MappingOf[str, Any] | None, proposal: Proposal, settings: Settings) -> None:
        self._proposal = proposal
        self._settings = settings
        self.proposed = _proposed(proposal, settings)
        mapping = self.proposed.mapping
        initial = {
            name: getattr(mapping, name) for name in ("name", "channel", "time_zone", "currency", "one_event_per")
        }
        super().__init__(data, initial=initial)
        self._offer("time_format", [_FROM_CELLS, *((key, told.removeprefix("a ")) for key, told in FORMATS.items())])
        self._offer("metric", [_FROM_CELLS, *((key, _scale_in_words(key)) for key in SCALES)])
        roles = [(NOTHING, "nothing we need"), *((role.name, role.title) for role in ROLES.values())]
        self._role_of = {header: role for role, header in reversed(mapping.columns.items()) if role != "key"}
        self._role_of |= {header: "key" for role, header in mapping.columns.items() if header not in self._role_of}
        for position, header in enumerate(self.proposed.columns):
            self.fields[f"column_{position}"] = forms.ChoiceField(
                label=f"What {header} means", choices=roles, required=False, initial=self._role_of.get(header, NOTHING)
            )

    def columns(self) -> list[ColumnRow]:
        """Return every column of the file with what is proposed for it."""
        sure = {role.column: role for role in reversed(self.proposed.roles) if role.column}
        return [
            ColumnRow(
                header,
                self.proposed.samples.get(header, ()),
                self[f"column_{position}"],
                sure[header].confidence if header in sure else None,
                sure[header].reason if header in sure else "",
            )
            for position, header in enumerate(self.proposed.columns)
        ]

    def clean_time_zone(self) -> str:
        """Refuse a zone that does not exist."""
        zone = str(self.cleaned_data["time_zone"]).strip()
        if zone and zone not in available_timezones():
            raise forms.ValidationError(f"{zone!r} is not a time zone; expected a name such as Europe/Berlin.")
        return zone

    def clean(self) -> dict[str, Any]:
        """Refuse two columns with the same meaning, and read the file as it is now described."""
        filled = super().clean() or {}
        chosen: dict[str, str] = {}
        for position, header in enumerate(self.proposed.columns):
            role = filled.get(f"column_{position}", NOTHING)
            if role and role in chosen:
                raise forms.ValidationError(
                    f"{chosen[role]!r} and {header!r} cannot both be {ROLES[role].title}: choose one of them."
                )
            if role:
                chosen[role] = header
        if not self.errors:
            self.corrected = self._correct(chosen, filled)
        return filled

    def _correct(self, chosen: MappingOf[str, str], filled: MappingOf[str, Any]) -> MappingProposal:
        before = {role: header for header, role in self._role_of.items()}
        changed = {role: header for role, header in chosen.items() if before.get(role) != header}
        changed |= {role: "" for role in before if role not in chosen}
        again = correct_mapping(
            self.proposed.mapping, changed, self.proposed.columns, self._proposal.sample, self._settings
        )
        said = {name: filled[name] for name in self.changed_data if name in _SAID_BY_HAND}
        if said.get("metric"):
            scale = SCALES[said["metric"]]
            said |= {"score_low": scale.low, "score_high": scale.high}
        said = {name: value for name, value in said.items() if value != "" or name in ("name", "time_zone", "currency")}
        return replace(again, mapping=replace(again.mapping, **said))

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]


_SAID_BY_HAND = ("name", "channel", "time_format", "time_zone", "currency", "metric", "one_event_per")


def _proposed(proposal: Proposal, settings: Settings) -> MappingProposal:
    """What was proposed, or for a remembered mapping what it says about this file."""
    if proposal.proposal is not None:
        return proposal.proposal
    mapping = proposal.mapping or Mapping({})
    return replace(correct_mapping(mapping, {}, proposal.columns, proposal.sample, settings), mapping=mapping)


def _scale_in_words(metric: str) -> str:
    scale = SCALES[metric]
    return f"{metric}, {scale.low:g} to {scale.high:g}"
