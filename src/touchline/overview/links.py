"""Addresses of the map and of the numbers on it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from touchline.segments.facade import Scope, scope_query

PANEL = "panel"


def number_url(measure: str, target: str, scope: Scope) -> str:
    """Where a number is opened: its definition, its formula and the events behind it. Target: touchpoint or stage:id."""
    asked = "&".join(part for part in (urlencode({"target": target}) if target else "", scope_query(scope)) if part)
    return f"{reverse('number', args=[measure])}{'?' if asked else ''}{asked}"


@dataclass(frozen=True)
class MapLinks:
    """Addresses of one map as it was asked for."""

    asked: QueryDict
    scope: Scope

    def touchpoint(self, touchpoint_id: str, part: str = PANEL) -> str:
        """The same map with a touchpoint's panel open, at a part of it."""
        return f"{self.map_with(touchpoint=touchpoint_id)}#{part}"

    def number(self, measure: str, target: str) -> str:
        """The page that opens a number."""
        return number_url(measure, target, self.scope)

    def pain(self, pain_id: str) -> str:
        """The page of a pain point."""
        return reverse("pain", args=[pain_id])

    def number_before(self, measure: str, target: str) -> str:
        """The page that opens the same number of the comparison period; '' where nothing is compared."""
        if self.scope.compare_start is None:
            return ""
        before = replace(
            self.scope,
            start=self.scope.compare_start,
            end=self.scope.compare_end,
            compare_start=None,
            compare_end=None,
        )
        return number_url(measure, target, before)

    def map_with(self, **changes: str) -> str:
        """The same map with some parameters changed; '' takes one away."""
        query = self.asked.copy()
        for name, value in changes.items():
            query.pop(name, None)
            if value:
                query[name] = value
        return f"{reverse('map')}{'?' if query else ''}{query.urlencode()}"

    def map_without(self, name: str, value: str = "") -> str:
        """The same map with one parameter, or one of its values, taken away."""
        query = self.asked.copy()
        kept = [each for each in query.pop(name, []) if value and each != value]
        query.setlist(name, kept)
        return f"{reverse('map')}{'?' if query else ''}{query.urlencode()}"

    def export(self, format_name: str) -> str:
        """The map as a file."""
        return f"{reverse('map-export', args=[format_name])}?{scope_query(self.scope)}"
