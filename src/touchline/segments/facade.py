"""What others may do with segments: scopes, the filter language, and filters kept by name."""

from __future__ import annotations

from touchline.segments.actions import delete_filter, save_filter
from touchline.segments.offers import data_span, intents, scope_asked
from touchline.segments.questions import Clause, SavedFilter, compile_scope, saved_filters
from touchline.segments.rules import FilterError, Scope
from touchline.segments.rules.address import scope_from, scope_query
from touchline.segments.rules.period import (
    DATES,
    EVERYTHING,
    NOTHING,
    PREVIOUS,
    DataSpan,
    with_comparison,
    with_usual_period,
)
from touchline.segments.wording import filter_words, sentence

__all__ = [
    "DATES",
    "EVERYTHING",
    "NOTHING",
    "PREVIOUS",
    "Clause",
    "DataSpan",
    "FilterError",
    "SavedFilter",
    "Scope",
    "compile_scope",
    "data_span",
    "delete_filter",
    "filter_words",
    "intents",
    "save_filter",
    "saved_filters",
    "scope_asked",
    "scope_from",
    "scope_query",
    "sentence",
    "with_comparison",
    "with_usual_period",
]
