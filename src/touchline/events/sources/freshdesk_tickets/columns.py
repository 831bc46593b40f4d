"""The columns of Freshdesk's ticket export, with Freshservice's capitals, and what tells them from any other help desk."""

from __future__ import annotations

from collections.abc import Mapping

from touchline.events.sources import headers
from touchline.events.sources.table_source import without_aliases

COLUMNS: Mapping[str, tuple[str, ...]] = {
    **without_aliases("Ticket ID", "Subject", "Status", "Priority", "Source", "Type", "Agent", "Group"),
    **without_aliases("Created time", "Due by Time", "Resolved time", "Closed time"),
    "Last update time": ("Last updated time",),
    **without_aliases("Initial response time", "Time tracked"),
    "First response time (in hrs)": ("First response time (in hours)",),
    "Resolution time (in hrs)": ("Resolution time (in hours)",),
    **without_aliases("Agent interactions", "Customer interactions", "Resolution status", "First response status"),
    "Tags": (),
    "Survey results": ("Survey result",),
    **without_aliases("Product", "Every response status"),
    "Full name": ("Requester Name",),
    "Contact ID": ("Requester ID",),
}
"""Capitals do not count: Freshservice's 'Ticket Id' and '(in Hrs)' are the same columns."""

_TELLING = (
    "Due by Time", "Last update time", "Initial response time", "First response time (in hrs)",
    "Resolution time (in hrs)", "Customer interactions", "Resolution status", "Survey results",
)  # fmt: skip
_REQUIRED = ("Ticket ID", "Status", "Created time")
_SURE_WITH = 2
"""Columns are chosen for each export: with two of the telling ones it is a help desk of this family."""


def likeness(header: tuple[str, ...]) -> float:
    """Confidence 0 to 1; see sources/headers.likeness, which cannot know that most columns are optional."""
    found = set(headers.canonical_names(header, COLUMNS).values())
    if sum(column in found for column in _TELLING) < _SURE_WITH:
        return 0.0
    sure = headers.likeness(header, COLUMNS, _REQUIRED)
    return max(sure, 0.7) if sure else 0.0
