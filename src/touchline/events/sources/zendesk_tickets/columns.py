"""The columns of Zendesk's ticket export, its newer abbreviations and the names its API gives to the same measures."""

from __future__ import annotations

from collections.abc import Mapping

from touchline.events.sources.table_source import without_aliases

_DURATIONS = {
    "First reply time": ("first_reply", "reply_time"),
    "First resolution time": ("first_resolution", "first_resolution_time"),
    "Full resolution time": ("full_resolution", "full_resolution_time"),
    "Agent wait time": ("agent_wait", "agent_wait_time"),
    "Requester wait time": ("requester_wait", "requester_wait_time"),
    "On hold time": ("on_hold", "on_hold_time"),
}
"""Column -> our property and the API's name, both without their unit."""


def _spellings(column: str, api_name: str) -> dict[str, tuple[str, ...]]:
    api = f"ticket_metrics.{api_name}_in_minutes"
    return {
        f"{column} in minutes": (f"{column} (min)", f"{api}.calendar"),
        f"{column} in minutes within business hours": (
            f"{column} (min) within business hours",
            f"{column} - Business hours (min)",
            f"{api}.business",
        ),
    }


COLUMNS: Mapping[str, tuple[str, ...]] = {
    "Summation column": (),
    "Id": ("Ticket ID",),
    "Requester": ("Requester name",),
    **without_aliases("Requester id", "Requester external id", "Requester email", "Requester domain", "Submitter"),
    "Assignee": ("Assignee name",),
    "Group": ("Ticket group",),
    "Subject": ("Ticket subject",),
    "Tags": ("Ticket tags",),
    "Status": ("Ticket status",),
    "Priority": ("Ticket priority",),
    "Via": ("Ticket channel", "Channel"),
    "Ticket type": ("Type",),
    "Created at": ("Ticket created", "Created"),
    "Updated at": ("Updated",),
    "Assigned at": (),
    "Organization": ("Ticket organization name",),
    **without_aliases("Due date", "Initially assigned at"),
    "Solved at": ("Ticket solved", "Solved"),
    "Resolution time": (),
    "Satisfaction Score": ("Satisfaction", "Ticket satisfaction rating"),
    **without_aliases("Group stations", "Assignee stations"),
    "Reopens": ("Ticket reopens",),
    "Replies": ("Agent replies",),
    **{name: other for column, (_, api) in _DURATIONS.items() for name, other in _spellings(column, api).items()},
}

MINUTES: Mapping[str, str] = {
    f"{column} in minutes{hours}": f"{name}{suffix}"
    for column, (name, _) in _DURATIONS.items()
    for hours, suffix in (("", "_minutes"), (" within business hours", "_business_minutes"))
}
"""Column -> property: 'first_reply_minutes' by the calendar, 'first_reply_business_minutes' by business hours."""
