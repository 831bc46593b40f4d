"""Whether a touchpoint has gone silent: it had events, and then none in the last fortnight of the data."""

from __future__ import annotations

from datetime import datetime, timedelta

SILENT_AFTER_DAYS = 14


def is_silent(last_event: datetime | None, data_until: datetime | None) -> bool:
    """Return whether the last event lies a fortnight or more before the data end. No event at all is not silence."""
    if last_event is None or data_until is None:
        return False
    return data_until - last_event >= timedelta(days=SILENT_AFTER_DAYS)
