"""The fields of a conversation by their dotted names, and what tells it from other JSON."""

from __future__ import annotations

from collections.abc import Mapping

from touchline.events.sources import headers
from touchline.events.sources.table_source import without_aliases

COLUMNS: Mapping[str, tuple[str, ...]] = without_aliases(
    *("type", "id", "created_at", "updated_at", "waiting_since", "snoozed_until"),
    *("source.type", "source.delivered_as", "source.subject", "source.body"),
    *("source.author.type", "source.author.id", "source.author.email", "contacts.contacts"),
    *("state", "open", "read", "priority", "tags.tags", "sla_applied.sla_name", "sla_applied.sla_status"),
    *("conversation_rating.rating", "conversation_rating.remark", "conversation_rating.created_at"),
    *("conversation_rating.contact.id", "conversation_rating.teammate.id"),
    *("statistics.time_to_assignment", "statistics.time_to_admin_reply", "statistics.time_to_first_close"),
    *("statistics.time_to_last_close", "statistics.median_time_to_reply", "statistics.first_contact_reply_at"),
    *("statistics.first_admin_reply_at", "statistics.first_close_at", "statistics.last_close_at"),
    *("statistics.count_reopens", "_json"),
)
_TELLING = ("id", "created_at", "source.type", "source.delivered_as", "state", "_json")


def likeness(header: tuple[str, ...]) -> float:
    """Confidence 0 to 1; empty fields are missing from the header, so that their share says little."""
    sure = headers.likeness(header, COLUMNS, _TELLING)
    return max(sure, 0.8) if sure else 0.0
