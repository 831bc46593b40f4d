"""Whom a page of pain points is about, as its address says: all visits unless it names days, channels, devices or customers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import QueryDict

from touchline.engine.workspace import Workspace
from touchline.segments.facade import EVERYTHING, NOTHING, SavedFilter, Scope, data_span, intents, saved_filters
from touchline.segments.pages import ScopeForm


@dataclass(frozen=True)
class Asked:
    """The scope of a page, with the form that changes it."""

    form: ScopeForm
    saved_filters: list[SavedFilter]
    scope: Scope
    problem: str
    """Why the address cannot be read as a scope; '' where it can."""
    pairs: tuple[tuple[str, str], ...]
    """The scope as the address says it: the last 30 days stay these, whatever day it is."""
    address: str
    """The whole query of the page."""

    @property
    def query(self) -> str:
        """The scope for addresses of other pages; '' for all visits."""
        return "" if self.scope == Scope() else urlencode(self.pairs)

    def context(self) -> dict[str, object]:
        """What templates need of it."""
        return {
            "form": self.form,
            "saved_filters": self.saved_filters,
            "scope_pairs": self.pairs if self.query else (),
            "scope_query": self.query,
            "scope_suffix": f"?{self.query}" if self.query else "",
            "asked": self.address,
            "problem": self.problem,
        }


def asked_of(workspace: Workspace, given: QueryDict) -> Asked:
    """Read the scope of an address; all visits where it cannot be read, with the reason."""
    pairs = tuple(
        (name, value) for name, values in given.lists() if name in ScopeForm.base_fields for value in values if value
    )
    query = given.copy()
    if not any(query.get(name) for name in ("period", "start", "end")):
        query["period"] = EVERYTHING
    kept = saved_filters(workspace)
    form = ScopeForm(query, data_span(workspace), kept, NOTHING)
    form.offer_intents({intent: intent for intent in intents(workspace)})
    if not form.is_valid():
        problem = " ".join(str(each) for errors in form.errors.values() for each in errors)
        return Asked(form, kept, Scope(), problem, pairs, given.urlencode())
    scope = replace(form.scope(), compare_start=None, compare_end=None)
    if form.cleaned_data["period"] == EVERYTHING:  # one computation for pages, map and cases about all visits
        scope = replace(scope, start=None, end=None)
    return Asked(form, kept, scope, "", pairs, given.urlencode())
