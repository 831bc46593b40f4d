"""What others may do with segments: scopes, the filter language, and filters kept by name."""

from __future__ import annotations

from touchline.segments.actions import delete_filter, save_filter
from touchline.segments.questions import Clause, SavedFilter, compile_scope, saved_filters
from touchline.segments.rules import FilterError, Scope
from touchline.segments.rules.address import scope_from, scope_query
from touchline.segments.wording import filter_words, sentence

__all__ = [
    "Clause",
    "FilterError",
    "SavedFilter",
    "Scope",
    "compile_scope",
    "delete_filter",
    "filter_words",
    "save_filter",
    "saved_filters",
    "scope_from",
    "scope_query",
    "sentence",
]
