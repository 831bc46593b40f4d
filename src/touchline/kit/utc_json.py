"""What JSON has no form for, as text: times of the store, which are UTC and say so here, and exact amounts."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal


def utc_text(value: object) -> str:
    """Write a time as '2026-05-31T10:00:00.000Z', a day as '2026-05-31', an amount as '12.50'. Raises TypeError."""
    if isinstance(value, datetime):
        moment = value if value.tzinfo is None else value.astimezone(UTC).replace(tzinfo=None)
        return f"{moment.isoformat(timespec='milliseconds')}Z"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no form in JSON.")
